"""Record intents, outcomes and earlier bytes, in a file or in a PostgreSQL schema."""

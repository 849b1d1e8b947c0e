"""What we meant, what happened, the bytes before: one SQLite file per workspace."""

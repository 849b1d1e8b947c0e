"""What we meant, what happened, the bytes before: a file in the workspace, or a PostgreSQL schema of its own."""

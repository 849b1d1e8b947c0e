"""Find posts that are there twice: by key or id, by the name of a copy, by title and text."""

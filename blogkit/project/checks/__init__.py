"""Check post files one by one, so that each result can be kept, or found in another process."""

"""What WordPress's own editor, and page builders beside it, do to a post."""

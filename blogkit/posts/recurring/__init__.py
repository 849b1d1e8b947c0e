"""Posts that come again: a file as a template, and the post of each day."""

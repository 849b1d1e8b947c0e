"""Patch a Markdown post with what was changed in its rendered body."""

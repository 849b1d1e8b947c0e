"""Publish posts, and show what differs from the blog."""

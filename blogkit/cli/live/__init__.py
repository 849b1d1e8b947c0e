"""Fetch and edit posts that are on the blog."""

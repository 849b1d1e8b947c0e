"""Blogger, through its API v3."""

"""Credentials, checks of the set-up, and the local test blog."""

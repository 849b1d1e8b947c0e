"""Check a post's text as a careful reader would.

One idea a file; `registry.py` lists all checks.
"""

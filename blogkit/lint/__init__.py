"""Checks of a post's text that a careful reader would make.

One idea a file; `codes.py` lists them all.
"""

"""Widgets: find them, check a call's fields, and fill templates with styles."""

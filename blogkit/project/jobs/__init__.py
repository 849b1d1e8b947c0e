"""Edits that are made at a time: record them, list them, and make each exactly once."""

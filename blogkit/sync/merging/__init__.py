"""Merge field by field what changed in a file and on its site since both were the same."""

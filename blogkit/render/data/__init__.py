"""Data of widgets: files, tables and lists, each value with the line it came from."""

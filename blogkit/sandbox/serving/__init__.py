"""Serve the application: connections, faults on the way, the log."""

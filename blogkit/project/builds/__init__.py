"""Build post files one by one, so that another process can do it."""

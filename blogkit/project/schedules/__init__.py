"""Look whether scheduled posts went live, and publish those whose site missed the time."""

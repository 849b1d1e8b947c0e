"""Start a blog: the tour and the new folder."""

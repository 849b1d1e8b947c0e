"""Write posts as files, put widgets in them, and publish them to Blogger and WordPress exactly once."""

__version__ = "0.1.0"

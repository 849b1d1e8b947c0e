"""Do the same with many files in several processes."""

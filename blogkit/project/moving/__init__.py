"""Export posts to archives that other programs import."""

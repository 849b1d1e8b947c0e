"""Look at earlier runs, and take them back."""

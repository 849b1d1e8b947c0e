"""Live posts: find them, choose them, edit them in place."""

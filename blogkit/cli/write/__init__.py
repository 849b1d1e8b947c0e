"""Write and check posts, and work with widgets."""

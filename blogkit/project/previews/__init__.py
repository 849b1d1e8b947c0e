"""A post before it is published: as its site will keep it, and what is wrong with it."""

"""Plans: what will be done, the guards, and what became of it."""

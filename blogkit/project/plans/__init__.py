"""Plans: what will be done, the guards, and the outcomes."""

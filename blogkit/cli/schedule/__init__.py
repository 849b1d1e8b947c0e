"""Do work at its time, and have the machine start it."""

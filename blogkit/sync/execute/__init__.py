"""Execute one action: modules for content, state and trash work on one `Attempt`."""

"""Plan with the queue: which post goes live when, and how a person changes that."""

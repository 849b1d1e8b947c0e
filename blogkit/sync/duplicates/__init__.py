"""Several posts of one key: which one is kept, and which draft of ours is withdrawn."""

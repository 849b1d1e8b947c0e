"""HTML read for its offsets: what stands where in a text that stays exactly as it is. Nothing here writes HTML."""

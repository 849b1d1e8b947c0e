"""Numbers, dates and writing direction in the language of the readers."""

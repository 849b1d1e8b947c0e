"""What work that is done at a time needs of a project: its clock, its counts, its memory."""

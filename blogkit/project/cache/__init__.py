"""Keep what files rendered to, so that unchanged ones are not read again."""

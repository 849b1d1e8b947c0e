"""Turn Markdown or plain text into a post: drop what is not part of it, and recognise widgets.

`convert` does all of it. A part becomes a widget only if every word of it stays in its place.
"""

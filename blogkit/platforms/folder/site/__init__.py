"""The HTML and the feed of a folder site. Pure: records in, text out."""

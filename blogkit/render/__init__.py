"""Render posts: widget calls and Markdown in, HTML that a site keeps out."""

"""Read posts from files: front matter, Markdown or HTML, and the widget calls in them."""

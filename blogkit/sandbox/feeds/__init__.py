"""Serve the blog's public feeds and sitemaps, as readers, tools and search engines ask for them."""

"""Turn posts of static site generators into posts: Hugo, Jekyll and Pelican."""

"""Categories, tags and other taxonomies of a WordPress site."""

"""Files of the project that are made from something else: a live post, a page, a template."""

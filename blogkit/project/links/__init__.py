"""Named links: list them, set them, and fill the posts that wait for them."""

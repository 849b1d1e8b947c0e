"""Turn what users have, such as HTML pages, into posts."""

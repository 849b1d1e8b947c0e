"""What lists of posts are asked for, beside the posts themselves."""

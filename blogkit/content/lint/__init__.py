"""What a careful reader would object to in a post that is otherwise right. One idea a file; `codes.py` lists all of them."""

"""Find what looks like a part of a post's format and is none, such as a call without braces.

Each rule yields a `Miss`: what `check` reports, and the changes that `check --fix` makes where only
one is possible.
"""

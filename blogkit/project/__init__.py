"""The application layer: one blog's folder and everything that can be done with it.

No module here prints, asks, or knows the command line. `blogkit` itself is the public way in.
"""

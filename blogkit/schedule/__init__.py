"""Work that is due at a time: what it is, doing it once, and proof that it happened.

Nothing here publishes by itself: each kind of work calls the project, and the project's guards and
journal decide. No module here prints or knows the command line.
"""

"""A real WordPress on 127.0.0.1, from Debian's packages: no container, no wordpress.org. `python
-m tests.e2e.wordpress --help`.
"""

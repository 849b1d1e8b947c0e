"""Sites that WordPress.com hosts: the same REST API at another address, opened by OAuth2.

Made from the public documentation and from what public clients do. It has not been run against
WordPress.com.
"""

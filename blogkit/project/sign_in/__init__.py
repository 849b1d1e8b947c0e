"""Sign in to sites, and know when a sign-in ends."""

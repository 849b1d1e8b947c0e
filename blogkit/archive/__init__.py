"""Read and write whole blogs: Blogger's backups and WordPress's exports. Touches no site."""

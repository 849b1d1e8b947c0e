"""Pictures: where they are on image hosts, which of them died, and how to move them."""

"""The platforms that blogkit publishes to, behind one contract (`blogkit.platforms.base`)."""

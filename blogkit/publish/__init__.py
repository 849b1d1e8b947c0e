"""Exactly once: what is wanted, what is there, what follows, and making it so.

desired → observe → plan (pure) → apply; the journal remembers in between.
"""

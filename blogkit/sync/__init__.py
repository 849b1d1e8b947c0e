"""Synchronise posts, each exactly once: desired state, remote state, plan and execution.

desired → observe → plan (pure) → apply; the journal remembers in between.
"""

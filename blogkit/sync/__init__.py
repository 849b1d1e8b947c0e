"""Synchronise posts, each exactly once: desired state, remote state, plan and execution.

desired → fetch → plan (pure) → apply; the journal remembers in between.
"""

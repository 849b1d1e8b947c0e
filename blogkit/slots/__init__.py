"""Find the times at which queued posts go live.

Everything here is pure: the same slots, rules and posts give the same times on every machine. All
times that are returned are in UTC, because Python compares times of one zone by their wall clock.
"""

"""Many workers on one database, while workers are killed, the database restarts and sites fail:
python -m benchmarks.cluster.
"""

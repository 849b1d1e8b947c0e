"""Many workers on many machines: due work as jobs of Procrastinate in PostgreSQL.

A job only tells a worker to look at a site, because something is due there. What is done, and that
it is done once, the project's journal decides, exactly as on one machine. So the queue holds
nothing of value: it may be dropped, and the next sweep fills it again.
"""

"""Site generators that people use, with the same posts and widgets.

They build pages, and check no field, know no site's filter and publish nothing. They are here so
that the distance is known.
"""

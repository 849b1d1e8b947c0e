"""What the tests know of each widget, one file for each, named as its folder with underscores.

SHAPES: the YAML of calls beyond the widget's own example, the least and the most of it; TEXTS:
fields, with W for the words in every text field; BUDGET: the most bytes that the example may take
in its strict form; BELOW, where there is one: what must stand below a call in its post.
"""

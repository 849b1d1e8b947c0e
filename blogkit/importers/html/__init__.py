"""Turn an HTML page into a post: drop the page around it, and recognise widgets in it.

`convert` does all of it. Kept parts are cut by their offsets and never re-serialised, and a widget
replaces HTML only if its text, rendered, is the same word by word.
"""

"""Edit live posts: insert, re-render or remove a widget at a place, and keep every other byte.

Pure.

The source is parsed only to find offsets; the original text is spliced, never serialised.
"""

from blogkit.surgery.anchors import Anchor, parse
from blogkit.surgery.candidates import AnchorError, Candidate, NoSuchPlace
from blogkit.surgery.edit import Change, Edit, insert, remove, replace
from blogkit.surgery.post import Form, form_of
from blogkit.surgery.text import Place, TextEdit, replace_text

__all__ = [
    "Anchor",
    "AnchorError",
    "Candidate",
    "Change",
    "Edit",
    "Form",
    "NoSuchPlace",
    "Place",
    "TextEdit",
    "form_of",
    "insert",
    "parse",
    "remove",
    "replace",
    "replace_text",
]

"""Edit live posts: insert, re-render or remove a widget, or replace a text.

Every other byte stays: the source is parsed only to find offsets, and the original text is spliced,
never serialised. Nothing here does I/O.
"""

from blogkit.edits.addresses import picture_places, with_addresses_moved
from blogkit.edits.anchors import Anchor, parse_anchor
from blogkit.edits.edit import Edit, Splice, insert_widget, remove_widget, replace_widget
from blogkit.edits.matches import Candidate, PlaceError, PlaceNotFound
from blogkit.edits.post import BodyForm, body_form_of
from blogkit.edits.replace_text import TextEdit, TextPlace, replace_address, replace_text

__all__ = [
    "Anchor",
    "BodyForm",
    "Candidate",
    "Edit",
    "PlaceError",
    "PlaceNotFound",
    "Splice",
    "TextEdit",
    "TextPlace",
    "body_form_of",
    "insert_widget",
    "parse_anchor",
    "picture_places",
    "remove_widget",
    "replace_address",
    "replace_text",
    "replace_widget",
    "with_addresses_moved",
]

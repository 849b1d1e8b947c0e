"""Check that HTML can be inserted into a post.

It must close what it opens, and must not add line breaks.
"""

from __future__ import annotations

from blogkit.edits.post import BodyForm
from blogkit.errors import UsageError
from blogkit.html import Tree
from blogkit.html.blocks import has_blocks
from blogkit.html.elements import IMPLIED_END


def validate_fragment(piece: str, form: BodyForm) -> None:
    """Raise for HTML that would change its surroundings.

    Args:
        piece: The HTML to insert.
        form: How the site reads the body that it goes into.

    Raises:
        UsageError: It is not complete, or has delimiters or line breaks where they do harm.
    """
    spans = Tree(piece)
    if spans.cut:
        raise UsageError(
            "the HTML ends inside a tag, a comment or a script",
            hint="close it, or it would swallow the rest of the post",
        )
    if spans.strays:
        token = spans.strays[0]
        raise UsageError(
            f"the HTML closes <{token.name}>, which it does not open",
            hint="remove the end tag, or add the start tag",
        )
    for element in spans.left_open:  # a `<p>` or `<li>` ends by itself at the next block
        if element.name not in IMPLIED_END:
            raise UsageError(
                f"the HTML leaves <{element.name}> open",
                hint=f"add </{element.name}>, or the element would swallow the rest of the post",
            )
    if form == "blocks" and has_blocks(piece):
        raise UsageError(
            "the HTML contains block delimiters, which would end the HTML block around it",
            hint="remove the delimiters",
        )
    if form in {"blogger", "classic"} and ("\n" in piece or "\r" in piece):
        site = "Blogger" if form == "blogger" else "WordPress (in a post without blocks)"
        raise UsageError(
            f"the HTML has line breaks, which {site} may show to readers",
            hint="write the HTML on one line",
        )

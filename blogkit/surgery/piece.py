"""Is a piece of HTML fit to be put into a post? It must end all that it begins, and add no line breaks."""

from __future__ import annotations

from blogkit.errors import UsageError
from blogkit.html import Tree
from blogkit.html.blocks import has_blocks
from blogkit.html.elements import IMPLIED_END
from blogkit.surgery.post import Form


def refuse_unfit(piece: str, form: Form) -> None:
    """Raise UsageError for HTML that would change what stands around it."""
    spans = Tree(piece)
    if spans.cut:
        raise UsageError("the piece ends inside a tag, a comment or a script", hint="close it: it would swallow the rest of the post")
    if spans.strays:
        token = spans.strays[0]
        raise UsageError(f"the piece closes <{token.name}>, which it does not open", hint="take the end tag out, or add the start tag")
    for element in spans.left_open:
        if element.name not in IMPLIED_END:
            raise UsageError(
                f"the piece leaves <{element.name}> open", hint=f"add </{element.name}>: it would swallow the rest of the post"
            )
    if form == "blocks" and has_blocks(piece):
        raise UsageError("the piece holds block delimiters, which would end the HTML block around it", hint="leave the delimiters out")
    if form in {"blogger", "classic"} and ("\n" in piece or "\r" in piece):
        site = "Blogger" if form == "blogger" else "WordPress, in a post without blocks,"
        raise UsageError(f"the piece has line breaks, and {site} may show each as one", hint="write it on one line")

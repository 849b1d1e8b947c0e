"""Write a document as HTML, e-mail, plain text or Markdown, all from the same strict HTML."""

from __future__ import annotations

from blogkit.render.document import Document
from blogkit.sanitizers.profiles import Profile


def render_output(document: Document, profile: Profile) -> str:
    """Return the whole body as one text.

    Args:
        document: A document that was rendered for the same profile.
        profile: Names the form: HTML, e-mail, plain text or Markdown.
    """
    match profile.form:
        case "html":
            return document.html
        case "email":
            from blogkit.render.outputs import email

            return "\n".join(email.converted(fragment.html) for fragment in document.fragments)
        case "text":
            from blogkit.render.outputs.text import TextWriter

            return TextWriter().written(document.html)
        case "markdown":
            from blogkit.render.outputs.markdown import MarkdownWriter

            return MarkdownWriter({asset.url: asset.name for asset in document.assets}).written(
                document.html
            )

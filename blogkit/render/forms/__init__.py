"""Write a document as HTML, e-mail, plain text or Markdown, all from the same strict HTML."""

from __future__ import annotations

from blogkit.render.document import Document
from blogkit.survival.profile import Profile


def written(document: Document, profile: Profile) -> str:
    """Return the whole body as one text. The document must have been rendered for the same profile."""
    match profile.form:
        case "html":
            return document.html
        case "email":
            from blogkit.render.forms import mail

            return "\n".join(mail.converted(fragment.html) for fragment in document.fragments)
        case "text":
            from blogkit.render.forms.text import Text

            return Text().written(document.html)
        case "markdown":
            from blogkit.render.forms.markdown import Markdown

            return Markdown({asset.url: asset.name for asset in document.assets}).written(document.html)

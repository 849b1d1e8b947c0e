"""Words that sites love to rewrite, for a double-quoted YAML text."""

from __future__ import annotations

WORDS = (
    '4 < 5 & 6 > 3, “curly”, \\"straight\\", it\'s, [gallery], [[x]], :) ;-) 8-), a -- b --- c,'
    " ..., 10x20, (tm), Wordpress, &amp; &#39;, \\\\ end, हिन्दी क्षि, العربية, 日本語, 👩‍👩‍👧 🇮🇳"
)

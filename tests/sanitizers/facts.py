"""Which inline styles WordPress keeps, as read off running sites: posts of an account without
`unfiltered_html`.

None of this comes from our models, which these facts judge. Properties: set comparisons with 6.1.9,
6.8.7 and 7.1.3; those of 7.1 are the presentation attributes of SVG that no version before it kept
(https://www.w3.org/TR/SVG2/styling.html#PresentationAttributes, with `color-rendering` of SVG 1.1
and the shorthand `marker`). Declarations: one element each, saved to 6.1, 6.8 and 7.1 over the REST
interface and read back.
"""

from __future__ import annotations

from collections.abc import Mapping

SINCE: Mapping[tuple[int, int], str] = {
    (0, 0): """
        align-content align-items align-self background background-attachment
        background-blend-mode background-color background-image background-position
        background-size border border-bottom border-bottom-color border-bottom-left-radius
        border-bottom-right-radius border-bottom-style border-bottom-width border-collapse
        border-color border-left border-left-color border-left-style border-left-width
        border-radius border-right border-right-color border-right-style border-right-width
        border-spacing border-style border-top border-top-color border-top-left-radius
        border-top-right-radius border-top-style border-top-width border-width caption-side
        clear color column-count column-fill column-gap column-rule column-span column-width
        columns cursor direction filter flex flex-basis flex-direction flex-flow flex-grow
        flex-shrink flex-wrap float font font-family font-size font-style font-variant
        font-weight gap grid-auto-columns grid-auto-rows grid-column-end grid-column-gap
        grid-column-start grid-gap grid-row-end grid-row-gap grid-row-start
        grid-template-columns grid-template-rows height justify-content justify-items
        justify-self letter-spacing line-height list-style-type margin margin-block-end
        margin-block-start margin-bottom margin-inline-end margin-inline-start margin-left
        margin-right margin-top max-height max-width min-height min-width object-fit
        object-position overflow padding padding-block-end padding-block-start
        padding-bottom padding-inline-end padding-inline-start padding-left padding-right
        padding-top row-gap text-align text-decoration text-indent text-transform
        vertical-align width
    """,
    (6, 2): """
        aspect-ratio position top right bottom left z-index
    """,
    (6, 3): """
        box-shadow
    """,
    (6, 4): """
        writing-mode
    """,
    (6, 5): """
        background-repeat
    """,
    (6, 6): """
        grid-column grid-row container-type
    """,
    (6, 7): """
        opacity
    """,
    (6, 9): """
        white-space
    """,
    (7, 0): """
        display
    """,
    (7, 1): """
        alignment-baseline baseline-shift clip-path clip-rule color-interpolation
        color-interpolation-filters dominant-baseline fill fill-opacity fill-rule
        flood-color flood-opacity font-size-adjust font-stretch glyph-orientation-horizontal
        glyph-orientation-vertical image-rendering lighting-color marker-end marker-mid
        marker-start mask mask-type paint-order pointer-events shape-rendering stop-color
        stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap
        stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor
        text-rendering transform transform-origin unicode-bidi vector-effect visibility
        word-spacing cx cy d x y r rx ry color-rendering marker
    """,
}
"""Properties by the version that first kept them; (0, 0) = 6.1 or before."""

NEVER = """
    -webkit-box-orient -webkit-line-clamp -webkit-text-fill-color accent-color all animation
    animation-name appearance backdrop-filter background-clip background-origin behavior
    block-size border-block-end border-block-start border-image border-inline-end
    border-inline-start box-sizing break-inside color-scheme contain content counter-increment
    counter-reset empty-cells font-feature-settings font-variant-numeric grid grid-area
    grid-auto-flow grid-template-areas hanging-punctuation hyphens inline-size inset inset-block
    inset-inline isolation list-style list-style-image list-style-position margin-block
    margin-inline mix-blend-mode order outline outline-color outline-style outline-width
    overflow-wrap overflow-x overflow-y padding-block padding-inline page-break-after
    page-break-before page-break-inside place-content place-items place-self quotes resize
    scroll-behavior scroll-margin-top tab-size table-layout text-decoration-color
    text-decoration-line text-decoration-style text-overflow text-shadow text-wrap transition
    user-select will-change word-break word-wrap zoom
"""
"""Properties that no version keeps."""

KEPT = (
    "flex:1 1 12rem",
    "flex-direction:column",
    "flex-wrap:wrap",
    "flex-flow:row wrap",
    "flex-grow:1",
    "flex-shrink:0",
    "flex-basis:10px",
    "justify-content:space-between",
    "justify-items:center",
    "justify-self:end",
    "align-items:center",
    "align-content:center",
    "align-self:start",
    "gap:1rem",
    "row-gap:4px",
    "column-gap:4px",
    "grid-template-columns:1fr 2fr",
    "grid-template-rows:auto 1fr",
    "grid-auto-rows:10px",
    "grid-gap:4px",
    "background:#fff",
    "background:red",
    "background:linear-gradient(90deg,#f00,#00f)",
    "background:linear-gradient(90deg, rgb(255,0,0) 0%, rgba(0,0,255,.5) 100%)",
    "background-image:linear-gradient(90deg,#f00,#00f)",
    "background-image:radial-gradient(circle,#f00,#00f)",
    "background-image:conic-gradient(#f00,#00f)",
    "background-image:url(https://example.com/a.png)",
    "background:url(https://example.com/a.png) no-repeat center/cover",
    "background-color:#fff",
    "background-color:transparent",
    "background-color:var(--c)",
    "background-color:var(--c, #fff)",
    "background-position:center",
    "background-size:cover",
    "background-attachment:fixed",
    "border:1px solid #ccc",
    "border-radius:8px",
    "border-top-left-radius:8px",
    "border-color:#000",
    "border-style:dashed",
    "border-width:2px",
    "border-left:4px solid red",
    "border-collapse:collapse",
    "border-spacing:0",
    "float:left",
    "clear:both",
    "overflow:hidden",
    "width:50%",
    "width:calc(100% - 2rem)",
    "width:min(100%, 40rem)",
    "width:max(10px,2em)",
    "width:clamp(1rem,2vw,3rem)",
    "width:fit-content",
    "min-width:10px",
    "max-width:60ch",
    "height:10px",
    "min-height:1px",
    "max-height:100vh",
    "margin:0 auto",
    "margin:-1px",
    "margin-top:1em",
    "margin-block-start:1em",
    "margin-inline-start:1em",
    "padding:1rem 2rem",
    "padding:var(--p)",
    "padding-left:1px",
    "object-fit:cover",
    "object-position:center",
    "color:#333",
    "color:red",
    "color:var(--wp--preset--color--primary)",
    "color:currentColor",
    "color:inherit",
    "color:#333 !important",
    "font:bold 12px/1.5 sans-serif",
    "font-family:Georgia, serif",
    "font-size:1.25rem",
    "font-size:clamp(1rem, 2vw + 1rem, 3rem)",
    "font-weight:700",
    "font-style:italic",
    "font-variant:small-caps",
    "line-height:1.5",
    "letter-spacing:.1em",
    "text-align:center",
    "text-decoration:none",
    "text-decoration:underline dotted red",
    "text-indent:1em",
    "text-transform:uppercase",
    "vertical-align:middle",
    "list-style-type:square",
    "caption-side:bottom",
    "columns:2",
    "column-count:2",
    "column-width:10em",
    "column-rule:1px solid red",
    "direction:rtl",
    "cursor:pointer",
    "--x:1px",
    "--blogkit-accent:#f00",
    "--wp--style--x:1px",
    "color:RED",
    "color : red",
    "width:calc(1px + (2px * 3))",
    "width:calc(100% - var(--x))",
    "background-image:none",
    "width:10px;height:20px",
    "padding:max(1rem, env(safe-area-inset-left))",
    "border-radius:calc(1px + 2px)",
    "margin:calc(-1 * var(--x))",
)
"""Kept by 6.1, 6.8 and 7.1."""

KEPT_BY_6_8 = (
    "grid-template-columns:repeat(2,1fr)",
    "grid-template-columns:repeat(auto-fit,minmax(12rem,1fr))",
    "grid-column:1 / span 2",
    "grid-row:1 / 3",
    "background-repeat:no-repeat",
    "box-shadow:0 1px 2px #000",
    "position:relative",
    "position:absolute",
    "position:fixed",
    "position:sticky",
    "top:0",
    "left:0",
    "right:0",
    "bottom:0",
    "z-index:2",
    "aspect-ratio:16/9",
    "opacity:.5",
    "writing-mode:vertical-rl",
    "filter:url(#duo)",
    "container-type:inline-size",
    "box-shadow:0 1px 2px var(--shadow)",
)
"""Kept by 6.8 and 7.1, and not by 6.1."""

KEPT_BY_7_1 = (
    "display:flex",
    "display:grid",
    "display:inline-flex",
    "display:inline-block",
    "display:block",
    "display:none",
    "display:contents",
    "display:flow-root",
    "white-space:nowrap",
    "white-space:pre-wrap",
    "visibility:hidden",
    "word-spacing:1px",
    "unicode-bidi:embed",
    "pointer-events:none",
    "transform:rotate(3deg)",
    "transform:translate(-50%,-50%)",
    "clip-path:circle(50%)",
    "mask:none",
    "fill:red",
    "stroke:red",
)
"""Kept by 7.1 alone."""

DROPPED = (
    "order:2",
    "place-items:center",
    "place-content:center",
    "grid-template-areas:'a b'",
    "grid-area:a",
    "grid-auto-flow:dense",
    "background-image:url(data:image/svg+xml,%3Csvg/%3E)",
    "background-color:rgba(0,0,0,.5)",
    "background-color:rgb(0 0 0 / 50%)",
    "background-color:hsl(120 50% 50%)",
    "background-color:color-mix(in srgb, red, blue)",
    "background-clip:text",
    "border:1px solid rgba(0,0,0,.1)",
    "border-image:none",
    "outline:1px solid red",
    "box-shadow:0 1px 2px rgba(0,0,0,.2)",
    "text-shadow:0 1px 2px #000",
    "box-sizing:border-box",
    "inset:0",
    "overflow-x:auto",
    "overflow-wrap:break-word",
    "word-break:break-all",
    "word-wrap:break-word",
    "text-overflow:ellipsis",
    "margin-block:1em",
    "margin-inline:auto",
    "padding-block:1em",
    "padding-inline:1em",
    "color:rgb(1,2,3)",
    "color:rgba(1,2,3,.4)",
    "color:hsl(120,50%,50%)",
    "font-variant-numeric:tabular-nums",
    "font-feature-settings:'tnum'",
    "text-decoration-color:red",
    "text-wrap:balance",
    "list-style:none",
    "list-style-position:inside",
    "table-layout:fixed",
    "empty-cells:hide",
    "break-inside:avoid",
    "page-break-inside:avoid",
    "user-select:none",
    "resize:none",
    "transition:all .2s",
    "animation:x 1s",
    "filter:blur(2px)",
    "backdrop-filter:blur(2px)",
    "mix-blend-mode:multiply",
    "content:'x'",
    "quotes:none",
    "counter-reset:a",
    "counter-increment:a",
    "will-change:transform",
    "contain:content",
    "scroll-margin-top:4rem",
    "scroll-behavior:smooth",
    "accent-color:red",
    "appearance:none",
    "-webkit-line-clamp:2",
    "-webkit-box-orient:vertical",
    "-webkit-text-fill-color:red",
    "isolation:isolate",
    "hyphens:auto",
    "tab-size:4",
    "all:unset",
    "zoom:1",
    "behavior:url(x)",
    "width:expression(1)",
    "hanging-punctuation:first",
    "COLOR:red",
    "/* c */color:red",
    "width:env(x)",
    "color:rgb(from red r g b)",
    "box-shadow:0 0 0 1px rgb(0 0 0 / 10%)",
)
"""Kept by none of them."""

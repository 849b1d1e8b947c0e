"""Every name that may be in HTML, SVG, MathML and CSS: what the probe asks WordPress about."""

from __future__ import annotations

_words = str.split
ELEMENTS = _words(
    """
    a abbr acronym address animate animatemotion animatetransform annotation annotation-xml
    applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br
    button canvas caption center circle cite clippath code col colgroup command content data
    datalist dd defs del desc details dfn dialog dir div dl dt ellipse em embed feblend
    fencedframe fieldset figcaption figure filter font footer foreignobject form frame frameset
    g h1 h2 h3 h4 h5 h6 h7 head header hgroup hr html i iframe image img input ins isindex kbd
    keygen label legend li line lineargradient link listing maction main map mark marker marquee
    mask math menclose menu menuitem merror meta metadata meter mfenced mfrac mglyph mi
    mlabeledtr mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt
    mstyle msub msubsup msup mtable mtd mtext mtr multicol munder munderover my-widget nav
    nextid nobr noembed noframes none noscript object ol optgroup option output p param path
    pattern picture plaintext polygon polyline portal pre progress q radialgradient rb rect rp
    rt rtc ruby s samp script search section select selectedcontent semantics set shadow slot
    small source spacer span stop strike strong style sub summary sup svg switch symbol table
    tbody td template text textarea textpath tfoot th thead time title tr track tspan tt u ul
    use var video view wbr xmp
    """
)
"""Elements of HTML, today's and yesterday's, of SVG and of MathML, and one that is none."""

ATTRIBUTES = _words(
    """
    abbr about accent accentunder accept accept-charset accesskey action actiontype align alink
    allow allowfullscreen alt altimg alttext archive arg aria-activedescendant aria-atomic
    aria-autocomplete aria-braillelabel aria-brailleroledescription aria-busy aria-checked
    aria-colcount aria-colindex aria-colindextext aria-colspan aria-controls aria-current
    aria-describedby aria-description aria-details aria-disabled aria-dropeffect
    aria-errormessage aria-expanded aria-flowto aria-grabbed aria-haspopup aria-hidden
    aria-invalid aria-keyshortcuts aria-label aria-labelledby aria-level aria-live aria-modal
    aria-multiline aria-multiselectable aria-orientation aria-owns aria-placeholder
    aria-posinset aria-pressed aria-readonly aria-relevant aria-required aria-roledescription
    aria-rowcount aria-rowindex aria-rowindextext aria-rowspan aria-selected aria-setsize
    aria-sort aria-valuemax aria-valuemin aria-valuenow aria-valuetext as async autocapitalize
    autocomplete autofocus autoplay axis background behavior bgcolor blocking border bordercolor
    capture cellpadding cellspacing char charoff charset checked cite class classid clear
    closedby code codebase codetype color cols colspan columnalign columnlines columns
    columnspacing columnspan command commandfor compact content contenteditable controls
    controlslist coords crossorigin d data data-foo datatype datetime declare decoding default
    defer definitionurl depth dir direction dirname disabled disablepictureinpicture display
    displaystyle download draggable encoding enctype enterkeyhint equalcolumns equalrows
    exportparts face fence fetchpriority fill focusable for form formaction formenctype
    formmethod formnovalidate formtarget frame frameborder framespacing headers height hidden
    high href hreflang hspace http-equiv id imagesizes imagesrcset inert inputmode integrity
    intent is ismap itemid itemprop itemref itemscope itemstuff itemtype kind label lang
    language largeop leftmargin linethickness link list loading longdesc loop low lspace
    marginheight marginwidth mathbackground mathcolor mathdisplay mathsize mathvariant max
    maxlength maxsize media method min minlength minsize movablelimits multiple muted name
    nohref nomodule nonce noresize noshade notation novalidate nowrap object onclick open
    optimum part pattern ping placeholder playsinline popover popovertarget popovertargetaction
    poster prefix preload profile prompt property pubdate readonly referrerpolicy rel required
    resource rev reversed role rowalign rowlines rows rowspacing rowspan rspace rules sandbox
    scheme scope scriptlevel scrolling selected selection separator shadowrootmode shape side
    size sizes slot span spellcheck src srcdoc srclang srcset standby start step stretchy stroke
    style summary symmetric tabindex target text title transform translate type typeof usemap
    valign value valuetype viewbox vlink vocab voffset vspace width wrap writingsuggestions x
    xml:lang xmlns y
    """
)
"""Their attributes; `data-foo` for all of its kind."""

PROPERTIES = _words(
    """
    -moz-user-select -webkit-box-orient -webkit-line-clamp -webkit-text-fill-color
    -webkit-user-select accent-color align-content align-items align-self align-tracks
    alignment-adjust alignment-baseline all anchor-name animation animation-composition
    animation-delay animation-direction animation-duration animation-fill-mode
    animation-iteration-count animation-name animation-play-state animation-range
    animation-timeline animation-timing-function appearance aspect-ratio azimuth backdrop-filter
    backface-visibility background background-attachment background-blend-mode background-clip
    background-color background-image background-origin background-position
    background-position-x background-position-y background-repeat background-repeat-x
    background-size baseline-shift baseline-source behavior block-size block-step border
    border-block border-block-color border-block-end border-block-start border-block-style
    border-block-width border-bottom border-bottom-color border-bottom-left-radius
    border-bottom-right-radius border-bottom-style border-bottom-width border-collapse
    border-color border-end-end-radius border-image border-image-outset border-image-repeat
    border-image-slice border-image-source border-image-width border-inline border-inline-color
    border-inline-end border-inline-start border-inline-style border-inline-width border-left
    border-left-color border-left-style border-left-width border-radius border-right
    border-right-color border-right-style border-right-width border-spacing
    border-start-start-radius border-style border-top border-top-color border-top-left-radius
    border-top-right-radius border-top-style border-top-width border-width bottom box-align
    box-decoration-break box-flex box-orient box-shadow box-sizing break-after break-before
    break-inside buffered-rendering caption-side caret caret-color clear clip clip-path
    clip-rule color color-adjust color-interpolation color-interpolation-filters color-profile
    color-rendering color-scheme column-count column-fill column-gap column-rule column-span
    column-width columns contain contain-intrinsic-size container container-name container-type
    content content-visibility corner-shape counter-increment counter-reset counter-set cue
    cursor cx cy d direction display display-align dominant-baseline empty-cells
    enable-background field-sizing fill fill-opacity fill-rule filter flex flex-basis
    flex-direction flex-flow flex-grow flex-shrink flex-wrap float float-offset flood-color
    flood-opacity flow-from font font-family font-feature-settings font-kerning
    font-language-override font-optical-sizing font-palette font-size font-size-adjust
    font-stretch font-style font-synthesis font-variant font-variant-alternates
    font-variant-caps font-variant-east-asian font-variant-ligatures font-variant-numeric
    font-variant-position font-variation-settings font-weight footnote-display
    forced-color-adjust gap glyph-orientation glyph-orientation-horizontal
    glyph-orientation-vertical grid grid-area grid-auto-columns grid-auto-flow grid-auto-rows
    grid-column grid-column-end grid-column-gap grid-column-start grid-gap grid-row grid-row-end
    grid-row-gap grid-row-start grid-template grid-template-areas grid-template-columns
    grid-template-rows hanging-punctuation height hyphens image-orientation image-rendering
    image-resolution ime-mode initial-letter inline-size inset inset-block inset-block-end
    inset-block-start inset-inline inset-inline-end inset-inline-start interpolate-size
    isolation justify-content justify-items justify-self kerning layout-grid left letter-spacing
    lighting-color line-break line-clamp line-height line-height-step list-style
    list-style-image list-style-position list-style-type margin margin-block margin-block-end
    margin-block-start margin-bottom margin-inline margin-inline-end margin-inline-start
    margin-left margin-right margin-top margin-trim marker marker-end marker-mid marker-start
    marks mask mask-border mask-clip mask-composite mask-image mask-mode mask-origin
    mask-position mask-repeat mask-size mask-type masonry-auto-flow math-depth math-style
    max-block-size max-height max-inline-size max-width min-block-size min-height
    min-inline-size min-width mix-blend-mode nav-down object-fit object-position object-view-box
    offset offset-path opacity order orphans outline outline-color outline-style outline-width
    overflow overflow-anchor overflow-block overflow-clip-margin overflow-inline overflow-wrap
    overflow-x overflow-y overlay overscroll-behavior padding padding-block padding-block-end
    padding-block-start padding-bottom padding-inline padding-inline-end padding-inline-start
    padding-left padding-right padding-top page page-break-after page-break-before
    page-break-inside paint-order perspective perspective-origin place-content place-items
    place-self pointer-events position position-anchor position-area print-color-adjust quotes r
    reading-flow resize right rotate row-gap ruby-align ruby-position rx ry scale
    scroll-behavior scroll-margin scroll-margin-top scroll-padding scroll-snap-align
    scroll-snap-type scroll-timeline scrollbar-color scrollbar-gutter scrollbar-width
    shape-image-threshold shape-margin shape-outside shape-rendering solid-color speak src
    stop-color stop-opacity string-set stroke stroke-dasharray stroke-dashoffset stroke-linecap
    stroke-linejoin stroke-miterlimit stroke-opacity stroke-width tab-size table-layout
    text-align text-align-all text-align-last text-anchor text-autospace text-box
    text-combine-upright text-decoration text-decoration-color text-decoration-line
    text-decoration-skip text-decoration-skip-ink text-decoration-style
    text-decoration-thickness text-emphasis text-emphasis-color text-indent text-justify
    text-orientation text-overflow text-rendering text-shadow text-size-adjust text-spacing-trim
    text-transform text-underline-offset text-underline-position text-wrap text-wrap-mode
    text-wrap-style timeline-scope top touch-action transform transform-box transform-origin
    transform-style transition transition-behavior transition-delay transition-duration
    transition-property transition-timing-function translate unicode-bidi user-select
    vector-effect vertical-align view-timeline view-transition-name visibility voice-family
    white-space white-space-collapse widows width will-change word-break word-space-transform
    word-spacing word-wrap wrap-after wrap-flow writing-mode x y z-index zoom
    """
)
"""Properties of CSS and presentation attributes of SVG."""

FUNCTIONS = _words(
    """
    -webkit-gradient -webkit-linear-gradient abs acos alpha anchor anchor-size asin atan atan2
    attr blur brightness calc calc-size circle clamp color color-mix conic-gradient contrast cos
    counter counters cross-fade cubic-bezier device-cmyk drop-shadow element ellipse env exp
    expression fit-content format grayscale hsl hsla hue-rotate hwb hypot image image-set inset
    invert lab layer lch leader light-dark linear linear-gradient local log matrix matrix3d max
    min minmax mod oklab oklch opacity paint palette-mix path perspective polygon pow
    radial-gradient random ray rect rem repeat repeating-conic-gradient
    repeating-linear-gradient repeating-radial-gradient rgb rgba rotate rotate3d rotateX rotateY
    rotateZ round saturate scale scale3d scaleX scaleY scaleZ sepia shape sign sin skew skewX
    skewY sqrt src steps symbols tan target-counter translate translate3d translateX translateY
    translateZ url var view xywh
    """
)
"""Functions of CSS."""

SCHEMES = _words(
    """
    about afp aim apt bitcoin blob callto cap cid content cvs data dav dns facetime fax feed
    file filesystem fm ftp ftps geo git go gopher gtalk hcp http https icap im imap info intent
    irc irc6 ircs itms jar javascript keyparc lastfm ldap ldaps livescript magnet mailto maps
    market message mid mms mocha ms-word msnim mumble mvn news nfs nntp notes oid paparazzi
    platform pop proxy psyc query res resource rmi rsync rtmp rtsp secondlife sftp sgn signal
    sip sips skype smb sms smsto snmp spotify ssh steam svn tag teamspeak tel telnet tftp tg
    things udp unreal urn ut2004 vbscript ventrilo viber view-source wais webcal whatsapp ws wss
    wtai wyciwyg xfire xmpp xri ymsgr
    """
)
"""Schemes of addresses."""

"""Writes docs/looks.md: the sample post in each preset, on a phone and on a desk, beside other tools.

    python -m scripts.looks.page            takes the pictures of presets that changed
    python -m scripts.looks.page --check    names the presets that changed, and exits 1
    python -m scripts.looks.page --peers    also takes the pictures of the other tools again; needs
                                            npm and what `make e2e` needs

The page keeps digests of what the pictures show, as docs/gallery.md does.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from blogkit.platforms.base import Draft, State, Target
from blogkit.platforms.folder import Folder
from blogkit.platforms.folder.site.style import looks, style_sheet
from blogkit.posts.loader import load_post
from blogkit.render.looks.presets import preset_named
from blogkit.render.looks.theme import theme_from_settings
from blogkit.render.renderer import render_post
from blogkit.render.widgets.registry import Registry, builtin_folder
from blogkit.sanitizers.profiles import FOLDER
from scripts.docs import ROOT
from scripts.looks import fronts, peers
from scripts.pictures import Shot, take

PAGE = ROOT / "docs/looks.md"
PICTURES = ROOT / "docs/images/looks"
TEXT = Path(__file__).with_name("looks.md")
"""The page without its pictures."""
NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
VIEWS = ((360, "light", 2400), (360, "dark", 2400), (1280, "light", 1500), (1280, "dark", 1500))
"""Width, colours and the greatest height of the pictures."""
SHOWN = {360: 200, 1280: 420}
"""How wide the page shows them."""
FRONTS = '<img src="images/looks/fronts.png" alt="The front page of a folder site in six looks">'
PEERS = ("timelinejs", "datatables", "wordpress")


def site(preset: str, folder: Path) -> Path:
    """The sample's page in a folder site of a preset."""
    theme = theme_from_settings({"preset": preset})
    post = load_post(peers.SAMPLE, root=peers.HERE, zone=ZoneInfo("UTC"))
    document = render_post(
        post,
        registry=Registry([builtin_folder()]),
        profile=FOLDER,
        root=peers.HERE,
        theme=theme,
        language="en-IN",
    )
    home = Folder(
        "main",
        folder / "site",
        records=folder / "records",
        title="The Study Desk",
        language="en-IN",
        zone=ZoneInfo("UTC"),
        sheet=lambda: style_sheet(theme),
        clock=lambda: NOW,
    )
    draft = Draft(
        key=post.key,
        kind="post",
        title=post.title,
        body=home.compose(document),
        labels=("Geography", "GS-III"),
    )
    home.set_state(home.create(draft).ref, Target(State.LIVE))
    (page,) = (folder / "site/2026/11").glob("s*.html")
    return page


def digest(preset: str) -> str:
    """What tells whether a preset is still what its pictures show."""
    with tempfile.TemporaryDirectory(prefix="blogkit-looks-") as name:
        return _digest(site(preset, Path(name)).read_text(encoding="utf-8"))


def fronts_digest() -> str:
    """What tells whether the front pages are still what their picture shows."""
    with tempfile.TemporaryDirectory(prefix="blogkit-looks-") as name:
        pages = [fronts.front(look, Path(name, look)) for look in looks()]
        text = "\0".join(page.read_text(encoding="utf-8") for page in pages)
    return _digest(
        re.sub("<!--.*?-->", "", text)
    )  # those of lists name records, which have new ids


def peers_digest() -> str:
    """What tells whether the other tools still show the sample."""
    files = (peers.SAMPLE, peers.HERE / "package.json", Path(peers.__file__))
    return _digest("\0".join(file.read_text(encoding="utf-8") for file in files))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def page() -> str:
    """The whole page as it should be."""
    text = TEXT.read_text(encoding="utf-8")
    text = text.replace("{presets}\n", "\n".join(map(_section, looks())))
    for peer in PEERS:
        shown = [_image(f"{peer}-{width}.png", width, peer) for width in peers.WIDTHS]
        text = text.replace(f"{{{peer}}}", " ".join(shown))
    text = text.replace("{fronts}", f"<!-- taken of fronts {fronts_digest()} -->\n{FRONTS}")
    return text + f"\n<!-- peers taken of {peers_digest()} -->\n"


def _section(preset: str) -> str:
    rows = [
        " ".join(
            _image(f"{preset}-{width}-{scheme}.png", width, f"{preset}, {scheme}")
            for width, scheme, _ in VIEWS
            if width == wide
        )
        for wide in SHOWN
    ]
    return (
        f"### {preset}\n\n{preset_named(preset).summary}.\n\n"
        f"<!-- taken of {preset} {digest(preset)} -->\n" + "\n\n".join(rows) + "\n"
    )


def _image(name: str, width: int, what: str) -> str:
    place = "a phone" if width == 360 else "a desk"
    return f'<img src="images/looks/{name}" alt="{what}, on {place}" width="{SHOWN[width]}">'


def expected() -> list[str]:
    """The names of all pictures."""
    ours = [f"{preset}-{width}-{scheme}.png" for preset in looks() for width, scheme, _ in VIEWS]
    return sorted(
        ["fronts.png", *ours, *(f"{peer}-{width}.png" for peer in PEERS for width in peers.WIDTHS)]
    )


def changed() -> list[str]:
    """The presets whose pictures show something else, and "fronts" and "peers"."""
    written = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    taken = dict(re.findall(r"^<!-- taken of ([\w-]+) (\w+) -->$", written, re.MULTILINE))
    stale = [preset for preset in looks() if taken.get(preset) != digest(preset)]
    if taken.get("fronts") != fronts_digest():
        stale.append("fronts")
    known = f"<!-- peers taken of {peers_digest()} -->" in written
    return [*stale, *([] if known else ["peers"])]


def shots(presets: list[str], work: Path) -> list[Shot]:
    """The pictures of some presets; their pages are made in a folder."""
    found = []
    for preset in presets:
        url = site(preset, work / preset).as_uri()
        for width, scheme, height in VIEWS:
            file = PICTURES / f"{preset}-{width}-{scheme}.png"
            found.append(Shot(file, width, scheme, url=url, height=height))
    return found


def main(*options: str) -> int:
    """Writes the page, or names what is out of date."""
    stale = changed()
    if "--check" in options:
        for name in stale:
            sys.stdout.write(f"{name} changed since docs/looks.md was made: make looks\n")
        fresh = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page()
        return 0 if fresh and not stale else 1
    with tempfile.TemporaryDirectory(prefix="blogkit-looks-") as name:
        take(shots([preset for preset in stale if preset in looks()], Path(name)))
    if "fronts" in stale:
        fronts.main(PICTURES / "fronts.png")
    if "--peers" in options or "peers" in stale:
        peers.main(PICTURES)
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    weight = sum(path.stat().st_size for path in PICTURES.glob("*.png"))
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}: {weight // 1024} KB of pictures\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

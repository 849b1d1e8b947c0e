"""WordPress trees out of Debian's archive: downloaded and unpacked, never installed (no web
server, no system configuration).
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.wordpress.cache import locked
from tests.e2e.wordpress.machine import HarnessError, run

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
LIBRARIES = ("php-getid3", "libphp-phpmailer", "libjs-underscore", "libjs-lodash", "libjs-cropper")
"""What the package `wordpress` links to instead of shipping it."""


@dataclass(frozen=True)
class Release:
    """A Debian suite that carries a WordPress. moving: the suite still gets newer versions, so
    the label is a floor.
    """

    label: str
    suite: str
    theme: str
    moving: bool = False


RELEASES = {
    release.label: release
    for release in (
        Release("6.1", "bookworm", "twentytwentythree"),
        Release("6.8", "trixie", "twentytwentyfive"),
        Release("7.1", "forky", "twentytwentyfive", moving=True),
    )
}
OLDEST, NEWEST = "6.1", "7.1"


def docroot(tree: Path) -> Path:
    """The folder in an unpacked tree that a web server serves."""
    return tree / "usr/share/wordpress"


def tree(label: str, cache: Path) -> Path:
    """The unpacked tree of a WordPress, `<cache>/<label>`; fetched through this machine's own
    apt mirror when it is not there.
    """
    if label not in RELEASES:
        raise HarnessError(f"no WordPress {label} is known here; there are {', '.join(RELEASES)}")
    place = cache / label
    with locked(cache, label):
        if not place.exists():
            _unpack(RELEASES[label], place)
    return place


def _unpack(release: Release, place: Path) -> None:
    work = place.with_name(f"{release.label}.making")
    shutil.rmtree(work, ignore_errors=True)
    debs, root = work / "debs", work / "root"
    debs.mkdir(parents=True)
    options = _private_lists(release.suite, work / "apt")
    run(["apt-get", *options, "update"])
    run(
        [
            "apt-get",
            *options,
            "download",
            "wordpress",
            f"wordpress-theme-{release.theme}",
            *LIBRARIES,
        ],
        cwd=debs,
    )
    for deb in sorted(debs.glob("*.deb")):
        run(["dpkg", "-x", deb, root])
    (docroot(root) / ".htaccess").unlink(missing_ok=True)
    found = version(root)
    if not found.startswith(f"{release.label}.") and not release.moving:
        raise HarnessError(f"Debian {release.suite} carries WordPress {found}, not {release.label}")
    root.rename(place)
    shutil.rmtree(work)


def version(tree: Path) -> str:
    """The exact version that a tree says it is."""
    text = (docroot(tree) / "wp-includes/version.php").read_text()
    match = re.search(r"^\$wp_version = '([^']+)'", text, re.MULTILINE)
    if not match:
        raise HarnessError(
            f"{tree} holds no WordPress: its wp-includes/version.php names no version"
        )
    return match[1]


def _private_lists(suite: str, place: Path) -> list[str | Path]:
    """Options that make apt-get read one suite into folders of our own; the system's sources
    stay as they are.
    """
    if not KEYRING.exists():
        raise HarnessError(
            "Debian's signing keys are missing. Install with: sudo apt-get install"
            " debian-archive-keyring"
        )
    for part in ("lists/partial", "cache/archives/partial"):
        (place / part).mkdir(parents=True)
    sources = place / "suite.sources"
    sources.write_text(
        f"Types: deb\nURIs: {_mirror()}\nSuites: {suite}\nComponents: main\nSigned-By: {KEYRING}\n"
    )
    settings = {
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": "-",
        "Dir::State::lists": place / "lists",
        "Dir::Cache": place / "cache",
        "APT::Sandbox::User": "",  # the sandbox user may not write below a private folder
        # a mirror may lag behind; the signature is still checked
        "Acquire::Check-Valid-Until": "false",
    }
    return [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]


def _mirror() -> str:
    """The address that this machine's own apt sources name for Debian itself (not its security
    archive).
    """
    sites = run(["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages"]).split()
    for site in sites:
        if site.rstrip("/").endswith("/debian"):
            return site
    raise HarnessError(
        "this machine's apt sources name no Debian mirror (an address that ends in /debian)"
    )

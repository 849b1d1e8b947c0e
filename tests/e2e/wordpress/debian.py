"""WordPress trees out of Debian's archive: downloaded and unpacked, never installed (no web
server, no system configuration).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

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


def unpack(label: str, root: Path, work: Path) -> None:
    """Fetch the packages of a release through this machine's own apt mirror into the folder
    `work`, and unpack them below `root`.
    """
    release = RELEASES[label]
    debs = work / "debs"
    debs.mkdir()
    options = _private_lists(release.suite, work / "apt")
    run(["apt-get", *options, "update"])
    theme = f"wordpress-theme-{release.theme}"
    run(["apt-get", *options, "download", "wordpress", theme, *LIBRARIES], cwd=debs)
    for deb in sorted(debs.glob("*.deb")):
        run(["dpkg", "-x", deb, root])
    (root / "usr/share/wordpress/.htaccess").unlink()


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

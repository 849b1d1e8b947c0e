"""Refuse a folder that the user has not trusted, and list what in it needs trust."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Literal

from blogkit.config import CONFIG, Config
from blogkit.config.tables import TableReader
from blogkit.dataclass import dataclass
from blogkit.errors import ConfigError, ContentError, Problem
from blogkit.paths import shown
from blogkit.trust import OWN_WIDGETS, Trust, database_digest, foreign_owner

_WRITTEN = ("posts", "pages", "images", ".blogkit", ".vscode")
"""Folders that commands write to. The folders of sites are in the settings."""
_PARENT = "this folder contains your blog's folder, so your drafts would be uploaded with the site"
_OURS = 'blogkit uses "{0}" in your blog\'s folder itself, so a site cannot share it'
_APART = 'choose a folder of its own, such as folder = "site"'


@dataclass(frozen=True)
class TrustItem:
    """One thing in a blog's folder that is not used before the user trusts it.

    Attributes:
        kind: The folder's owner, a widget with Python or links, a folder outside, or a database.
        name: The owner's name, the widget's name, what leads out (a site or a link), or a variable.
        fact: What is remembered: the owner's number, a hash of the files or of the address, or the
            real path.
        files: The widget's files that need trust, with the number of their lines.
        shadows: Whether blogkit has a widget of this name, which this one would replace.
    """

    kind: Literal["owner", "widget", "folder", "database"]
    name: str
    fact: str
    files: Mapping[str, int] = field(default_factory=dict)
    shadows: bool = False

    def __str__(self) -> str:
        if self.kind == "owner":
            return f"the folder belongs to {self.name}"
        if self.kind == "folder":
            return f"{self.name} writes to {self.fact}"
        if self.kind == "database":
            return f"the journal is in the database that {self.name} in .env names"
        also = ", in place of blogkit's own" if self.shadows else ""
        return f"the widget {self.name}{also}"


def require_trusted_owner(root: Path, trust: Trust, environ: Mapping[str, str]) -> None:
    """Refuse a blog's folder of another user, before anything in it is read.

    Args:
        root: The folder with `blogkit.toml`.
        trust: What the user trusts there.
        environ: May have SUDO_UID.

    Raises:
        ConfigError: It belongs to another user, who is not trusted.
    """
    owner = foreign_owner(_owned(root), environ)
    if owner is not None and not trust.allows_owner(owner.number):
        raise ConfigError(
            f"{root} belongs to {owner.name}, not to you, so nothing in it is used",
            hint=f"if you trust {owner.name}, run: blogkit trust -C {root}",
        )


def require_inside(config: Config, trust: Trust) -> None:
    """Refuse a folder that would have blogkit write outside of it.

    Args:
        config: The folder and its settings.
        trust: What the user trusts there.

    Raises:
        ContentError: A site's folder, or a link, leads out, or a site's folder is not its own.
    """
    parents = [
        _setting_problem(config, name, _PARENT, 'choose a folder inside, such as folder = "site"')
        for name, real in _sites(config)
        if trust.root.is_relative_to(real)
    ]
    shared = [
        _setting_problem(config, name, _OURS.format(ours), _APART)
        for name, real in _sites(config)
        if not trust.root.is_relative_to(real) and (ours := _shared(config, real))
    ]
    leading_out = [
        _setting_problem(
            config,
            name,
            f"{name} leads out of your blog's folder, to {real}",
            "if blogkit may write there, run: blogkit trust",
        )
        for name, real in _outside(config, trust.root)
        if not trust.allows_folder(real) and not trust.root.is_relative_to(real)
    ]
    if problems := parents + shared + leading_out:
        raise ContentError(problems)


def untrusted_items(
    config: Config, trust: Trust, environ: Mapping[str, str], database: str
) -> list[TrustItem]:
    """Return what is not used before the user trusts it, as the user's file has it.

    Args:
        config: The folder and its settings.
        trust: What the user trusts there.
        environ: May have SUDO_UID.
        database: The address of the database that `.env` names; "" for none.

    Raises:
        ConfigError: A widget's files are too many or too large.
    """
    items = []
    owner = foreign_owner(_owned(config.root), environ)
    if owner is not None and owner.number != trust.owner:
        items.append(TrustItem("owner", owner.name, str(owner.number)))
    items += _widgets(config.root / OWN_WIDGETS, trust)
    items += [
        TrustItem("folder", name, str(real))
        for name, real in _outside(config, trust.root)
        if str(real) not in trust.folders
    ]
    if database and trust.database != (digest := database_digest(database)):
        from blogkit.journal.dialect import VARIABLE

        items.append(TrustItem("database", VARIABLE, digest))
    return items


def grant(trust: Trust, items: Sequence[TrustItem]) -> None:
    """Remember that the user trusts these.

    Args:
        trust: What the user trusts in the folder.
        items: From `untrusted_items`.
    """
    owner = next((int(item.fact) for item in items if item.kind == "owner"), None)
    widgets = {item.name: item.fact for item in items if item.kind == "widget"}
    folders = [item.fact for item in items if item.kind == "folder"]
    database = next((item.fact for item in items if item.kind == "database"), "")
    trust.remember(owner=owner, widgets=widgets, folders=folders, database=database)


def _owned(root: Path) -> list[Path]:
    # A folder of the user's own may have a `blogkit.toml` that somebody else put there: /tmp
    return [root, root / CONFIG, root / ".blogkit"]


def _widgets(parent: Path, trust: Trust) -> Iterator[TrustItem]:
    from blogkit.render.widgets.registry import builtin_folder, widget_folders
    from blogkit.render.widgets.widget_files import is_widget_name

    # a folder with another name is not a widget, and is never loaded
    for folder in filter(lambda each: is_widget_name(each.name), widget_folders(parent)):
        code = trust.code_of(folder)
        if code.digest and trust.widgets.get(folder.name) != code.digest:
            shadows = (builtin_folder() / folder.name).is_dir()
            yield TrustItem("widget", folder.name, code.digest, code.lines, shadows)


def _sites(config: Config) -> Iterator[tuple[str, Path]]:
    """Yield the folder of each site that has one."""
    for site in config.sites.values():
        if site.platform == "folder":
            yield f"sites.{site.name}", Path(os.path.realpath(config.root / site.folder))


def _shared(config: Config, site: Path) -> str:
    """Return which of blogkit's folders is a site's, in it or around it; "" if none is."""
    for name in (*_WRITTEN, OWN_WIDGETS):
        ours = Path(os.path.realpath(config.root / name))
        if ours.is_relative_to(site) or site.is_relative_to(ours):
            return name
    return ""


def _outside(config: Config, root: Path) -> Iterator[tuple[str, Path]]:
    """Yield what leads out of the blog's folder, with its real path."""
    links = [config.root / name for name in _WRITTEN]
    private = config.root / ".blogkit"
    links += sorted(private.iterdir()) if private.is_dir() else []
    reached = [
        (shown(path.relative_to(config.root)), Path(os.path.realpath(path)))
        for path in links
        if path.is_symlink()
    ]
    yield from (each for each in (*_sites(config), *reached) if not each[1].is_relative_to(root))


def _setting_problem(config: Config, name: str, message: str, hint: str) -> Problem:
    if not name.startswith("sites."):
        return Problem(name, 0, message, hint, "outside")
    text = (config.root / CONFIG).read_text(encoding="utf-8-sig")
    return Problem(CONFIG, TableReader(text).line(name, "folder"), message, hint, "outside")

"""A browsable static site in one folder."""

from blogkit.platforms.folder.adapter import Folder

__all__ = ["Folder"]

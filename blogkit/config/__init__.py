"""Know the user's folder: where it is, the settings in `blogkit.toml`, which files are posts."""

from blogkit.config.edit import with_site_url
from blogkit.config.images import Images
from blogkit.config.links import LINKS, read_links
from blogkit.config.load import discover, find_root, load_config
from blogkit.config.post_sources import SOURCES
from blogkit.config.settings import CONFIG, PLATFORMS, STATE, Config, Site

__all__ = [
    "CONFIG",
    "LINKS",
    "PLATFORMS",
    "SOURCES",
    "STATE",
    "Config",
    "Images",
    "Site",
    "discover",
    "find_root",
    "load_config",
    "read_links",
    "with_site_url",
]

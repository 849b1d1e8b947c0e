"""Know the user's folder: where it is, the settings in `blogkit.toml`, which files are posts."""

from blogkit.config.load import discover, load_config
from blogkit.config.post_sources import SOURCES
from blogkit.config.settings import CONFIG, PLATFORMS, Config, Site

__all__ = ["CONFIG", "PLATFORMS", "SOURCES", "Config", "Site", "discover", "load_config"]

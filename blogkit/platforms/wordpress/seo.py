"""Where plugins for search engines keep a post's title and description. Pure.

A site must register these fields for its REST API; only All in One SEO does so by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.platforms.settings import META

SEO = "seo."
"""What the names of these settings begin with: `seo.title` and `seo.description`."""
AIOSEO_FIELD = "aioseo_meta_data"
"""A field of its own (https://aioseo.com/docs/all-in-one-seo-rest-api/)."""
_AIOSEO = "aioseo."
_TEXTS = ("title", "description")


@dataclass(frozen=True)
class SeoPlugin:
    """A plugin.

    Attributes:
        name: What people call it.
        namespace: What its own routes begin with.
        fields: Its custom fields, by the name of the setting.
    """

    name: str
    namespace: str
    fields: Mapping[str, str]


SEO_PLUGINS = (
    SeoPlugin(
        # https://developer.yoast.com/customization/apis/rest-api/
        "Yoast SEO",
        "yoast/",
        {"title": "_yoast_wpseo_title", "description": "_yoast_wpseo_metadesc"},
    ),
    SeoPlugin(
        # https://rankmath.com/kb/filters-hooks-api-developer/
        "Rank Math",
        "rankmath/",
        {"title": "rank_math_title", "description": "rank_math_description"},
    ),
    SeoPlugin(
        # https://www.seopress.org/support/guides/get-started-with-the-seopress-rest-api/
        "SEOPress",
        "seopress/",
        {"title": "_seopress_titles_title", "description": "_seopress_titles_desc"},
    ),
)


def seo_setting(name: str, properties: Mapping[str, Any], meta: Collection[str]) -> str:
    """Return the setting that holds a title or a description on a site; "" if none does.

    Args:
        name: "title" or "description"; of "robots" no plugin has a field that is a text.
        properties: The fields of a post on the site.
        meta: The custom fields that it registers.
    """
    for plugin in SEO_PLUGINS:
        if plugin.fields.get(name) in meta:
            return f"{META}{plugin.fields[name]}"
    return f"{_AIOSEO}{name}" if name in _TEXTS and AIOSEO_FIELD in properties else ""


def aioseo_settings(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings in the field of All in One SEO.

    Args:
        given: The fields of a post.
    """
    data = given.get(AIOSEO_FIELD)
    if not isinstance(data, dict):
        return {}
    return {f"{_AIOSEO}{name}": data.get(name) or "" for name in _TEXTS}


def aioseo_fields(differing: Mapping[str, Any]) -> dict[str, Any]:
    """Return the field to send for settings that differ.

    Args:
        differing: The settings, by name.
    """
    values = {n.removeprefix(_AIOSEO): v for n, v in differing.items() if n.startswith(_AIOSEO)}
    return {AIOSEO_FIELD: values} if values else {}


def seo_advice(kind: str, namespaces: Collection[str]) -> str:
    """Return what to do on a site that registers no such field.

    Args:
        kind: The type of post.
        namespaces: Of the site's REST API; they tell which plugin it has.
    """
    for plugin in SEO_PLUGINS:
        if any(one.startswith(plugin.namespace) for one in namespaces):
            calls = " ".join(
                f"register_post_meta('{kind}', '{field}', ['show_in_rest' => true,"
                " 'single' => true, 'type' => 'string', 'auth_callback' => fn() =>"
                " current_user_can('edit_posts')]);"
                for field in plugin.fields.values()
            )
            return f"the site has {plugin.name}; add this to a plugin or to functions.php: {calls}"
    names = ", ".join(plugin.name for plugin in SEO_PLUGINS)
    return f"install {names} or All in One SEO, or remove seo:"

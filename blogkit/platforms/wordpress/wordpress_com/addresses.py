"""Where WordPress.com has the routes of a site's REST API. Pure.

One server has the routes of all sites, with the site between the namespace and the rest:
https://developer.wordpress.com/docs/api/ and
https://github.com/Automattic/wordpress-rs/blob/trunk/wp_api/src/wp_com/endpoint.rs
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from blogkit.origins import WORDPRESS_COM

_SITES = "/wp/v2/sites/"


def rest_at_wordpress_com(url: str, api_base: str = "", blog_id: str = "") -> str:
    """Return where the REST API of a site is, as an address for `Client`.

    Args:
        url: The blog's address; WordPress.com knows a site by its host.
        api_base: The address of the API, if it is not WordPress.com's own.
        blog_id: The site's number, which is used instead of the host; "" if it is not known.
    """
    site = blog_id or urlsplit(url).hostname or ""
    return f"{(api_base or WORDPRESS_COM).rstrip('/')}{_SITES}{quote(site)}"


def is_at_wordpress_com(address: str) -> bool:
    """Return whether an address of a REST API is one at WordPress.com.

    Args:
        address: As in `routes.Way`.
    """
    return "://" in address


def place_at_wordpress_com(address: str, route: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the URL of a route, and the parameters that belong to it.

    Args:
        address: What `rest_at_wordpress_com` returned.
        route: "/", which describes the site, or one such as "/wp/v2/posts".
    """
    api, _, site = address.partition(_SITES)
    if route == "/":
        return f"{api}/wp-json/", (("rest_route", f"/sites/{site}/"),)
    name, version, rest = route.removeprefix("/").split("/", 2)
    return f"{api}/{name}/{version}/sites/{site}/{rest}", ()

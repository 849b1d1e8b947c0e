"""Check whether the image host takes pictures."""

from __future__ import annotations

from blogkit.errors import BlogkitError
from blogkit.project.connect import Settings
from blogkit.project.health import HealthCheck
from blogkit.project.images.hosts import github_host, s3_host


def host_check(settings: Settings) -> HealthCheck:
    """Ask a bucket or a repository whether it accepts the key.

    Args:
        settings: The blog's configuration and credentials.

    Returns:
        What it answered.
    """
    host = s3_host(settings) if settings.config.images.host == "s3" else github_host(settings)
    try:
        host.check()
    except BlogkitError as error:
        return HealthCheck("signed in", False, error.message, error.hint)
    return HealthCheck("signed in", True, f"{host.label} accepts the key")

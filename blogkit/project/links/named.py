"""The part of a project that gives named links their addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogkit.project.plans.progress import OnProgress, silent

if TYPE_CHECKING:
    from blogkit.project.context import ProjectContext
    from blogkit.project.links.checking import CheckedLink
    from blogkit.project.links.setting import LinkPlan
    from blogkit.project.links.uses import NamedLink


class NamedLinks:
    """List, set and check named links; a base of `Project`."""

    def _context(self) -> ProjectContext:
        """Return a context for one call."""
        raise NotImplementedError

    def links(self) -> list[NamedLink]:
        """Return the links that posts use by name, with and without an address. Sends nothing.

        Raises:
            ConfigError: `links.toml` cannot be read.
        """
        from blogkit.project.links.uses import named_links

        return named_links(self._context())

    def set_link(self, name: str, url: str, *, on_progress: OnProgress = silent) -> LinkPlan:
        """Plan to give a link its address, and to fill every post that uses it.

        `apply` writes the address into `links.toml`, publishes the posts whose files name the
        link, and re-renders the widgets that were inserted into live posts with its name.

        Args:
            name: The link's name, as in `quiz: NAME`.
            url: Its address.
            on_progress: Told each post that is looked at.

        Returns:
            The plan; nothing is written or sent before its `apply`.

        Raises:
            UsageError: The name or the address is not valid.
            ConfigError: `links.toml` cannot be used.
            BlogkitError: No site can be asked.
        """
        from blogkit.project.links.setting import plan_link

        return plan_link(self._context(), name, url, on_progress)

    def check_links(
        self, *names: str, private: bool = False, on_progress: OnProgress = silent
    ) -> list[CheckedLink]:
        """Ask the servers of links whether their pages exist. Sends no credentials.

        Args:
            *names: Only these links; none means all that have an address, and the addresses that
                posts and `blogkit.toml` name directly.
            private: Also ask servers on this machine and in private networks.
            on_progress: Told each address.

        Returns:
            One result for each address.

        Raises:
            UsageError: A link has no address, or there are too many addresses.
            ConfigError: `links.toml` cannot be read.
        """
        from blogkit.project.links.checking import check_links

        return check_links(self._context(), names, private=private, on_progress=on_progress)

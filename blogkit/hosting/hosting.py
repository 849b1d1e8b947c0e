"""One image host, with what is uploaded to it and proven in a run."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from blogkit.errors import ImageNotServed
from blogkit.hosting.host import ImageHost, LocalImage, Placed
from blogkit.hosting.proof import ServedAs, prove_served, served_copy
from blogkit.images import Limits

if TYPE_CHECKING:
    from blogkit.http.probe import Fetched


class Hosting:
    """Uploads pictures to a host, and proves that readers get them.

    Args:
        identity: What tells the host from others in the journal.
        host: The host.
        limits: What an uploaded picture may be like.
        fetch: Fetches an address as readers do.
        sleep: Waits for a number of seconds.

    Attributes:
        identity: As given.
        label: What messages call the host.
        deploys: Whether it shows uploads some time later.
    """

    def __init__(
        self,
        identity: str,
        host: ImageHost,
        limits: Limits,
        *,
        fetch: Callable[[str], Fetched],
        sleep: Callable[[float], None],
    ) -> None:
        self.identity, self.label, self.deploys = identity, host.label, host.deploys
        self._host, self._limits = host, limits
        self._fetch, self._sleep = fetch, sleep
        self._proven: dict[str, ServedAs] = {}
        self._lock = threading.Lock()

    def upload(self, image: LocalImage) -> Placed:
        """Return where a picture is; upload it unless the host has it.

        Args:
            image: The picture.

        Raises:
            BlogkitError: As for `ImageHost.upload`.
        """
        with self._lock:  # two posts with the same picture
            return self._host.upload(image, self._limits)

    def prove(self, placed: Placed, *, new: bool = False) -> ServedAs:
        """Return how far readers get a picture now; each is asked for once a run.

        Args:
            placed: The picture.
            new: It was uploaded just now, so the host may need some time.

        Raises:
            ImageNotServed: They do not get it.
        """
        if placed.url not in self._proven:
            if new and self._host.deploys:
                self._await_deployment(placed)
            self._proven[placed.url] = self._look(placed, new=new)
        return self._proven[placed.url]

    def copy_of(self, placed: Placed) -> Placed | None:
        """Return a picture as `served_copy` does."""
        return served_copy(placed, self._fetch)

    def _await_deployment(self, placed: Placed) -> None:
        """Wait until the picture is there, by addresses that no cache has."""
        for number, seconds in enumerate((*self._host.waits, 0.0)):
            query = urlencode({"blogkit": f"{placed.digest[:8]}-{number}"})
            if self._tried(placed, f"{placed.url}?{query}", seconds):
                return

    def _look(self, placed: Placed, *, new: bool) -> ServedAs:
        proof: ServedAs | None = None
        for seconds in (*(self._host.waits if new else ()), 0.0):
            proof = self._tried(placed, placed.url, seconds)
            if proof:
                break
        assert proof is not None  # the last look returns it, or raises
        return proof

    def _tried(self, placed: Placed, address: str, seconds: float) -> ServedAs | None:
        """Return the proof; None after a wait, if it may come later."""
        try:
            return prove_served(placed, self._fetch, address, host=self.label)
        except ImageNotServed as error:
            if not error.later or not seconds:
                raise
            self._sleep(seconds)
            return None

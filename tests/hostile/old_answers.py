"""A host that keeps what a site answered by its address, and shows it again, also when the site
has something else by now.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tests.hostile.sick_proxy import Answer


@dataclass
class OldAnswers:
    """A way for the sick proxy. times: how often it shows an answer before it asks the site again,
    in the place of the seconds or minutes of real hosts; obeys: whether it asks the site when a client wants no old answer,
    as HTTP has it; some hosts of WordPress do not
    (https://github.com/litespeedtech/lscache_wp/issues/413).
    """

    obeys: bool = False
    times: int = 8
    kept: dict[str, bytes] = field(default_factory=dict)
    _shown: Counter[str] = field(default_factory=Counter)

    def __call__(self, answer: Answer) -> None:
        if answer.method != "GET":
            return
        old = self.kept.get(answer.address)
        asks = self.obeys and answer.fresh
        if old is None or asks or self._shown[answer.address] == self.times:
            self.kept[answer.address] = answer.body
            self._shown[answer.address] = 0
            return
        self._shown[answer.address] += 1
        if old != answer.body:
            answer.raw = old

"""What we claim of our model of WordPress's filter, counted on real answers.

For a fragment that is not malformed, the model says what is stored. Where it calls a fragment
clean, that is the fragment itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from blogkit.sanitizers.facts import Version
from blogkit.sanitizers.judge import judge
from blogkit.sanitizers.normal_form import Part, normal_form
from blogkit.sanitizers.profiles import STRICT, Profile


def strict(version: Version) -> Profile:
    """Return the profile of an author on a version. Shortcodes run later, when a post is shown."""
    return replace(STRICT, wordpress=version, shortcodes=False)


@dataclass
class Tally:
    """The outcome of a comparison.

    Attributes:
        cases: How many fragments were judged.
        clean: How many of them the model calls clean.
        predicted: How many lose something that the model names.
        malformed: How many it calls malformed.
        clean_but_changed: Those that are clean by the model and were changed.
        kept_but_lost: Those of which something was predicted to survive and was lost.
        silent: Those that were changed in another way than predicted.
    """

    cases: int = 0
    clean: int = 0
    predicted: int = 0
    malformed: int = 0
    clean_but_changed: list[tuple[str, str]] = field(default_factory=list)
    kept_but_lost: list[tuple[str, str]] = field(default_factory=list)
    silent: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add another outcome."""
        self.cases += other.cases
        self.clean += other.clean
        self.predicted += other.predicted
        self.malformed += other.malformed
        self.clean_but_changed += other.clean_but_changed
        self.kept_but_lost += other.kept_but_lost
        self.silent += other.silent

    def summary(self) -> str:
        """Return the counts as a line."""
        return (
            f"{self.cases:,} fragments ({self.clean:,} clean, {self.predicted:,} with predicted"
            f" losses, {self.malformed:,} malformed): {len(self.clean_but_changed)} clean but"
            f" changed, {len(self.kept_but_lost)} predicted to survive but lost,"
            f" {len(self.silent)} changed silently"
        )

    @property
    def wrong(self) -> list[tuple[str, str]]:
        """What was sent and stored where a claim does not hold, the shortest first."""
        found = [*self.clean_but_changed, *self.kept_but_lost, *self.silent]
        return sorted(found, key=lambda pair: len(pair[0]))


def tally(sent: Iterable[str], stored: Iterable[str], version: Version) -> Tally:
    """Compare what was stored with what the model says."""
    result = Tally()
    profile = strict(version)
    for fragment, real in zip(sent, stored, strict=True):
        result.cases += 1
        verdict = judge(fragment, profile)
        if verdict.malformed:
            result.malformed += 1
            continue
        result.clean += verdict.clean
        result.predicted += not verdict.clean
        expected = fragment if verdict.clean else verdict.stored
        ours, theirs = normal_form(expected), normal_form(real)
        if ours == theirs:
            continue
        if verdict.clean:
            result.clean_but_changed.append((fragment, real))
        elif is_lost(ours, theirs):
            result.kept_but_lost.append((fragment, real))
        else:
            result.silent.append((fragment, real))
    return result


def is_lost(ours: list[Part], theirs: list[Part]) -> bool:
    """Return whether something of ours is not in theirs."""
    return any(Counter(read(ours)) - Counter(read(theirs)) for read in (_markup, _words))


def _markup(parts: list[Part]) -> list[Part]:
    return [part for part in parts if part.kind in {"start", "comment"}]


def _words(parts: list[Part]) -> list[str]:
    texts = (part.text if part.kind in {"text", "pre"} else "" for part in parts)
    spaced = (" " if part.is_edge else text for part, text in zip(parts, texts, strict=True))
    return "".join(spaced).split()

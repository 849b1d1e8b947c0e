"""Find the parts of a page that widgets can replace, the outermost first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import field
from functools import cached_property, partial
from itertools import takewhile

from blogkit.dataclass import dataclass
from blogkit.html import Element
from blogkit.html.elements import HEADINGS, SEPARATORS
from blogkit.importers.html import box_widgets, choice_tables, questions, quizzes, tables
from blogkit.importers.html.boilerplate import Drop, is_in
from blogkit.importers.html.elements import Item, class_and_id, is_tidy, text_of
from blogkit.importers.html.inline import DEEPEST, Uncertain
from blogkit.importers.html.question_runs import question_runs
from blogkit.importers.html.shapes import WidgetCandidate, WidgetMatch
from blogkit.importers.html.verify import Prover
from blogkit.importers.html.words import read_words

Recogniser = Callable[[WidgetCandidate], WidgetMatch | None]
_RECOGNISERS: tuple[tuple[str, Recogniser], ...] = (
    ("mcq", questions.mcq),
    ("mcq", choice_tables.choice_table),
    ("faq", questions.faq),
    ("table", tables.table),
    ("timeline", box_widgets.timeline),
    ("meta-box", box_widgets.meta_box),
    ("questions", box_widgets.questions),
    ("quiz-button", quizzes.quiz_button),
    ("byline", quizzes.byline),
)
_LARGEST_WIDGET = 60_000
_MOST_WIDGETS = 500
"""Each is rendered to prove that it has every word."""
_NEVER_IN = frozenset(
    {
        "pre",
        "code",
        "script",
        "style",
        "textarea",
        "template",
        "blockquote",
        "form",
        "svg",
        "select",
        "head",
        "nav",
    }
)
_ANSWERS = frozenset({"ul", "ol", "dl", "table"})
_LONGEST_HEADING = 200


@dataclass(frozen=True)
class DetectedWidget:
    """A widget that replaces HTML.

    Attributes:
        start: Where the HTML begins in the source.
        end: The offset behind it.
        found: The widget's call.
    """

    start: int
    end: int
    found: WidgetMatch


@dataclass(frozen=True)
class Unrecognised:
    """HTML that looks like a widget, and was kept.

    Attributes:
        start: Where it begins in the source.
        end: The offset behind it.
        widget: The widget's name.
        why: What is not certain.
    """

    start: int
    end: int
    widget: str
    why: str


@dataclass(frozen=True)
class Search:
    """A search for widgets in a page.

    Attributes:
        root: The whole page.
        source: Its source.
        prover: Verifies each call.
        dropped: Parts that are not searched, because they are not in the post.
        taken: Parts that are not searched, because they are in the front matter.
        has_open_address: Whether a script of the page still contains the placeholder of an address.
        calls: The widgets that were found.
        own: The spans that these widgets write themselves, such as "A)" and "Answer:".
        left: What was kept although it looks like a widget.
    """

    root: Element
    source: str
    prover: Prover
    dropped: Sequence[Drop]
    taken: Sequence[Drop]
    has_open_address: bool
    calls: list[DetectedWidget] = field(default_factory=list)
    own: list[tuple[int, int]] = field(default_factory=list)
    _left: dict[str, list[Unrecognised]] = field(default_factory=dict)
    _places: dict[int, dict[int, int]] = field(default_factory=dict)

    @property
    def left(self) -> list[Unrecognised]:
        """What looks like a widget and was kept as HTML."""
        return [one for found in self._left.values() for one in found]

    @cached_property
    def removed(self) -> list[Drop]:
        """The parts that are not searched, in order."""
        return sorted((*self.dropped, *self.taken), key=lambda drop: drop.start)

    def leave(self, element: Element, widget: str, why: str) -> None:
        """Record kept HTML with its reason, once a place: the innermost element explains it best.

        Elements are met in the order of the source, so those around this one are the last.
        """
        self.forget(widget, element.end)
        found = self._left.setdefault(widget, [])
        found.append(Unrecognised(element.start, element.end, widget, why))

    def forget(self, widget: str, since: int) -> None:
        """Drop the records of a widget that end behind an offset."""
        found = self._left.get(widget, [])
        while found and found[-1].end >= since:
            found.pop()

    def place(self, element: Element) -> int:
        """Return the index of an element among the items around it."""
        around = element.parent or self.root
        if id(around) not in self._places:
            self._places[id(around)] = {id(item): at for at, item in enumerate(around.items)}
        return self._places[id(around)][id(element)]

    def skips(self, item: Item) -> bool:
        """Return whether an item is not part of the post."""
        return is_in(self.dropped, item) or is_in(self.taken, item)


def find_widgets(
    search: Search, element: Element, hints: str = "", heading: str = "", depth: int = 0
) -> None:
    """Look for widgets in an element, the outermost first, and add them to the search.

    Args:
        search: The search, which collects the results.
        element: The element.
        hints: The names of the elements around it.
        heading: The words of the heading above it, until a widget uses them.
        depth: How deep it is in the page.
    """
    read: set[int] = set()
    for at, item in enumerate(element.items):
        if not isinstance(item, Element) or item.name in _NEVER_IN or search.skips(item):
            continue
        if id(item) in read:
            heading = ""
            continue
        read.update([*_questions_below(search, element, at, read)])
        if item.name in HEADINGS:
            heading = item.text()[:_LONGEST_HEADING]
            continue
        candidate = WidgetCandidate(
            item, f"{hints} {class_and_id(item)}", heading, search.skips, search.has_open_address
        )
        if _is_recognised(search, candidate):
            heading = ""
            continue
        if depth < DEEPEST:
            # the names of one element around it: a page's own class would name everything in it
            deeper = f"{hints.rpartition('|')[2]}|{class_and_id(item)}"
            find_widgets(search, item, deeper, heading, depth + 1)
        # A heading is about what follows it first: a list or a table uses it up.
        is_large = item.end - item.start > _LARGEST_WIDGET
        if (
            item.name in _ANSWERS
            or is_large
            or any(inner.name in HEADINGS for inner in item.descendants())
        ):
            heading = ""


def _questions_below(
    search: Search, element: Element, at: int, read: AbstractSet[int]
) -> Iterator[int]:
    """Add the questions side by side below a heading; yield the ids of the items that they were.

    Args:
        search: The search, which collects the results.
        element: The element that the heading is in.
        at: The heading's index among its items.
        read: The ids of items that became questions of a heading around this one.
    """
    for run in question_runs(element, at, search.skips, partial(_objection, search)):
        items = [id(item) for item in run.element.items]
        if not read.isdisjoint(items):
            continue
        if run.found:
            search.calls.append(DetectedWidget(run.element.start, run.element.end, run.found))
            search.own.extend(run.found.own)
            search.forget(run.widget, run.element.start + 1)
            yield from items
        else:
            search.leave(run.element, run.widget, run.why)


def _is_recognised(search: Search, candidate: WidgetCandidate) -> bool:
    element = candidate.element
    if element.end - element.start > _LARGEST_WIDGET:
        return False
    if not (element.name in SEPARATORS or _stands_alone(element, search)):
        return False
    for name, recogniser in _RECOGNISERS:
        try:
            found = recogniser(candidate)
        except Uncertain as error:
            found, why = None, str(error)
        else:
            why = _objection(search, element, found) if found else ""
        if why:
            search.leave(element, name, why)
            if recogniser is choice_tables.choice_table:  # it stays a table of its author's
                return False
        if found is None or why:
            continue
        search.calls.append(DetectedWidget(element.start, element.end, found))
        search.own.extend(found.own)
        # what an element around or inside it lacked does not matter any more
        search.forget(name, element.start + 1)
        return True
    return False


def _objection(search: Search, element: Element, found: WidgetMatch) -> str:
    if len(search.calls) >= _MOST_WIDGETS:
        return f"the page already has {_MOST_WIDGETS} widgets"
    if not is_tidy(element):
        return "it contains an unmatched tag"
    if not found.own:
        return search.prover.objection(found, _remaining(search, element))
    read = read_words(_remaining(search, element, found.own))
    if read.shown or read.links:
        return "the widget has no place for its images and links"
    return search.prover.objection_to_words(found, read.words)


def _remaining(search: Search, element: Element, own: Sequence[tuple[int, int]] = ()) -> str:
    """Return an element's source without removed parts, and without what a widget writes."""
    out, at = "", element.start
    first = bisect_left(search.removed, element.start, key=lambda drop: drop.start)
    removed = [
        (drop.start, drop.end)
        for drop in takewhile(lambda one: one.start < element.end, search.removed[first:])
    ]
    for start, end in sorted([*removed, *own]):
        if at <= start and end <= element.end:
            out, at = out + search.source[at:start] + " ", end
    return out + search.source[at : element.end]


def _stands_alone(element: Element, search: Search) -> bool:
    """Return whether a button or a link is the whole of its line."""
    if element.name not in ("a", "button"):
        return False
    items = (element.parent or search.root).items
    place = search.place(element)
    for step in (-1, 1):
        at = place + step
        while 0 <= at < len(items):
            item = items[at]
            if isinstance(item, Element):
                if item.name not in SEPARATORS and item.name not in ("button", "script", "style"):
                    return False
                break
            if (text_of(element.source, item) or "").strip():
                return False
            at += step
    return True

"""The edits of live posts: insert, replace, remove, upgrade. Each changes one body in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from blogkit.dataclass import dataclass
from blogkit.edits import BodyForm, Edit
from blogkit.edits import insert_widget as insert_at
from blogkit.edits import remove_widget as remove_region
from blogkit.edits import replace_text as replace_all
from blogkit.edits import replace_widget as replace_region
from blogkit.errors import BlogkitError, UsageError, nearest
from blogkit.project.live.bulk_edit import EditPost, EditResult
from blogkit.project.live.references import ReferencedPost
from blogkit.project.live.snippet import Snippet, call_in, quiz_in, version_of
from blogkit.project.rendering import NO_LINKS, PostRenderer
from blogkit.regions import Region, RegionMeta, Style, find_regions
from blogkit.sanitizers.judge import judge
from blogkit.sanitizers.profiles import Profile


@dataclass(frozen=True)
class EditMatch:
    """Which of several matching places, and whether manual edits count.

    Attributes:
        nth: If several places match, use the Nth.
        every: If several places match, use all.
        force: Overwrite manual edits inside the widget.
    """

    nth: int | None = None
    every: bool = False
    force: bool = False


def inserting(
    renderer: PostRenderer,
    snippet: Snippet,
    name: str,
    at: str,
    match: EditMatch,
    style: Style | None,
) -> EditPost:
    """Return the edit that inserts a snippet at a place.

    If the post already has the region, it is written again where it is.

    Args:
        renderer: Renders the snippet for the post's site.
        snippet: What to insert.
        name: The region's name.
        at: The place, such as `before:h2:Conclusion`.
        match: Which of several places.
        style: How the region is marked; None for what suits.
    """

    def operate(body: str, form: BodyForm, html: str, mark: RegionMeta) -> Edit:
        return insert_at(
            body,
            html,
            at,
            mark,
            form=form,
            nth=match.nth,
            every=match.every,
            force=match.force,
            style=style,
        )

    def edit(found: ReferencedPost, form: BodyForm, profile: Profile) -> EditResult:
        doing = f"insert {snippet.name} at {at}"
        changed = _operated(renderer, snippet, name, operate, found, form, profile)
        rewritten = changed.changes and all(one.kind == "replaced" for one in changed.changes)
        if rewritten and "replace:" not in doing:
            lines = ", ".join(str(change.line) for change in changed.changes)
            again = (
                "the post already has a region with this ID, so --at was ignored; to add a second"
                f" {snippet.name}, use another --id"
            )
            doing = f"re-render {name} where it is (line {lines})"
            return EditResult(changed.body, doing, [again, *changed.notes])
        return EditResult(changed.body, doing, changed.notes)

    return edit


def replacing_region(
    renderer: PostRenderer, snippet: Snippet, name: str, match: EditMatch
) -> EditPost:
    """Return the edit that puts a snippet in the place of a region.

    Args:
        renderer: Renders the snippet for the post's site.
        snippet: What to put there.
        name: The region's name.
        match: Which of several regions.
    """

    def operate(body: str, form: BodyForm, html: str, mark: RegionMeta) -> Edit:
        return replace_region(
            body, html, mark, form=form, nth=match.nth, every=match.every, force=match.force
        )

    def edit(found: ReferencedPost, form: BodyForm, profile: Profile) -> EditResult:
        changed = _operated(renderer, snippet, name, operate, found, form, profile)
        return EditResult(changed.body, f"replace region {name} by {snippet.name}", changed.notes)

    return edit


def removing(name: str, match: EditMatch) -> EditPost:
    """Return the edit that removes a region.

    Args:
        name: The region's name.
        match: Which of several regions.
    """

    def edit(found: ReferencedPost, _form: BodyForm, _profile: Profile) -> EditResult:
        body = found.remote.body
        changed = remove_region(body, name, nth=match.nth, every=match.every, force=match.force)
        return EditResult(changed.body, f"remove region {name}", changed.notes)

    return edit


def replacing_text(text: str, value: str, nth: int | None) -> EditPost:
    """Return the edit that replaces a text wherever it occurs.

    Args:
        text: What readers or browsers see, such as an address.
        value: The new text.
        nth: Only the Nth place; None for all.
    """

    def edit(found: ReferencedPost, _form: BodyForm, _profile: Profile) -> EditResult:
        changed = replace_all(found.remote.body, text, value, nth=nth)
        places = [
            f"line {place.line}, {place.where}: {place.before} → {place.after}"
            for place in changed.places
        ]
        left = [
            f"line {place.line}, {place.where}: left alone: {place.reason}"
            for place in changed.left
        ]
        plural = "s" * (len(places) != 1)
        doing = f"replace “{text}” in {len(places)} place{plural}"
        return EditResult(changed.body, doing, [*places, *left])

    return edit


def upgrading(renderer: PostRenderer, widget: str, version: int | None, *, force: bool) -> EditPost:
    """Return the edit that renders widgets again, from the data in their markers.

    Args:
        renderer: Renders the widgets.
        widget: Only this widget; empty means all.
        version: Only widgets of this version or older.
        force: Overwrite manual edits inside the widgets.

    Raises:
        UsageError: The widget does not exist.
    """
    registry = renderer.registry
    if widget in registry.left_out:
        _ = registry[widget]  # raises an error that says how to trust it
    if widget and widget not in registry:
        hint = nearest(widget, registry.names()) or "to see all widgets, run: blogkit widget list"
        raise UsageError(f'there is no widget "{widget}"', hint=hint)

    def is_due(mark: RegionMeta) -> bool:
        fits = widget in ("", mark.widget) and (version is None or mark.version <= version)
        return bool(mark.widget and mark.data) and fits

    def edit(found: ReferencedPost, form: BodyForm, profile: Profile) -> EditResult:
        body, done = found.remote.body, []
        for region in find_regions(body).regions:
            if is_due(region.mark):
                changed = rerendered(renderer, body, region, found, form, profile, force=force)
                if changed != body:
                    done.append(region.mark.id)
                body = changed
        return EditResult(body, f"upgrade {', '.join(done)}")

    return edit


def rerendered(
    renderer: PostRenderer,
    body: str,
    region: Region,
    found: ReferencedPost,
    form: BodyForm,
    profile: Profile,
    *,
    force: bool,
    links: Mapping[str, str] = NO_LINKS,
) -> str:
    """Return the body with a region rendered again from its data.

    Args:
        renderer: Renders the widget.
        body: The post's body.
        region: The region in it.
        found: The post.
        form: How the post is written.
        profile: What the site keeps of HTML.
        force: Overwrite manual edits inside the widget.
        links: Addresses of named links beside those in `links.toml`.

    Raises:
        UsageError: The widget does not exist.
        BlogkitError: Its data is damaged, or it was edited by hand.
    """
    mark, registry = region.mark, renderer.registry
    if mark.widget in registry.left_out:
        _ = registry[mark.widget]  # raises an error that says how to trust it
    if mark.widget not in registry:
        raise UsageError(
            f'the widget "{mark.widget}" of the region "{mark.id}" does not exist in this project',
            hint="to see all widgets, run: blogkit widget list",
        )
    # From this key come the widget's ids, which must stay the same when it is rendered again.
    key = f"{found.remote.ref.id}/{mark.id}"
    html = renderer.snippet(mark.widget, call_in(mark), profile, key, quiz_in(mark), links)
    newer = RegionMeta(mark.id, mark.widget, version_of(registry[mark.widget]), mark.data)
    return replace_region(body, html, newer, form=form, force=force).body


def _operated(
    renderer: PostRenderer,
    snippet: Snippet,
    name: str,
    operate: Callable[[str, BodyForm, str, RegionMeta], Edit],
    found: ReferencedPost,
    form: BodyForm,
    profile: Profile,
) -> Edit:
    html = snippet.rendered(renderer, profile, f"{found.remote.ref.id}/{name}")
    _refuse_losses(html, profile, snippet.name)
    return operate(found.remote.body, form, html, snippet.mark(name))


def _refuse_losses(html: str, profile: Profile, name: str) -> None:
    for loss in judge(html, profile).losses:
        if loss.severity == "error":
            raise BlogkitError(
                f"the site would strip parts of {name}: {loss.what}: {loss.reason}",
                hint=loss.fix,
            )

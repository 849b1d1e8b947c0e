"""What a real WordPress does beyond the platform contract: roles, terms, images, times, and
answers that go wrong.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from blogkit.errors import AuthenticationError, NotFound, OutcomeUnknown, PermissionDenied, Rejected
from blogkit.http import HttpClient
from blogkit.platforms.base import State, Target
from blogkit.platforms.wordpress.adapter import WordPress
from blogkit.platforms.wordpress.auth import ApplicationPassword
from blogkit.render.document import Asset, Fragment
from blogkit.sanitizers.compare import losses
from tests.contract.base import PROSE, ContractBase, Write
from tests.e2e.wordpress.site import Site


def connect_to(
    site: Site, user: str, *, fault: str = "", password: str = "", **options: object
) -> WordPress:
    """The adapter as this user; `fault` makes every one of its requests fail that way."""
    session = requests.Session()
    session.trust_env = False
    if fault:
        session.headers["X-Blogkit-Fault"] = fault
    auth = ApplicationPassword(site.url, user, password or site.users[user].application_password)
    http = HttpClient("school", auth=auth, session=session, sleep=lambda _: None, retries=1)
    return WordPress("school", site.url, http=http, **options)  # type: ignore[arg-type]


class TestOnWordPress(ContractBase):
    @pytest.fixture
    def platform(self, wordpress: Site) -> WordPress:
        return connect_to(wordpress, "author")

    @pytest.fixture
    def admin(self, wordpress: Site) -> WordPress:
        return connect_to(wordpress, "admin")

    def test_plain_permalinks_make_no_difference(
        self, wordpress: Site, platform: WordPress, write: Write, key: str
    ) -> None:
        with wordpress.plain_permalinks():
            created = platform.create(write())
            assert platform.set_state(created.ref, Target(State.LIVE)).state is State.LIVE
            found = platform.find(key, "post")
        assert found is not None
        assert found.ref == created.ref

    def test_profiles_tell_who_may_post_raw_html(
        self, platform: WordPress, admin: WordPress
    ) -> None:
        assert platform.profile().name == "wordpress-author"
        assert admin.profile().name == "wordpress-editor"

    def test_a_script_is_kept_for_the_editor_and_missed_for_the_author(
        self, platform: WordPress, admin: WordPress, write: Write
    ) -> None:
        script = Fragment("html", "<div>A<script>var a = 1;</script></div>")
        draft = write(fragments=(*PROSE, script))
        assert losses(admin.expected_body(draft), admin.create(draft).body) == []
        assert "script" in " ".join(
            losses(platform.expected_body(draft), platform.create(draft).body)
        )

    def test_what_is_sent_is_stored_byte_for_byte(
        self, platform: WordPress, admin: WordPress, write: Write
    ) -> None:
        draft = write()
        assert (admin.create(draft).body, platform.create(draft).body) == (draft.body, draft.body)

    def test_categories_are_made_by_who_may_and_used_by_all(
        self, platform: WordPress, admin: WordPress, write: Write, key: str
    ) -> None:
        name = f"News & “views” {key[-6:]}"
        with pytest.raises(PermissionDenied, match="News") as caught:
            platform.create(write(categories=(name,)))
        assert name in caught.value.hint
        made = admin.create(write(key=f"{key}-a", categories=(name,)))
        assert made.categories == (name,)
        used = platform.create(write(key=f"{key}-b", categories=(name.upper(),)))
        assert used.categories == (name,)

    def test_a_tag_that_differs_in_accents_only_is_the_same_to_wordpress(
        self, platform: WordPress, write: Write, key: str
    ) -> None:
        name = f"Café {key[-6:]}"
        assert platform.create(write(key=f"{key}-a", tags=(name,))).tags == (name,)
        assert len(platform.create(write(key=f"{key}-b", tags=(name.replace("é", "e"),))).tags) == 1

    def test_a_taken_slug_gets_a_number_and_is_not_asked_for_again(
        self, platform: WordPress, write: Write, key: str
    ) -> None:
        slug = f"miami-{key[-6:]}"
        first = platform.create(write(key=f"{key}-a", slug=slug))
        platform.set_state(first.ref, Target(State.LIVE))
        draft = write(key=f"{key}-b", slug=slug)
        second = platform.set_state(platform.create(draft).ref, Target(State.LIVE))
        assert second.slug == f"{slug}-2"
        again = platform.update(second.ref, draft, second)
        assert (again.slug, again.updated) == (second.slug, second.updated)

    @pytest.mark.parametrize("slug", ["समाचार-{}", "μεγάλο-{}", "under_score-{}"])
    def test_slugs_that_pass_the_check_are_kept(
        self, platform: WordPress, write: Write, key: str, slug: str
    ) -> None:
        draft = write(slug=slug.format(key[-6:]))
        assert list(platform.check(draft, None)) == []
        assert platform.create(draft).slug == draft.slug

    @pytest.mark.parametrize(
        "slug",
        [
            "Miami-{}",
            "two words {}",
            "a--b-{}",
            "dot.ted-{}",
            "–dash–{}",
            "größe-{}",
            "ΜΕΓΑ-{}",
            "-{}",
            "a/{}",
        ],
    )
    def test_slugs_that_fail_the_check_would_be_changed(
        self, platform: WordPress, write: Write, key: str, slug: str
    ) -> None:
        draft = write(slug=slug.format(key[-6:]))
        assert [problem.code for problem in platform.check(draft, None)] == ["slug"]
        assert platform.create(draft).slug != draft.slug

    def test_a_page_has_no_terms_but_an_excerpt(self, admin: WordPress, write: Write) -> None:
        draft = write(kind="page", labels=("Polity",), excerpt="short")
        assert {(problem.code, problem.severity) for problem in admin.check(draft, None)} == {
            ("page-labels", "warning"),
        }
        created = admin.create(draft)
        assert (created.tags, created.excerpt) == ((), "short")
        assert admin.update(created.ref, draft, created).updated == created.updated

    def test_an_author_has_no_pages_to_list(
        self, platform: WordPress, admin: WordPress, write: Write
    ) -> None:
        page = admin.create(write(kind="page"))
        assert page.ref in {post.ref for post in admin.list("page", [State.DRAFT, State.LIVE])}
        assert list(platform.list("page", [State.DRAFT, State.LIVE])) == []

    def test_the_trash_is_listed(self, platform: WordPress, write: Write, key: str) -> None:
        ref = platform.create(write(labels=(key,))).ref
        platform.trash(ref)
        assert [post.ref for post in platform.list("post", [State.TRASHED], key)] == [ref]
        with pytest.raises(NotFound, match="trash"):
            platform.set_state(ref, Target(State.LIVE))

    def test_a_featured_image_is_uploaded_with_its_text(
        self, wordpress: Site, platform: WordPress, write: Write, asset: Asset
    ) -> None:
        draft = write(featured=asset)
        created = platform.create(draft)
        media = wordpress.rest("author", "GET", f"wp/v2/media/{created.featured_id}").json()
        assert (media["alt_text"], asset.sha256[:12] in media["source_url"]) == ("a dot", True)
        other = connect_to(wordpress, "author").create(
            replace(write(key=f"{draft.key}-b"), featured=asset)
        )
        assert other.featured_id == created.featured_id
        named = platform.create(write(key=f"{draft.key}-c", featured_url=media["source_url"]))
        assert named.featured_id == created.featured_id

    def test_promised_images_are_replaced_in_the_body(
        self, platform: WordPress, write: Write, asset: Asset
    ) -> None:
        draft = write(
            fragments=(Fragment("image", f'<p><img src="{asset.url}" alt="a dot" /></p>'),),
            assets=(asset,),
        )
        created = platform.create(draft)
        assert "blogkit-asset" not in created.body
        assert platform.upload(asset).url in created.body

    def test_a_file_that_wordpress_does_not_take(
        self, platform: WordPress, tmp_path: Path, asset: Asset
    ) -> None:
        path = tmp_path / "drawing.svg"
        path.write_bytes(asset.path.read_bytes())
        with pytest.raises(Rejected, match="svg") as caught:
            platform.upload(replace(asset, path=path, name="images/drawing.svg"))
        assert "SVG" in caught.value.hint

    def test_a_time_within_a_minute_is_refused_before_anything_happens(
        self, platform: WordPress, write: Write
    ) -> None:
        def in_seconds(count: int) -> datetime:
            return datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=count)

        ref = platform.create(write()).ref
        with pytest.raises(Rejected, match="within a minute"):
            platform.set_state(ref, Target(State.SCHEDULED, in_seconds(60)))
        assert platform.get(ref).state is State.DRAFT
        soon = in_seconds(180)
        assert platform.set_state(ref, Target(State.SCHEDULED, soon)).at == soon

    def test_a_post_that_went_live_on_time_is_as_it_was_scheduled(
        self, wordpress: Site, platform: WordPress, write: Write, now: datetime
    ) -> None:
        ref = platform.create(write()).ref
        platform.set_state(ref, Target(State.SCHEDULED, now + timedelta(hours=1)))
        wordpress.make_due(int(ref.id))
        wordpress.cron()
        live = platform.get(ref)
        assert live.state is State.LIVE
        assert platform.set_state(ref, Target(State.SCHEDULED, live.at)) == live

    @pytest.mark.parametrize(
        ("status", "state"), [("pending", State.DRAFT), ("private", State.LIVE)]
    )
    def test_states_of_wordpress_that_blogkit_has_no_word_for(
        self, wordpress: Site, admin: WordPress, write: Write, key: str, status: str, state: State
    ) -> None:
        ref = admin.create(write()).ref
        wordpress.rest("admin", "POST", f"wp/v2/posts/{ref.id}", json={"status": status})
        found = admin.find(key, "post")
        assert found is not None
        assert (found.ref, found.state, found.status) == (ref, state, status)
        assert admin.set_state(ref, Target(state)) == found
        other = State.LIVE if state is State.DRAFT else State.DRAFT
        assert admin.set_state(ref, Target(other)).status == ""
        back = admin.set_state(
            ref, Target(state, None if state is State.DRAFT else found.at, status)
        )
        assert (back.state, back.status) == (state, status), "not public: as it was"

    def test_somebody_elses_post_is_not_ours_to_change(
        self, platform: WordPress, admin: WordPress, write: Write
    ) -> None:
        theirs = admin.create(write())
        with pytest.raises(PermissionDenied) as caught:
            platform.update(theirs.ref, write(title="Ours"), theirs)
        assert "own posts" in caught.value.hint

    def test_a_contributor_may_not_publish(self, wordpress: Site, write: Write) -> None:
        contributor = connect_to(wordpress, "contributor")
        ref = contributor.create(write(labels=())).ref
        with pytest.raises(PermissionDenied) as caught:
            contributor.set_state(ref, Target(State.LIVE))
        assert "rest_cannot_publish" in caught.value.reason
        failed = {name: fix for name, passed, _, fix in contributor.health().checks if not passed}
        assert failed.keys() == {"may publish", "may upload"}
        assert all(failed.values())

    def test_an_answer_lost_after_saving_is_found_again(
        self, wordpress: Site, platform: WordPress, write: Write, key: str
    ) -> None:
        with pytest.raises(OutcomeUnknown):
            connect_to(wordpress, "author", fault="after-save").create(write())
        found = platform.find(key, "post")
        assert found is not None
        assert found.state is State.DRAFT

    def test_a_request_that_failed_before_saving_left_nothing(
        self, wordpress: Site, platform: WordPress, write: Write, key: str
    ) -> None:
        with pytest.raises(OutcomeUnknown):
            connect_to(wordpress, "author", fault="before-save").create(write())
        assert platform.find(key, "post") is None

    def test_a_firewall_is_named(self, wordpress: Site, write: Write) -> None:
        with pytest.raises(PermissionDenied) as caught:
            connect_to(wordpress, "author", fault="html403").create(write())
        assert "firewall" in caught.value.hint

    def test_warnings_of_php_do_not_hide_the_answer(
        self, wordpress: Site, write: Write, key: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        noisy = connect_to(wordpress, "author", fault="warnings")
        created = noisy.create(write())
        assert noisy.find(key, "post") == created
        assert "PHP warnings" in caplog.text

    def test_a_wrong_password_is_noticed_and_not_told(self, wordpress: Site, write: Write) -> None:
        stranger = connect_to(wordpress, "author", password="wxyz wxyz wxyz wxyz")
        with pytest.raises(AuthenticationError) as caught:
            stranger.create(write(labels=()))
        assert "doctor" in caught.value.hint
        checks = {
            name: (passed, sentence, fix)
            for name, passed, sentence, fix in stranger.health().checks
        }
        assert checks["reachable"][0]
        assert not checks["signed in"][0]
        assert "Authorization" in checks["signed in"][2]
        assert "wxyz" not in repr(checks) + repr(caught.value) + caught.value.message

    def test_what_was_deleted_for_good_is_not_found(
        self, wordpress: Site, platform: WordPress, write: Write
    ) -> None:
        ref = platform.create(write()).ref
        wordpress.rest("author", "DELETE", f"wp/v2/posts/{ref.id}", params={"force": "true"})
        with pytest.raises(NotFound):
            platform.trash(ref)

    def test_long_lists_are_walked_to_their_end(
        self, platform: WordPress, write: Write, key: str
    ) -> None:
        label = f"many {key}"
        made = [
            platform.create(write(key=f"{key}-{number}", title=f"Number {number}", labels=(label,)))
            for number in range(101)
        ]
        assert [post.ref for post in platform.list("post", [State.DRAFT], label)] == [
            post.ref for post in made
        ]

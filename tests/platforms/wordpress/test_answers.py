"""What refusals and odd answers become: one sentence, the platform's own words, one fix."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from blogkit.errors import (
    AuthenticationError,
    NotFound,
    OutcomeUnknown,
    PermissionDenied,
    RateLimited,
    Rejected,
    ServerError,
    SiteError,
)
from blogkit.http import HttpClient
from blogkit.platforms.base import Draft, Ref, State, Target
from blogkit.platforms.wordpress.adapter import WordPress
from blogkit.render.document import Document
from tests.cases import for_each
from tests.platforms.wordpress.conftest import PASSWORD, URL, Script, post, refusal

ROUTE = "/wp/v2/posts/7"
WARNING = (
    "<br />\n<b>Warning</b>:  Undefined array key &quot;x&quot; [in] {plugin} in <b>/srv/x.php</b>"
    " on line <b>3</b><br />\n"
)


@for_each(
    ("status", "answer", "error", "fix"),
    [
        (401, refusal("rest_forbidden_context"), AuthenticationError, "blogkit doctor school"),
        (401, refusal("incorrect_password"), AuthenticationError, "blogkit login school"),
        (401, refusal("invalid_username"), AuthenticationError, "username"),
        (401, refusal("application_passwords_disabled"), AuthenticationError, "https"),
        (401, "<html><title>401 Authorization Required</title>", AuthenticationError, "doctor"),
        (403, refusal("rest_forbidden_context"), PermissionDenied, "its own posts"),
        (403, refusal("a_plugins_own_code"), PermissionDenied, "blogkit doctor school"),
        (403, "<html><title>Blocked</title></html>", PermissionDenied, "firewall"),
        (403, refusal("wp_die"), PermissionDenied, "firewall"),
        (404, refusal("rest_post_invalid_id"), NotFound, ""),
        (404, refusal("rest_no_route"), NotFound, "REST"),
        (404, "<html><title>Not found</title></html>", NotFound, "front page"),
        (400, refusal("rest_invalid_param", params={"status": "status is wrong."}), Rejected, ""),
        (
            400,
            refusal("rest_invalid_param", params={"template": "template is not one of ."}),
            Rejected,
            "no such template",
        ),
        (413, "<html><title>413 Request Entity Too Large</title></html>", Rejected, "smaller"),
        (
            503,
            refusal("wp_die", "Briefly unavailable for scheduled maintenance."),
            ServerError,
            "later",
        ),
        (429, "<html><title>429 Too Many Requests</title></html>", RateLimited, "wait"),
        (200, "<html><title>Coming soon</title></html>", ServerError, "address"),
        (200, '{"id": 7, "ty', ServerError, "address"),
    ],
)
def test_each_refusal_has_its_name_and_its_fix(
    site: WordPress, script: Script, status: int, answer: object, error: type[SiteError], fix: str
) -> None:
    script.clear()
    script.on("GET", ROUTE, answer, status)
    with pytest.raises(error) as caught:
        site.get(Ref("7"))
    assert type(caught.value) is error
    assert fix in caught.value.hint
    assert "school" in caught.value.message
    assert (caught.value.site, caught.value.status) == ("school", status)
    if isinstance(answer, dict):
        assert answer["code"] in caught.value.reason
        assert answer["message"] in caught.value.reason
    assert PASSWORD not in caught.value.message + caught.value.hint + caught.value.reason


@for_each(
    ("code", "status", "error", "fix"),
    [
        ("incorrect_password", 401, AuthenticationError, "application password"),
        ("invalid_username", 401, AuthenticationError, "`username`"),
        ("invalid_email", 401, AuthenticationError, "`username`"),
        ("application_passwords_disabled", 401, AuthenticationError, "https"),
        ("application_passwords_disabled_for_user", 401, AuthenticationError, "administrator"),
        ("rest_not_logged_in", 401, AuthenticationError, "blogkit doctor school"),
        ("rest_forbidden_status", 403, PermissionDenied, "Author for posts, Editor for pages"),
        ("rest_cannot_publish", 403, PermissionDenied, "role Author"),
        ("rest_cannot_edit", 403, PermissionDenied, "only its own posts"),
        ("rest_cannot_edit_others", 403, PermissionDenied, "only its own posts"),
        ("rest_cannot_delete", 403, PermissionDenied, "only its own posts"),
        ("rest_forbidden_context", 403, PermissionDenied, "only its own posts"),
        ("rest_cannot_create", 403, PermissionDenied, "Editor (also pages and categories)"),
        ("rest_cannot_assign_term", 403, PermissionDenied, "category or tag"),
        ("rest_no_route", 404, NotFound, "plugin"),
        ("rest_upload_hash_mismatch", 412, Rejected, "same command again"),
        ("wp_die", 403, PermissionDenied, "/wp-json/"),
        ("empty_content", 400, Rejected, "a title or a body"),
    ],
)
def test_each_known_code_has_its_kind_and_its_fix(
    site: WordPress, script: Script, code: str, status: int, error: type[SiteError], fix: str
) -> None:
    script.clear()
    script.on("POST", ROUTE, refusal(code, status=status), status)
    script.on("GET", ROUTE, post())
    with pytest.raises(error) as caught:
        site.set_state(Ref("7"), Target(State.LIVE))
    assert type(caught.value) is error
    assert fix in caught.value.hint
    assert f"({code})" in caught.value.reason


INVALID = "site school refuses to show post 7 for editing: "


@for_each(
    ("status", "answer", "message", "reason"),
    [
        (400, refusal("odd", "Sorry."), f"{INVALID}Sorry", "Sorry. (odd)"),
        (400, {"code": "odd", "message": 5, "data": 5}, f"{INVALID}5", "5 (odd)"),
        (400, {"code": "odd"}, INVALID, " (odd)"),
        (400, {"code": "odd", "message": "No", "data": {"params": ["x"]}}, f"{INVALID}No", "No (odd)"),
        (
            400,
            refusal("odd", "No", params={"a": "one", "b": "two"}),
            f"{INVALID}No · a: one · b: two",
            "No · a: one · b: two (odd)",
        ),
        (
            400,
            {"code": 5, "message": "Odd."},
            f"{INVALID}Odd (400, not from WordPress itself)",
            "Odd.",
        ),
        (
            400,
            ["odd."],
            f"{INVALID}['odd.'] (400, not from WordPress itself)",
            "['odd.']",
        ),
        (
            404,
            "<title>Not here</title>",
            f'{INVALID}a web page titled "Not here" (404, not from WordPress itself)',
            'a web page titled "Not here"',
        ),
    ],
)  # fmt: skip
def test_a_refusal_is_told_in_the_sites_words(
    site: WordPress, script: Script, status: int, answer: object, message: str, reason: str
) -> None:
    script.clear()
    script.on("GET", ROUTE, answer, status)
    with pytest.raises(SiteError) as caught:
        site.get(Ref("7"))
    assert (caught.value.message, caught.value.reason) == (message, reason)


FORBIDDEN = {"code": "rest_forbidden_status", "data": {"status": 403}}


@for_each(
    ("details", "code"),
    [
        ({"status": FORBIDDEN}, "rest_forbidden_status"),
        ({"status": {**FORBIDDEN, "data": None}}, "rest_forbidden_status"),
        ({"status": {**FORBIDDEN, "data": {"status": 401}}}, "rest_not_logged_in"),
        ({"status": {**FORBIDDEN, "code": "rest_other"}}, "rest_invalid_param"),
        ({"status": "rest_forbidden_status"}, "rest_invalid_param"),
        ({"slug": FORBIDDEN}, "rest_invalid_param"),
        (["status"], "rest_invalid_param"),
        (None, "rest_invalid_param"),
    ],
)
def test_the_reason_within_a_wrong_parameter_is_the_code(
    site: WordPress, script: Script, details: object, code: str
) -> None:
    script.clear()
    script.on("GET", ROUTE, refusal("rest_invalid_param", details=details), 400)
    with pytest.raises(SiteError) as caught:
        site.get(Ref("7"))
    assert caught.value.reason == f"Sorry. ({code})"


@for_each("code", ["rest_upload_sideload_error", "rest_upload_unknown_error", "other"])
def test_a_refusal_with_the_status_of_a_failure_is_one(
    site: WordPress, script: Script, code: str
) -> None:
    script.clear()
    script.on("DELETE", ROUTE, refusal(code), 500)
    with pytest.raises(SiteError) as caught:
        site.trash(Ref("7"))
    error = caught.value
    assert type(error) is (OutcomeUnknown if code == "other" else Rejected)
    assert (error.site, error.status, error.reason) == ("school", 500, f"Sorry. ({code})")


def test_a_post_that_is_gone_needs_no_hint_about_the_address(
    site: WordPress, script: Script
) -> None:
    script.on("GET", ROUTE, refusal("rest_post_invalid_id", "Invalid post ID.", status=404), 404)
    with pytest.raises(NotFound, match=r"Invalid post ID$") as caught:
        site.get(Ref("7"))
    assert caught.value.hint == ""


@pytest.mark.parametrize("data", [5, "5", {"term_id": 5}, {"term_id": "5"}], ids=str)
def test_a_term_that_exists_is_used_in_whichever_form_its_id_comes(
    site: WordPress, script: Script, data: object
) -> None:
    """Older versions and plugins give the bare number."""
    script.on("GET", "/wp/v2/tags", [])
    script.on(
        "POST", "/wp/v2/tags", {"code": "term_exists", "message": "It exists.", "data": data}, 400
    )
    script.on("POST", "/wp/v2/posts", post(tags=[5]), 201)
    site.create(replace(_draft(site), tags=("Polity",)))
    assert script.writes()[1][1]["tags"] == [5]


@pytest.mark.parametrize("data", [None, "", "five", {}, {"term_id": None}], ids=str)
def test_a_term_that_exists_without_a_usable_id_is_a_refusal(
    site: WordPress, script: Script, data: object
) -> None:
    script.on("GET", "/wp/v2/tags", [])
    script.on(
        "POST", "/wp/v2/tags", {"code": "term_exists", "message": "It exists.", "data": data}, 400
    )
    with pytest.raises(Rejected, match="It exists"):
        site.create(replace(_draft(site), tags=("Polity",)))
    assert len(script.writes()) == 1


def test_a_wrong_parameter_is_named(site: WordPress, script: Script) -> None:
    script.on(
        "GET",
        ROUTE,
        refusal(
            "rest_invalid_param",
            "Invalid parameter(s): status",
            params={"status": "<b>x</b> &amp; y"},
        ),
        400,
    )
    with pytest.raises(Rejected, match="status: x & y"):
        site.get(Ref("7"))


@pytest.mark.parametrize(
    ("warning", "tail"),
    [
        (WARNING, ""),
        ("\nNotice: old [] {} in /srv/x.php on line 3\n", ""),
        (f"{WARNING}{WARNING}", ""),
        (WARNING, "<!-- Cached page -->"),
        (WARNING, "\n\ufeff"),
    ],
)
def test_the_json_behind_warnings_is_read_and_the_warnings_are_told(
    site: WordPress, script: Script, warning: str, tail: str, caplog: pytest.LogCaptureFixture
) -> None:
    script.on("GET", ROUTE, warning + json.dumps(post()) + tail)
    assert site.get(Ref("7")).title == "Talks open"
    (record,) = caplog.records
    assert (record.name, record.levelname) == ("blogkit.wordpress", "WARNING")
    assert "/srv/x.php" in record.getMessage()
    assert "<b>" not in record.getMessage()
    assert "&quot;" not in record.getMessage()


@pytest.mark.parametrize("answer", [json.dumps(post()), "\n " + json.dumps(post())])
def test_an_answer_of_json_alone_tells_of_no_warnings(
    site: WordPress, script: Script, answer: str, caplog: pytest.LogCaptureFixture
) -> None:
    script.on("GET", ROUTE, answer)
    assert site.get(Ref("7")).title == "Talks open"
    assert caplog.records == []


def test_a_page_is_searched_for_json_at_twenty_places(site: WordPress, script: Script) -> None:
    script.on("GET", ROUTE, "<b>{" * 19 + "<b>" + json.dumps(post()))
    assert site.get(Ref("7")).title == "Talks open"
    script.clear()
    script.on("GET", ROUTE, "<b>{" * 20 + "<b>" + json.dumps(post()))
    with pytest.raises(ServerError):
        site.get(Ref("7"))


@pytest.mark.parametrize("tail", ["", "<p>and more</p>"])
def test_a_page_with_json_in_it_is_no_answer(site: WordPress, script: Script, tail: str) -> None:
    script.on(
        "GET", ROUTE, f'<html><script type="application/json">\n{{"id": 7}}</script></html>{tail}'
    )
    with pytest.raises(ServerError):
        site.get(Ref("7"))


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (200, "<html>Logged out</html>"),
        (500, refusal("internal_server_error")),
        (503, refusal("wp_die")),
        (201, ""),
    ],
)
def test_a_create_without_a_usable_answer_is_unknown_and_sent_once(
    site: WordPress, script: Script, status: int, answer: object
) -> None:
    script.on("POST", "/wp/v2/posts", answer, status)
    with pytest.raises(OutcomeUnknown):
        site.create(_draft(site))
    assert len(script.writes()) == 1


def test_a_change_of_state_is_repeated_because_twice_is_once(
    site: WordPress, script: Script
) -> None:
    script.on("GET", ROUTE, post())
    script.on("POST", ROUTE, refusal("internal_server_error"), 502)
    script.on("POST", ROUTE, post(status="publish"))
    assert site.set_state(Ref("7"), Target(State.LIVE)).state is State.LIVE
    assert [body for _, body in script.writes()] == [{"status": "publish"}] * 2


def test_a_site_without_trash_deletes_nothing(site: WordPress, script: Script) -> None:
    script.on("DELETE", ROUTE, refusal("rest_trash_not_supported"), 501)
    with pytest.raises(PermissionDenied, match="rest_trash_not_supported") as caught:
        site.trash(Ref("7"))
    assert "permanently" in caught.value.hint
    assert not any("force" in query for _, _, query, _ in script.seen)


@pytest.mark.parametrize(("status", "found"), [(403, None), (401, AuthenticationError)])
def test_a_forbidden_list_is_empty_for_the_account_and_an_error_for_a_stranger(
    site: WordPress, script: Script, status: int, found: type[SiteError] | None
) -> None:
    inner = {
        "code": "rest_forbidden_status",
        "message": "Status is forbidden.",
        "data": {"status": status},
    }
    answer = refusal(
        "rest_invalid_param", params={"status": "Status is forbidden."}, details={"status": inner}
    )
    script.on("GET", "/wp/v2/pages", answer, 400)
    if found is None:
        assert site.find("miami", "page") is None
    else:
        with pytest.raises(found, match="does not accept the credentials"):
            site.find("miami", "page")


def test_a_private_site_that_is_read_without_credentials_asks_for_them(script: Script) -> None:
    site = WordPress("school", URL, http=HttpClient("school"))
    script.on("GET", ROUTE, refusal("private_site", status=401), 401)
    with pytest.raises(AuthenticationError, match="does not accept the credentials") as caught:
        site.get(Ref("7"))
    assert caught.value.hint == "blogkit login school"


def _draft(site: WordPress) -> Draft:
    return Draft("miami", "post", "Talks open", site.compose(Document("miami", ())))

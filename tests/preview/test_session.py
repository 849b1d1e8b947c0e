"""The preview follows the folder: what is typed, what is wrong, what disappears and comes back."""

from __future__ import annotations

import os
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest
from flask.testing import FlaskClient

from blogkit.errors import UsageError
from blogkit.paths import shown as shown_path
from blogkit.preview.session import PreviewSession
from blogkit.preview.watch import Watcher
from tests.preview.conftest import BASE, POST, TOML

NAME = "posts/rivers.md"


def write(folder: Path, text: str, name: str = NAME) -> None:
    """Write a file, later than before even if the clock is coarse."""
    path = folder / name
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))


def shown(client: FlaskClient, **query: object) -> str:
    answer = client.get("/frame", query_string={"post": NAME, **query}, base_url=BASE)
    assert answer.status_code == 200
    return answer.text


def data(client: FlaskClient) -> Any:
    return client.get(f"/post?post={NAME}", base_url=BASE).json


def test_a_post_is_shown_with_its_title_and_problems(client: FlaskClient) -> None:
    page = shown(client)
    assert "<h1>Rivers that meet</h1>" in page
    assert '<article class="post">' in page, "the look of the site's own pages"
    assert 'target="_blank" href="index.html"' in page
    found = data(client)
    assert (found["title"], found["site"], found["problems"]) == ("Rivers that meet", "main", [])


def test_a_change_gets_a_new_version_and_the_line_of_the_change(
    client: FlaskClient, watcher: Watcher, folder: Path
) -> None:
    first = data(client)
    watcher.look_at_open()
    write(folder, POST.replace("Second", "Another"))
    watcher.look_at_open()
    now = data(client)
    assert now["version"] > first["version"]
    assert now["line"] == 7
    assert '<span id="blogkit-here"></span><p>Another paragraph.</p>' in shown(client, line=7)


def test_only_the_pages_of_a_post_are_told_of_its_change(
    session: PreviewSession, watcher: Watcher, folder: Path
) -> None:
    session.look(NAME)
    watcher.look_at_open()
    with session.events.listening(NAME) as mine, session.events.listening("posts/b.md") as other:
        next(mine), next(other)  # how soon to connect again
        write(folder, POST.replace("First", "1st"))
        watcher.look_at_open()
        session.events.close()
        assert [text.splitlines()[0] for text in mine] == ["event: post"]
        assert list(other) == []


def test_nothing_is_rendered_if_nothing_changed(
    session: PreviewSession, watcher: Watcher, folder: Path
) -> None:
    before = session.look(NAME)
    for _ in range(3):
        watcher.look_at_open()
        watcher.look_at_all()
    assert session.look(NAME) is before


def test_what_does_not_show_loads_no_frame(
    client: FlaskClient, session: PreviewSession, watcher: Watcher, folder: Path
) -> None:
    version = session.look(NAME).version
    watcher.look_at_open()
    write(folder, POST.replace("publish: now", "publish: now\nexcerpt: About two rivers"))
    watcher.look_at_open()
    assert session.look(NAME).version == version


def test_a_post_with_errors_keeps_its_last_picture(
    client: FlaskClient, watcher: Watcher, folder: Path
) -> None:
    version = data(client)["version"]
    watcher.look_at_open()
    write(folder, POST + "\n```{timelin} A typo\n```\n")
    watcher.look_at_open()
    now = data(client)
    assert (now["version"], now["outdated"], now["shown"]) == (version, True, True)
    assert (now["problems"][0]["line"], now["problems"][0]["severity"]) == (9, "error")
    assert "First paragraph" in shown(client)
    write(folder, POST)
    watcher.look_at_open()
    assert data(client)["outdated"] is False
    assert data(client)["problems"] == []


def test_a_post_that_never_had_a_picture_tells_so(client: FlaskClient, folder: Path) -> None:
    write(folder, POST + "\n```{meta-box} Key details\nrows: 1\n```\n")
    now = data(client)
    assert (now["shown"], now["outdated"]) == (False, True)


@pytest.mark.parametrize("text", ["", "no front matter", "---\ntitle: [\n---\n", "---\n", "\x00"])
def test_a_file_that_cannot_be_read_is_a_problem_and_no_crash(
    client: FlaskClient, folder: Path, text: str
) -> None:
    write(folder, text)
    found = data(client)
    assert found["problems"]
    assert found["shown"] is False
    assert "Nothing to show yet" in shown(client)


def test_a_file_that_an_editor_has_emptied_is_not_shown_before_it_is_written(
    client: FlaskClient, session: PreviewSession, watcher: Watcher, folder: Path
) -> None:
    before = session.look(NAME)
    watcher.look_at_open()
    write(folder, "")
    watcher.look_at_open()
    assert session.look(NAME) is before


def test_a_file_that_is_written_while_it_is_rendered_is_rendered_again(
    session: PreviewSession, watcher: Watcher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.look(NAME)
    watcher.look_at_open()
    send = session.events.send

    def written_again(*event: Any) -> None:
        monkeypatch.setattr(session.events, "send", send)
        write(folder, POST.replace("First", "The third"))

    monkeypatch.setattr(session.events, "send", written_again)
    write(folder, POST.replace("First", "The second"))
    watcher.look_at_open()
    watcher.look_at_open()
    parts = session.look(NAME).preview.parts  # type: ignore[union-attr]
    assert parts is not None
    assert "The third" in parts[0].html


def test_a_file_that_the_post_shows_is_watched_too(
    client: FlaskClient, session: PreviewSession, watcher: Watcher, folder: Path
) -> None:
    call = "```{table} Rain\ndata: data/rain.csv\n```\n"
    write(folder, f"---\ntitle: Rain by month\n---\n{call}")
    (folder / "data").mkdir()
    write(folder, "Month,Rain\nJune,170\n", "data/rain.csv")
    assert "170" in shown(client), data(client)
    watcher.look_at_open()
    write(folder, "Month,Rain\nJune,181\n", "data/rain.csv")
    watcher.look_at_open()
    assert "181" in shown(client)


def test_a_broken_blogkit_toml_is_told_and_the_posts_stay(
    client: FlaskClient, session: PreviewSession, watcher: Watcher, folder: Path
) -> None:
    shown(client)
    write(folder, "[sites.main\n", "blogkit.toml")
    watcher.look_at_all()
    settings = client.get("/posts", base_url=BASE).json["settings"]
    assert "not valid TOML" in settings["error"]
    assert "blogkit.toml:1" in settings["error"]
    assert "First paragraph" in shown(client)
    write(folder, TOML + "\n", "blogkit.toml")
    watcher.look_at_all()
    assert client.get("/posts", base_url=BASE).json["settings"]["error"] == ""


def test_a_blog_further_up_is_not_shown_instead(
    client: FlaskClient, session: PreviewSession, watcher: Watcher, folder: Path
) -> None:
    (folder.parent / "blogkit.toml").write_text(TOML, encoding="utf-8")
    (folder / "blogkit.toml").unlink()
    watcher.look_at_all()
    assert "is gone" in client.get("/posts", base_url=BASE).json["settings"]["error"]


def test_a_removed_folder_is_told_and_may_come_back(
    client: FlaskClient, session: PreviewSession, watcher: Watcher, folder: Path
) -> None:
    shown(client)
    session.posts.refresh_all()
    session.background.work_off()
    away = folder.with_name("away")
    folder.rename(away)
    watcher.look_at_open()
    watcher.look_at_all()
    session.background.work_off()
    assert client.get("/posts", base_url=BASE).json["settings"]["error"]
    assert client.get("/posts", base_url=BASE).json["rows"] == []
    assert client.get(f"/post?post={NAME}", base_url=BASE).status_code == 404
    away.rename(folder)
    watcher.look_at_all()
    session.background.work_off()
    assert client.get("/posts", base_url=BASE).json["settings"]["error"] == ""
    assert "First paragraph" in shown(client)


def test_all_posts_are_listed_with_their_state_and_their_next_slot(
    client: FlaskClient, session: PreviewSession, watcher: Watcher, folder: Path
) -> None:
    write(folder, TOML + '[schedule]\nslots = ["mon-sun 07:00"]\n', "blogkit.toml")
    write(folder, "---\ntitle: A lake\npublish: queue\n---\nThe lake.\n", "posts/lake.md")
    write(folder, "---\ntitle: Bad\n---\n```{nothing}\n```\n", "posts/bad.md")
    watcher.look_at_all()
    session.background.work_off()
    rows = {row["post"]: row for row in client.get("/posts", base_url=BASE).json["rows"]}
    assert list(rows) == ["posts/bad.md", "posts/lake.md", NAME]
    assert rows[NAME]["title"] == "Rivers that meet"
    assert rows[NAME]["state"] == "new"
    assert rows[NAME]["changes"][0]["summary"] == "create live post “Rivers that meet” on main"
    assert rows["posts/bad.md"]["errors"] == 1
    assert rows["posts/bad.md"]["title"] == "Bad"
    assert rows["posts/lake.md"]["slot"].endswith("07:00 UTC")
    write(folder, "---\ntitle: A lake\npublish: draft\n---\nThe lake.\n", "posts/lake.md")
    watcher.look_at_all()
    session.background.work_off()
    assert {row["slot"] for row in session.posts.rows} == {""}


def test_a_change_of_one_post_reads_that_post_only(
    session: PreviewSession, watcher: Watcher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        text = f"---\ntitle: River number {number}\n---\nThe {number}th river of many.\n"
        write(folder, text, f"posts/river-{number}.md")
    watcher.look_at_all()
    session.look(NAME)
    watcher.look_at_open()
    session.background.work_off()
    read: list[Path] = []
    original = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: (read.append(self), original(self))[1])
    write(folder, POST.replace("First", "1st"))
    watcher.look_at_open()
    watcher.look_at_all()
    session.background.work_off()
    assert {path.name for path in read if path.suffix == ".md"} == {"rivers.md"}


def test_a_new_post_appears_and_a_removed_one_disappears(
    client: FlaskClient, session: PreviewSession, watcher: Watcher, folder: Path
) -> None:
    write(folder, "---\ntitle: A lake\n---\nThe lake.\n", "posts/lake.md")
    watcher.look_at_all()
    session.background.work_off()
    assert [row["title"] for row in session.posts.rows] == ["A lake", "Rivers that meet"]
    shown(client)
    (folder / NAME).unlink()
    with session.events.listening(NAME) as mine:
        watcher.look_at_all()
        session.background.work_off()
        session.events.close()
        kinds = [text.splitlines()[0] for text in mine]
    assert "event: removed" in kinds
    assert [row["title"] for row in session.posts.rows] == ["A lake"]


def test_the_lines_around_a_problem_are_shown(client: FlaskClient) -> None:
    lines = client.get(f"/source?post={NAME}&line=5", base_url=BASE).json["lines"]
    assert [line["number"] for line in lines] == [2, 3, 4, 5, 6, 7]
    assert [line["text"] for line in lines if line["here"]] == ["First paragraph."]


ODD = [
    "a b.md",
    "50% & more #1.md",
    "हिन्दी.md",
    "it's ‘quoted’.md",
    "sub/folder/deep.md",
    "a+b;c.md",
]


@pytest.mark.parametrize("name", ODD)
def test_an_odd_name_is_shown_and_watched(
    client: FlaskClient, session: PreviewSession, watcher: Watcher, folder: Path, name: str
) -> None:
    (folder / "posts" / name).parent.mkdir(parents=True, exist_ok=True)
    write(folder, "---\ntitle: Odd\n---\nThe first text.\n", f"posts/{name}")
    watcher.look_at_all()
    session.background.work_off()
    assert f"posts/{name}" in [row["post"] for row in session.posts.rows]
    query = {"post": f"posts/{name}"}
    assert "The first text" in client.get("/frame", query_string=query, base_url=BASE).text
    watcher.look_at_open()
    write(folder, "---\ntitle: Odd\n---\nThe second text.\n", f"posts/{name}")
    watcher.look_at_open()
    assert "The second text" in client.get("/frame", query_string=query, base_url=BASE).text


def test_names_have_slashes_on_windows() -> None:
    """What the page sends back is looked up as it was listed."""
    assert shown_path(PureWindowsPath("posts\\2026\\rivers.md")) == "posts/2026/rivers.md"


def test_a_post_is_named_as_on_the_command_line(session: PreviewSession, folder: Path) -> None:
    assert session.name_of(Path("posts/rivers.md")) == NAME
    assert session.name_of(folder / "posts" / "rivers.md") == NAME
    with pytest.raises(UsageError, match="is not a post of this blog"):
        session.name_of(Path("blogkit.toml"))

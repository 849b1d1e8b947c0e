"""Every command on docs/cluster.md is executed, in the page's order, on PostgreSQL. The sites are
sandboxes; only pip is a stand-in.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests

from blogkit.config import load_config
from blogkit.journal.dialect import VARIABLE
from blogkit.sandbox.server import Sandbox
from blogkit.sandbox.store import Wanted
from scripts.docs import ROOT
from tests.cli.process import started
from tests.cli.test_automation_page import STAND_IN, Reader
from tests.cluster.blogs import SECRETS
from tests.postgres import Server
from tests.schedule.sinks import WebSink, served
from tests.test_docs import blocks
from tests.waiting import until

PAGE = (ROOT / "docs/cluster.md").read_text(encoding="utf-8")
COMMANDS = [line for block in blocks(PAGE, "sh") for line in block.splitlines()]
INLINE = re.findall(r"`(blogkit [^`]*)`", PAGE)
INSTALL, EXPORT, WORK, STATUS = COMMANDS
(SETTINGS,) = blocks(PAGE, "toml")
BLOGS = "/srv/blogs"
NAMES = re.findall(rf"`{BLOGS}/(\w+)`", PAGE)
LINKED = "news"
"""A blog whose folder is a link to another place."""
POST = "---\ntitle: What {name} does in 2099\npublish: 2099-01-05 07:00\n---\n{words}\n"
WORDS = {"school": "Lessons begin at seven.", "news": "The river rose by a metre overnight."}

pytestmark = pytest.mark.usefixtures("real_time")


class Cluster(Reader):
    """A machine with the page's blogs, and its reader. beats: who gets signs of life."""

    def __init__(self, folder: Path, url: str, stack: ExitStack) -> None:
        super().__init__(folder)
        self.environ[VARIABLE] = url
        self.blogs, self.beats = folder / "blogs", WebSink()
        stack.enter_context(served(self.beats))
        self.sandboxes = {name: stack.enter_context(Sandbox(title=name)) for name in NAMES}
        for name, sandbox in self.sandboxes.items():
            self._write(name, sandbox)

    def _write(self, name: str, sandbox: Sandbox) -> None:
        root = self.folder / "elsewhere" / name if name == LINKED else self.blogs / name
        (root / "posts").mkdir(parents=True)
        if name == LINKED:
            (self.blogs / name).symlink_to(root)
        blog = SETTINGS.partition("[sites.main]")[0].replace('"school"', f'"{name}"')
        site = f'url = "{sandbox.url}"\napi_base = "{sandbox.api_base}"\n'
        notify = f'\n[notify]\nheartbeat = "{self.beats.url}/{name}"\n'
        text = f'{blog}[sites.main]\nplatform = "blogger"\n{site}{notify}'
        (root / "blogkit.toml").write_text(text, encoding="utf-8")
        (root / ".env").write_text(SECRETS, encoding="utf-8")
        (root / ".env").chmod(0o600)
        post = POST.format(name=name, words=WORDS[name])
        (root / "posts/plans.md").write_text(post, encoding="utf-8")

    def scheduled(self) -> list[str]:
        """Return the titles of the posts that the blogs have scheduled."""
        wanted = Wanted("post", ("SCHEDULED",), limit=-1)
        return [post.title for one in self.sandboxes.values() for post in one.store.find(wanted)]


@pytest.fixture
def cluster(tmp_path: Path, postgres: Server) -> Iterator[Cluster]:
    with ExitStack() as stack:
        yield Cluster(tmp_path, postgres.url(database=postgres.database()), stack)


def test_two_machines_share_the_blogs_of_a_folder(cluster: Cluster) -> None:
    """The first publishes what is due; the second serves figures of it, from the database."""
    machine = WORK.replace(BLOGS, str(cluster.blogs))
    with started(*shlex.split(machine)[1:], cwd=cluster.folder, env=cluster.environ) as first:
        until(lambda: len(cluster.scheduled()) == len(NAMES), "the posts of both blogs")
        until(lambda: len({*cluster.beats.asked}) == len(NAMES), "a sign of life of each")
        assert "1 worker alive" in cluster.types(STATUS, cluster.folder)
        figures = _figures(cluster, 'blogkit_done_total{blog="school",site="main"} 1\n')
        first.terminate()
        out, err = first.communicate(timeout=300)
    assert (first.returncode, err) == (0, ""), out
    assert sorted(cluster.scheduled()) == [f"What {name} does in 2099" for name in sorted(NAMES)]
    for name in re.findall(r"`(blogkit_\w+)`", PAGE.partition("## Watch")[2]):
        assert f"# TYPE {name} " in figures or f"\n{name} " in figures, name
    with pytest.raises(AssertionError, match="0 workers alive"):
        cluster.types(STATUS, cluster.folder)


def _figures(cluster: Cluster, last: str) -> str:
    """Return what a worker of a single blog serves for Prometheus, when it has the last line."""
    [command] = [line for line in INLINE if "--metrics" in line]
    line = re.sub(r"\d+$", "0", command)  # any free port
    with started(
        *shlex.split(line)[1:], cwd=cluster.blogs / "school", env=cluster.environ
    ) as running:
        assert running.stdout is not None
        address = running.stdout.readline().split()[-1]

        def figures() -> str:
            return requests.get(address, timeout=300).text

        # A post is on the blog before it is counted.
        until(lambda: last in figures(), last)
        found = figures()
        running.terminate()
    return found


def test_commands_by_hand_use_the_same_journals(cluster: Cluster) -> None:
    school = cluster.blogs / "school"
    cluster.types("blogkit publish --yes", school)
    assert not list(school.rglob("*.db")), "the journal is in the database"
    assert "What school does in 2099" in cluster.types("blogkit log 1", school)


def test_what_is_installed_exists(cluster: Cluster) -> None:
    pip = cluster.folder / "home/.blogkit/bin/pip"
    pip.parent.mkdir(parents=True)
    pip.write_text(STAND_IN, encoding="utf-8")
    pip.chmod(0o755)
    cluster.types(INSTALL, ROOT)
    [[_, install, wanted]] = cluster.told
    assert install == "install"
    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = set(wanted.partition("[")[2].rstrip("]").split(","))
    assert extras <= package["optional-dependencies"].keys()


def test_the_pages_settings_name_the_journals_schema(tmp_path: Path) -> None:
    (tmp_path / "blogkit.toml").write_text(SETTINGS, encoding="utf-8")
    assert load_config(tmp_path).schema == NAMES[0]
    assert EXPORT.startswith(f"export {VARIABLE}=postgresql://")


def test_no_command_of_the_page_is_left_out() -> None:
    """Beside the blocks, there are words on a single blog's worker, and on its options."""
    assert not blocks(PAGE, "text", "console", "bash", "powershell")
    assert {line.split(" --")[0] for line in INLINE} == {"blogkit worker"}

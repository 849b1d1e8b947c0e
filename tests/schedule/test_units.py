"""Each scheduler's file starts exactly the command that is meant, whatever the folder is called."""

from __future__ import annotations

import plistlib
import re
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from blogkit.errors import UsageError
from blogkit.schedule.units import cron, launchd, systemd, task_scheduler
from blogkit.schedule.units.task import EVERY, TimedTask, shell_line
from blogkit.schedule.units.unit import SCHEDULERS, scheduler_of, unit_of
from tests.cases import for_each

FIVE = timedelta(minutes=5)
FOLDERS = [
    "my-blog",
    "my blog",
    "मेरा ब्लॉग",
    "100% 'mine' & \"yours\" <b>",
    "a$HOME;`id` $$ %h %n",
    "back\\slash\\",
    "-C",
    "# not a remark",
    "*?[a]{b}~!|",
]
PYTHON = sys.executable


def task(folder: str, python: str = PYTHON, every: timedelta = FIVE) -> TimedTask:
    return TimedTask.checked(folder, python, every)


def systemd_words(line: str) -> list[str]:
    """Read a command line as systemd.service(5) describes it."""
    words = re.findall(r'"(?:[^"\\]|\\.)*"|[^\s"]+', line)
    plain = [re.sub(r"\\(.)", r"\1", word[1:-1]) if word[0] == '"' else word for word in words]
    first, *others = [word.replace("%%", "%") for word in plain]
    return [first, *(word.replace("$$", "$") for word in others)]


def windows_words(line: str) -> list[str]:
    """Read a command line as a Windows program does:
    https://learn.microsoft.com/en-us/cpp/c-language/parsing-c-command-line-arguments
    """
    words, word, quoted, begun, at = [], "", False, False, 0
    while at < len(line):
        slashes = len(line[at:]) - len(line[at:].lstrip("\\"))
        after = line[at + slashes : at + slashes + 1]
        if slashes and after == '"':
            word, begun, at = word + "\\" * (slashes // 2), True, at + slashes
            if slashes % 2:
                word, at = word + '"', at + 1
        elif slashes:
            word, begun, at = word + "\\" * slashes, True, at + slashes
        elif line[at] == '"':
            quoted, begun, at = not quoted, True, at + 1
        elif line[at] in " \t" and not quoted:
            words, word, begun, at = words + [word] * begun, "", False, at + 1
        else:
            word, begun, at = word + line[at], True, at + 1
    return words + [word] * begun


@for_each("name", FOLDERS)
def test_systemd_starts_this_command(name: str) -> None:
    one = task(f"/srv/{name}")
    text = systemd.service_text(one)
    (line,) = re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)
    assert systemd_words(line) == list(one.words)
    assert not [each for each in text.splitlines() if each.endswith("\\")]


@pytest.mark.slow
@pytest.mark.parametrize("every", EVERY, ids=str)
def test_systemd_accepts_the_units(tmp_path: Path, every: timedelta) -> None:
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("missing: systemd-analyze; install systemd")
    names = FOLDERS if every == FIVE else FOLDERS[:1]
    for number, name in enumerate(names):
        one = task(f"/srv/{name}", every=every)
        unit = unit_of("systemd", one, home=tmp_path, environ={"XDG_CONFIG_HOME": str(tmp_path)})
        for path, data in unit.files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            done = subprocess.run(
                [verify, "verify", "--man=no", str(path)],
                capture_output=True,
                text=True,
                check=False,
            )
            told = [line for line in done.stderr.splitlines() if "blogkit-" in line]
            assert (done.returncode, told) == (0, []), (number, done.stderr)


@for_each("name", FOLDERS)
def test_cron_starts_this_command(tmp_path: Path, name: str) -> None:
    """What cron hands to the shell, the shell takes apart into these words."""
    folder = tmp_path / name.replace("/", "-")
    show = tmp_path / "show %"
    show.write_text('#!/bin/sh\nfor word; do printf "%s\\n" "$word"; done\n', encoding="utf-8")
    show.chmod(0o755)
    one = task(str(folder), str(show))
    line = cron.cron_line(one)
    times, command = line.split(" ", 5)[:5], line.split(" ", 5)[5]
    assert times == ["*/5", "*", "*", "*", "*"]
    assert not re.search(r"(?<!\\)%", command), "cron would end the command here"
    done = subprocess.run(
        ["/bin/sh", "-c", command.replace(r"\%", "%")], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == list(one.words[1:])


def test_a_crontab_keeps_all_other_lines() -> None:
    one, other = task("/srv/मेरा ब्लॉग"), task("/srv/other")
    mine = b"MAILTO=asha\n# a remark\n\n5 4 * * * backup \xff\n@reboot x"
    both = cron.with_line(cron.with_line(mine, one), other)
    assert both.startswith(mine + b"\n*/5 ")
    assert cron.with_line(both, one).count(b"\n") == both.count(b"\n")
    assert cron.has_line(both, one)
    assert cron.without_line(cron.without_line(both, one), other) == mine + b"\n"
    assert not cron.has_line(mine, one)
    assert cron.with_line(b"", one).endswith(f"# blogkit {one.name}\n".encode())


@pytest.mark.parametrize(
    ("every", "line"),
    [
        (timedelta(minutes=1), "* * * * *"),
        (timedelta(minutes=15), "*/15 * * * *"),
        (timedelta(hours=1), "0 * * * *"),
        (timedelta(hours=6), "0 */6 * * *"),
        (timedelta(days=1), "0 0 * * *"),
    ],
)
def test_the_times_of_cron(every: timedelta, line: str) -> None:
    assert cron.cron_line(task("/srv/b", every=every)).startswith(f"{line} ")


@for_each("name", FOLDERS)
def test_launchd_starts_this_command(name: str) -> None:
    one = task(f"/Users/asha/{name}")
    data = plistlib.loads(launchd.plist_bytes(one, "/Users/asha/Library/Logs/b.log"))
    assert data["ProgramArguments"] == list(one.words)
    assert data["StartInterval"] == 300
    assert re.fullmatch(r"blogkit\.[a-z0-9-]+", data["Label"])
    # launchd.plist(5)
    kinds = {"Label": str, "ProgramArguments": list, "StartInterval": int, "RunAtLoad": bool}
    kinds |= {"ProcessType": str, "StandardOutPath": str, "StandardErrorPath": str}
    assert {key: type(value) for key, value in data.items()} == kinds


_NAMESPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


@for_each("name", FOLDERS)
def test_the_task_scheduler_starts_this_command(name: str) -> None:
    one = task(f"D:\\Blogs\\{name}", r"C:\Program Files\Python 3\python.exe")
    data = task_scheduler.task_xml(one)
    assert data.startswith(b"\xff\xfe"), "schtasks reads UTF-16 with a byte order mark"
    root = ElementTree.fromstring(data.decode("utf-16").partition("?>")[2])
    assert root.tag == f"{_NAMESPACE}Task"
    parts = [child.tag.removeprefix(_NAMESPACE) for child in root]
    assert parts == ["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]
    program = root.findtext(f".//{_NAMESPACE}Command")
    arguments = root.findtext(f".//{_NAMESPACE}Arguments")
    assert arguments is not None
    assert program == r"C:\Program Files\Python 3\pythonw.exe", "a console would open each time"
    assert windows_words(arguments) == list(one.words[1:])
    assert root.findtext(f".//{_NAMESPACE}Interval") == "PT5M"
    assert root.findtext(f".//{_NAMESPACE}StartWhenAvailable") == "true"


@pytest.mark.parametrize("every", EVERY, ids=str)
def test_the_interval_of_a_task_is_a_duration_of_xml_schema(every: timedelta) -> None:
    root = ElementTree.fromstring(
        task_scheduler.task_xml(task("D:\\b", every=every)).decode("utf-16").partition("?>")[2]
    )
    found = re.fullmatch(
        r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?", str(root.findtext(f".//{_NAMESPACE}Interval"))
    )
    assert found is not None
    days, hours, minutes = (int(part or 0) for part in found.groups())
    assert timedelta(days=days, hours=hours, minutes=minutes) == every


@for_each("name", FOLDERS)
def test_powershell_reads_the_line_that_is_shown(name: str) -> None:
    words = ("C:\\Python\\python.exe", "-C", f"D:\\Blogs\\{name}")
    line = shell_line(words, powershell=True)
    assert line.startswith("& ")
    found = re.findall(r"'((?:[^']|'')*)'|(\S+)", line[2:])
    assert [quoted.replace("''", "'") or plain for quoted, plain in found] == list(words)


def test_powershell_takes_typographic_quotes_for_quotes() -> None:
    assert shell_line(("x", "Asha’s blog"), powershell=True) == "& x 'Asha’’s blog'"


@pytest.mark.parametrize("path", ["/srv/a\nb", "/srv/a\x00", "/srv/\udcff", "/srv/a\x1b[2J"])
def test_a_path_that_no_file_can_hold_is_refused(path: str) -> None:
    with pytest.raises(UsageError, match="cannot read"):
        task(path)


@pytest.mark.parametrize("every", [timedelta(minutes=7), timedelta(hours=5), timedelta(seconds=90)])
def test_a_time_that_does_not_divide_an_hour_or_a_day_is_refused(every: timedelta) -> None:
    with pytest.raises(UsageError, match="divide"):
        task("/srv/b", every=every)


def test_two_blogs_of_one_name_have_two_tasks() -> None:
    names = {
        task(folder).name
        for folder in ("/a/blog", "/b/blog", "/a/BLOG", "/a/ब्लॉग", "C:\\x\\blog\\")
    }
    assert len(names) == 5
    assert all(re.fullmatch(r"[a-z0-9-]{1,41}", name) for name in names)


@pytest.mark.parametrize(
    ("system", "booted", "programs", "found"),
    [
        ("win32", False, set(), "task-scheduler"),
        ("darwin", False, {"crontab"}, "launchd"),
        ("linux", True, {"systemctl", "crontab"}, "systemd"),
        ("linux", False, {"systemctl", "crontab"}, "cron"),
        ("linux", True, {"crontab"}, "cron"),
        ("freebsd14", False, {"crontab"}, "cron"),
    ],
)
def test_the_scheduler_of_a_machine(
    system: str, booted: bool, programs: set[str], found: str
) -> None:
    assert scheduler_of(system, booted=booted, has=programs.__contains__) == found
    assert found in SCHEDULERS


def test_a_container_has_none() -> None:
    with pytest.raises(UsageError) as error:
        scheduler_of("linux", booted=False, has=lambda _: False)
    assert "blogkit worker" in error.value.hint

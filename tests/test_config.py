"""blogkit.toml: found upwards, read strictly, every problem at once with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from blogkit import config
from blogkit.config.images import SHOWN_SIZES
from blogkit.config.settings import ACCEPTED
from blogkit.errors import ConfigError, ContentError, UsageError
from blogkit.posts import front_matter_schema
from tests.cases import for_each

GOOD = """\
[blog]
title = "News"
timezone = "Asia/Kolkata"
default_site = "main"

[sites.main]
platform = "blogger"
url = "https://example.blogspot.com"
min_interval = 3

[sites.school]
platform = "wordpress"
url = "https://school.example"
username = "author"
body = "html"

[sites.local]
platform = "folder"
folder = "out"

[theme]
accent = "#0b57d0"

[images]
max_width = 1600
strip = false
size = "medium"
"""


TIMEOUT = "timeout must be a number of seconds from 1 to 3600: how long an answer may take"


def write(root: Path, text: str | bytes) -> Path:
    (root / "blogkit.toml").write_bytes(text.encode() if isinstance(text, str) else text)
    return root


def problems(root: Path, text: str) -> list[str]:
    with pytest.raises(ContentError) as error:
        config.load_config(write(root, text))
    return [str(problem) for problem in error.value.problems]


def test_every_setting_is_read(tmp_path: Path) -> None:
    ws = config.load_config(write(tmp_path, GOOD))
    assert (ws.title, ws.zone.key, ws.language, ws.default_site) == (
        "News",
        "Asia/Kolkata",
        "en",
        "main",
    )
    assert list(ws.sites) == ["main", "school", "local"]
    assert ws.site("main").min_interval == 3.0
    assert (ws.site("school").username, ws.site("school").body) == ("author", "html")
    assert ws.theme == {"accent": "#0b57d0"}
    assert ws.images == config.Images(max_width=1600, quality=85, strip=False, size="medium")


@for_each(
    ("setting", "problem"),
    [
        ("max_width = -1", "max_width must be a number of pixels, or 0 for images of any width"),
        ("quality = 0", "quality must be a number from 1 to 100"),
        ("quality = 101", "quality must be a number from 1 to 100"),
        ("strip = 1", "strip must be true or false"),
        ('size = "huge"', 'size: "huge" is not one of: thumbnail, medium, large, full'),
        ("size = 3", "size must be text in quotes"),
        ("width = 1", 'unknown setting "width"'),
    ],
)
def test_wrong_limits_of_images_are_named(tmp_path: Path, setting: str, problem: str) -> None:
    [found] = problems(tmp_path, f"[images]\n{setting}\n")
    assert problem in found
    assert "blogkit.toml:2" in found


S3 = 'host = "s3"\nbucket = "b-1"\npublic_url = "https://p.example"\n'
GITHUB = 'host = "github"\nrepository = "me/pictures"\npublic_url = "https://me.github.io/p"\n'


@for_each(
    ("table", "line", "problem"),
    [
        ('host = "githup"', 2, 'host is "githup"; did you mean "github"?'),
        ('host = "imgur"', 2, 'host is "imgur"; one of: wordpress, s3, github, manual'),
        ("host = 3", 2, "host must be text in quotes"),
        ('host = "s3"\npublic_url = "https://p.example"', 2, "bucket is missing"),
        ('host = "s3"\nbucket = "my-pictures"', 2, "public_url is missing"),
        ('host = "github"\npublic_url = "https://p.example"', 2, "repository is missing"),
        ('bucket = "my-pictures"', 2, 'bucket needs host = "s3"'),
        ('host = "manual"\nprefix = "a"', 3, 'prefix needs host = "s3" or "github"'),
        (f'{S3}site = "school"', 5, 'site needs host = "wordpress"'),
        (S3.replace("b-1", "My_Bucket"), 3, "bucket must be a bucket's name, such as"),
        (f'{S3}region = "Frankfurt am Main"', 5, "region must be a region"),
        (f'{S3}prefix = "../up"', 5, "prefix must be a folder of plain letters"),
        (f'{S3}prefix = "/top"', 5, "prefix must be a folder of plain letters"),
        (f'{S3}endpoint = "minio:9000"', 5, 'endpoint = "minio:9000" is not a web address'),
        (S3.replace("https", "http"), 4, "public_url must be an https:// address"),
        (GITHUB.replace("me/pictures", "pictures"), 3, "repository must be OWNER/NAME"),
        (GITHUB.replace("me/pictures", "me/.."), 3, "repository must be OWNER/NAME"),
        (f'{GITHUB}branch = "../x"', 5, "branch must be a branch"),
        (f'{GITHUB}api_base = "https://me:x@git.example"', 5, "contains a user name or password"),
        ('host = "wordpress"', 2, "site is missing; WordPress sites in this file: none yet"),
        ('host = "wordpress"\nsite = "school"', 3, '"school" is not a WordPress site'),
    ],
)
def test_a_wrong_image_host_is_named(tmp_path: Path, table: str, line: int, problem: str) -> None:
    [found] = problems(tmp_path, f"[images]\n{table}\n")
    assert problem in found
    assert f"blogkit.toml:{line}" in found


def test_image_hosts_are_told_apart(tmp_path: Path) -> None:
    def host(table: str) -> str:
        return config.load_config(write(tmp_path, f"{GOOD}\n{table}")).image_host

    assert host("") == ""
    assert host('host = "wordpress"') == "wordpress https://school.example"
    assert host('host = "manual"') == "manual"
    assert host(S3) == "s3 https://p.example"
    assert host(f'{S3}prefix = "blog/2026"') == "s3 https://p.example/blog/2026"
    assert host(GITHUB) == "github https://me.github.io/p"


def test_a_site_must_not_share_its_secrets_with_the_image_host(tmp_path: Path) -> None:
    site = '[sites.images]\nplatform = "folder"\nfolder = "site"\n'
    [found] = problems(tmp_path, f"{site}\n[images]\n{S3}")
    assert "this site would share its secrets' variables with [images]" in found


def test_a_blog_and_a_post_take_the_same_sizes_of_images() -> None:
    assert SHOWN_SIZES == front_matter_schema.IMAGE_SIZES


def test_it_is_found_from_a_folder_below(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    deep = tmp_path / "posts" / "2026"
    deep.mkdir(parents=True)
    assert config.discover(deep).root == tmp_path.resolve()


def test_a_folder_without_a_workspace_names_the_next_command(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        config.discover(tmp_path)
    assert error.value.hint.startswith("go to your blog's folder with cd, or name it: blogkit -C")


def test_a_byte_order_mark_and_crlf_are_no_problem(tmp_path: Path) -> None:
    assert (
        config.load_config(
            write(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
        ).title
        == "News"
    )


@for_each(
    ("text", "expected"),
    [
        (
            '[blog]\ntimezone = "Mars/Phobos"\n',
            (
                'blogkit.toml:2: "Mars/Phobos" is not a time zone; write one such as Asia/Kolkata'
                " or Europe/Berlin"
            ),
        ),
        ('[blog]\ntitel = "x"\n', 'blogkit.toml:2: unknown setting "titel"; did you mean "title"?'),
        (
            '[site.main]\nplatform = "folder"\n',
            'blogkit.toml:1: unknown setting "site"; did you mean "sites"?',
        ),
        ("[blog]\ntitle = 5\n", "blogkit.toml:2: title must be text in quotes"),
        (
            '[sites.a]\nplatform = "bloger"\nurl = "https://a.example"\n',
            'blogkit.toml:2: platform is "bloger"; did you mean "blogger"?',
        ),
        (
            '[sites.a]\nplatform = "folder"\n',
            'blogkit.toml:1: folder is missing: where to write the site, such as folder = "site"',
        ),
        (
            '[sites.a]\nplatform = "blogger"\n',
            (
                "blogkit.toml:1: url is missing: the blog's address, such as"
                " https://example.blogspot.com"
            ),
        ),
        (
            '[sites.a]\nplatform = "blogger"\nurl = "a.example"\n',
            'blogkit.toml:3: url = "a.example" is not a web address; write https://…',
        ),
        (
            '[sites.a]\nplatform = "wordpress"\nusername = "x"\nurl = "http://a.example"\n',
            (
                'blogkit.toml:4: url = "http://a.example" would send the password unencrypted; use'
                " https, or set unencrypted_login = true"
            ),
        ),
        *(
            (
                f'[sites.a]\nplatform = "blogger"\nurl = "https://a.example"\ntimeout = {value}\n',
                f"blogkit.toml:4: {words}",
            )
            for value, words in [
                ("0.5", TIMEOUT),
                ("nan", TIMEOUT),
                ("3601", TIMEOUT),
                ("true", "timeout must be a number"),
            ]
        ),
        *(
            (
                f'[sites.a]\nplatform = "blogger"\nurl = "https://a.example"\naccept = {value}\n',
                f"blogkit.toml:4: {words}",
            )
            for value, words in [
                ('"quotes"', "accept must be a list in brackets"),
                (
                    '["quotes", "qoutes"]',
                    'accept has the unknown kind "qoutes"; did you mean "quotes"? kinds: '
                    + ", ".join(ACCEPTED),
                ),
                ("[1]", f'accept has the unknown kind "1"; kinds: {", ".join(ACCEPTED)}'),
            ]
        ),
        (
            '[sites.a]\nplatform = "wordpress"\nurl = "https://a.example"\n',
            "blogkit.toml:1: username is missing: the WordPress account that posts",
        ),
        (
            (
                '[sites.a]\nplatform = "wordpress"\nurl = "https://a.example"\nusername = "b"\n'
                'rest = "wordpress"\n'
            ),
            (
                'blogkit.toml:5: rest must be "?rest_route=", a path such as "/wp-json/", or'
                ' "wordpress.com", not "wordpress"'
            ),
        ),
        (
            '[sites.a]\nplatform = "blogger"\nurl = "https://me:pw@a.example"\n',
            "blogkit.toml:3: url contains a user name or password; put secrets in .env",
        ),
        (
            (
                '[sites.my-school]\nplatform = "blogger"\nurl ='
                ' "https://a.example"\n[sites.my_school]\nplatform = "blogger"\nurl ='
                ' "https://b.example"\n'
            ),
            (
                "blogkit.toml:4: this site would share its secrets' variables with"
                " [sites.my-school]; choose another name"
            ),
        ),
        (
            '[blog]\ndefault_site = "b"\n[sites.a]\nplatform = "folder"\nfolder = "x"\n',
            "blogkit.toml:2: [sites.b] does not exist; add it",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, expected: str) -> None:
    assert problems(tmp_path, text) == [expected]


def test_all_mistakes_come_in_one_go(tmp_path: Path) -> None:
    assert (
        len(
            problems(
                tmp_path,
                '[blog]\ntimezone = "X/Y"\nfoo = 1\n[sites.a]\nplatform = "x"\nbody = "y"\n',
            )
        )
        == 4
    )


@for_each(
    ("data", "word", "hint"),
    [
        (b"[blog", "TOML", "close the table's name"),
        (b"[sites.main\nx = 1\n", "TOML", "close the table's name"),
        (b'[blog]\ntitle = "\xff"\n', "UTF-8", "save the file as UTF-8"),
        (b"[blog]\na=1\na=2\n", "TOML", "once"),
        (b"[blog]\n[blog]\n", "TOML", "once"),
        (b"[blog]\ntitle = Notes\n", "TOML", "text values need quotes"),
        (b'[blog]\ntitle = "Notes\n', "TOML", "a quote at both ends"),
        (b"[blog]\ntitle: Notes\n", "TOML", "settings as title ="),
    ],
)
def test_a_file_that_is_no_toml_is_refused(
    tmp_path: Path, data: bytes, word: str, hint: str
) -> None:
    with pytest.raises(ConfigError, match=word) as caught:
        config.load_config(write(tmp_path, data))
    assert hint in caught.value.hint


def test_http_is_fine_on_this_machine(tmp_path: Path) -> None:
    text = (
        '[sites.a]\nplatform = "blogger"\nurl = "http://127.0.0.1:8765/"\napi_base ='
        ' "http://127.0.0.1:8765"\n'
    )
    assert config.load_config(write(tmp_path, text)).default_site == "a"


def test_an_unknown_site_gets_the_nearest_name(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        config.load_config(write(tmp_path, GOOD)).site("shcool")
    assert error.value.hint == 'did you mean "school"?'


def test_sources_are_posts_and_pages_or_what_is_named(tmp_path: Path) -> None:
    ws = config.load_config(write(tmp_path.resolve(), GOOD))
    for name in (
        "posts/b.md",
        "posts/2026/a.html",
        "pages/about.md",
        "posts/notes.txt",
        "posts/_draft.md",
        "posts/.x.md",
    ):
        path = ws.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert [ws.relative(p) for p in ws.sources()] == [
        "posts/2026/a.html",
        "posts/b.md",
        "pages/about.md",
    ]
    assert [ws.relative(p) for p in ws.sources([ws.root / "pages"])] == ["pages/about.md"]
    with pytest.raises(UsageError, match="no such file"):
        ws.sources([ws.root / "posts/none.md"])


def test_a_file_outside_the_workspace_is_refused(tmp_path: Path) -> None:
    (tmp_path / "blog").mkdir()
    (tmp_path / "other.md").touch()
    ws = config.load_config(write((tmp_path / "blog").resolve(), GOOD))
    with pytest.raises(UsageError, match="outside your blog's folder"):
        ws.sources([tmp_path / "other.md"])


@for_each(
    ("settings", "hosted"),
    [
        ('url = "https://school.wordpress.com"', True),
        ('url = "https://school.example"\nrest = "wordpress.com"', True),
        ('url = "https://School.WordPress.com/"', True),
        ('url = "https://school.wordpress.com"\nrest = "/wp-json/"\nusername = "a"', False),
        ('url = "https://wordpress.com.example"\nusername = "a"', False),
        ('url = "https://notwordpress.com"\nusername = "a"', False),
    ],
)
def test_wordpress_com_is_told_by_the_address_or_by_a_setting(
    tmp_path: Path, settings: str, hosted: bool
) -> None:
    write(tmp_path, f'[sites.a]\nplatform = "wordpress"\n{settings}\n')
    assert config.load_config(tmp_path).site("a").at_wordpress_com == hosted


def test_the_schema_of_the_journal(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("[blog]\n", '[blog]\nschema = "school_2"\n'))
    assert config.load_config(tmp_path).schema == "school_2"


@for_each("name", ["School", "2nd", "a-b", "pg_temp", "blogkit_queue", "a" * 49])
def test_a_schema_that_is_not_a_plain_name(tmp_path: Path, name: str) -> None:
    found = problems(tmp_path, GOOD.replace("[blog]\n", f'[blog]\nschema = "{name}"\n'))
    rule = "use 1 to 48 small letters, digits and _, and begin with a letter"
    assert found == [f'blogkit.toml:2: "{name}" is not a name for a schema: {rule}']


OWN_WORDS = """
[words.hi]
"Sources" = "संदर्भ"
"{number} marks" = { one = "{number} अंक", other = "{number} अंक" }

[words."hi-IN"]
"Now" = "आज"
"""


def test_a_blog_has_its_own_words(tmp_path: Path) -> None:
    ws = config.load_config(write(tmp_path, GOOD + OWN_WORDS))
    assert ws.words == {
        "hi": {
            "Sources": "संदर्भ",
            "{number} marks": {"one": "{number} अंक", "other": "{number} अंक"},
        },
        "hi-IN": {"Now": "आज"},
    }


@for_each(
    ("lines", "line", "message"),
    [
        ('[words]\n"Now" = "आज"', 2, "must be below the header of a language"),
        ('[words.hi]\n"Now" = 3', 2, '"Now" must be text in quotes'),
        ('[words.hi]\n"0123456789" = "०१"', 2, '"0123456789" must be ten digits'),
        ('[words.hi]\n"{number} marks" = { one = "1" }', 2, "for numbers"),
        ("words = 3", 1, "[words] must be a table"),
    ],
)
def test_words_that_are_not_text(tmp_path: Path, lines: str, line: int, message: str) -> None:
    (found,) = problems(tmp_path, lines)
    assert message in found
    assert line == 1 or found.startswith(f"blogkit.toml:{line}: ")

"""One value of `blogkit.toml` is changed, and nothing else of the file."""

from __future__ import annotations

import pytest

from blogkit.config import with_site_url

URL = "https://new.example/"


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ('[sites.main]\nurl = "https://a/"\n', f'[sites.main]\nurl = "{URL}"\n'),
        ("[sites.main]\nurl='https://a/' # x\n", f'[sites.main]\nurl= "{URL}" # x\n'),
        (
            '[sites.a]\nurl = "https://a/"\n\n[ sites . "main" ]\n  url = "https://b/"\r\n[blog]\n',
            f'[sites.a]\nurl = "https://a/"\n\n[ sites . "main" ]\n  url = "{URL}"\r\n[blog]\n',
        ),
        ('sites.main.url = "https://a/"\n', None),
        ('[sites]\nmain = {url = "https://a/"}\n', None),
        ('[sites.main]\nplatform = "blogger"\n', None),
    ],
)
def test_the_address_of_a_site(text: str, changed: str | None) -> None:
    assert with_site_url(text, "main", URL) == changed

"""How long an answer of a site may take."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
import responses

from blogkit.config import load_config
from blogkit.errors import ServerError
from blogkit.platforms.base import Ref
from blogkit.project.connect import Settings, connect

SITES = {
    "blogger": 'url = "https://a.blogspot.com"\nblog_id = "4"\n',
    "wordpress": 'url = "https://a.example"\nusername = "author"\n',
}
ENVIRON = {
    "BLOGKIT_MAIN_ACCESS_TOKEN": "token",
    "BLOGKIT_MAIN_APP_PASSWORD": "password",
    "BLOGKIT_MAIN_ORIGIN": "https://a.example",
}


@responses.activate
@pytest.mark.parametrize("platform", SITES)
@pytest.mark.parametrize(("setting", "seconds"), [("", 60), ("timeout = 7\n", 7)])
def test_a_site_has_its_own_timeout(
    tmp_path: Path, platform: str, setting: str, seconds: int
) -> None:
    text = f'[sites.main]\nplatform = "{platform}"\n{SITES[platform]}{setting}'
    (tmp_path / "blogkit.toml").write_text(text, encoding="utf-8")
    config = load_config(tmp_path)
    site = connect(config.site("main"), Settings(config, ENVIRON, sleep=lambda _: None))
    for url in ("https://blogger.googleapis.com/v3/blogs/4/posts/1", "https://a.example/"):
        responses.get(url, body=requests.ReadTimeout())
        responses.post(url, body=requests.ReadTimeout())
    with pytest.raises(ServerError, match=f"did not answer within {seconds} s"):
        site.get(Ref("1"))
    assert {call.request.req_kwargs["timeout"][1] for call in responses.calls} == {seconds}

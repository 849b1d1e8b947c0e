"""A Blogger blog's folder with an image host, and a picture for each post."""

from __future__ import annotations

from pathlib import Path

from blogkit.sandbox.server import Sandbox
from tests.cli.conftest import make_workspace
from tests.hosting.bucket import KEY, SECRET, Bucket
from tests.hosting.github import TOKEN, GitHub
from tests.images.samples import drawn


def on_bucket(root: Path, sandbox: Sandbox, bucket: Bucket) -> Path:
    """A folder whose pictures go to a bucket."""
    table = f'host = "s3"\nbucket = "{bucket.name}"\nendpoint = "{bucket.url}"\nprefix = "blog"\n'
    secrets = f"ACCESS_KEY_ID={KEY}\nBLOGKIT_IMAGES_SECRET_ACCESS_KEY={SECRET}\n"
    return _workspace(root, sandbox, table, bucket.public, secrets, bucket.url)


def on_github(root: Path, sandbox: Sandbox, github: GitHub) -> Path:
    """A folder whose pictures go to a repository."""
    table = f'host = "github"\nrepository = "me/pictures"\napi_base = "{github.url}"\n'
    return _workspace(
        root, sandbox, table, f"{github.url}/pages", f"GITHUB_TOKEN={TOKEN}\n", github.url
    )


def _workspace(
    root: Path, sandbox: Sandbox, table: str, public: str, secrets: str, server: str
) -> Path:
    make_workspace(root, sandbox)
    settings = root / "blogkit.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'{text}\n[images]\n{table}public_url = "{public}"\n', encoding="utf-8")
    file = root / ".env"
    known = file.read_text(encoding="utf-8")
    file.write_text(
        f"{known}BLOGKIT_IMAGES_{secrets}BLOGKIT_IMAGES_ORIGIN={server}\n", encoding="utf-8"
    )
    return root


def write_post(root: Path, name: str, picture: str = "", publish: str = "now") -> Path:
    """A post with a picture, of its own unless one is named."""
    if not picture:
        picture = f"{name}.png"
        width = 40 + int.from_bytes(name.encode()[-3:], "big") % 997
        (root / picture).write_bytes(drawn("PNG", (width, 30)))
    path = root / f"posts/{name}.md"
    text = f"This is what {name} is about, with a picture of {name}."
    path.write_text(
        f"---\ntitle: Post {name}\npublish: {publish}\n---\n{text}\n\n![A view]({picture})\n",
        encoding="utf-8",
    )
    return path

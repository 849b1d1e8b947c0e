"""Hosts of images, for sites that take none: upload a picture once, and prove that readers get it.

- `ImageHost`: the contract of a host (`host`)
- `Hosting`: one host with what is uploaded to it in a run (`hosting`)
- `ServedAs`, `prove_served`: what an address serves, compared with what was uploaded (`proof`)
- `ManualHost`: a person uploads (`manual`); `S3Host`: a bucket (`s3`); `GitHubHost`: a repository
  (`github`); a WordPress site is in `blogkit.platforms.wordpress.media.host`
"""

from blogkit.hosting.host import ImageHost, LocalImage, Placed, placed_at, ready_to_send
from blogkit.hosting.hosting import Hosting
from blogkit.hosting.proof import ServedAs, prove_served

__all__ = [
    "Hosting",
    "ImageHost",
    "LocalImage",
    "Placed",
    "ServedAs",
    "placed_at",
    "prove_served",
    "ready_to_send",
]

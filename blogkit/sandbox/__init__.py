"""Serve a local test blog: Blogger's API v3, a token endpoint, the published blog, and faults.

Written from Google's documentation (https://developers.google.com/blogger/docs/3.0/reference) and
from what people measured, never from blogkit's own adapter, so that the two can disagree. It is
strict where the service is; undocumented behaviour is what is worse for a client (`quirks.py`).
`fields=` works as Google documents it; `sortOption` and unknown query parameters do nothing; an
`alt` or `callback` that is in Google's document and not here is answered with 501.

Controls, JSON over HTTP, no part of Blogger:

- GET, POST `/_sandbox/clock`: {"at": "2026-12-01T07:00:00+05:30"} or {"advance": seconds}
- GET, POST, DELETE `/_sandbox/faults`: {"fault": "429", "match": {"method": "POST", "path":
  "/posts$"}, "times": 1, "after": 0}
- GET, POST `/_sandbox/switches`: {"if_match": "412"}
- POST `/_sandbox/comments`: {"post": id, "author": "Asha", "content": "Thanks"}, as a reader does
  it on the blog; optional are "status" and "parent", the id of the comment that it answers
- GET, DELETE `/_sandbox/log`: method, path, query and status of every request; no bodies, no tokens
"""

-- Times at which sites have agreed to publish posts. ended: '' while it is open, else 'live' (readers see the post), 'withdrawn' (it
-- has no such time any more) or 'lost' (the post is gone).

CREATE TABLE schedule (
    id INTEGER PRIMARY KEY,
    site TEXT NOT NULL,
    "key" TEXT NOT NULL,
    kind TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    due TEXT NOT NULL,
    handed TEXT,
    fired TEXT,
    seen TEXT,
    ended TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    looks INTEGER NOT NULL DEFAULT 0,
    again TEXT
);

CREATE UNIQUE INDEX schedule_open ON schedule (site, "key") WHERE ended = '';

CREATE INDEX schedule_by_post ON schedule (site, "key");

INSERT INTO schedule (site, "key", kind, remote_id, due)
SELECT site, "key", kind, remote_id, "at" FROM memory WHERE state = 'scheduled' AND "at" IS NOT NULL;

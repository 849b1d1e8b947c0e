-- Files of the blog's folder that a run changed: the bytes before (compressed; NULL: there was no file), and digests of both
-- versions ('': no file). status: intended (recorded, perhaps not written), done, failed (certainly not written).

CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id),
    path TEXT NOT NULL,
    site TEXT NOT NULL,
    "key" TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    summary TEXT NOT NULL,
    before_digest TEXT NOT NULL,
    after_digest TEXT NOT NULL,
    status TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    intended TEXT NOT NULL,
    changed TEXT NOT NULL,
    "before" BLOB
);

CREATE INDEX file_by_run ON file (run);

CREATE INDEX file_by_path ON file (path);

CREATE INDEX file_by_post ON file (site, "key");

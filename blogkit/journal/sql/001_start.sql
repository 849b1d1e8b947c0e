-- What we meant, what happened, the bytes before. Times are UTC in ISO form.

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    started TEXT NOT NULL,
    finished TEXT,
    outcome TEXT NOT NULL DEFAULT ''
);

-- status: intended (nothing sent yet), sent, unknown (no usable answer), failed (certainly not done), done, settled (explained by a later look)
CREATE TABLE action (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id),
    site TEXT NOT NULL,
    "key" TEXT NOT NULL,
    kind TEXT NOT NULL,
    action TEXT NOT NULL,
    story TEXT NOT NULL,
    pushed TEXT NOT NULL,
    wish TEXT NOT NULL,
    status TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    intended TEXT NOT NULL,
    changed TEXT NOT NULL,
    "before" BLOB,
    meant BLOB,
    "after" BLOB
);

CREATE INDEX action_by_run ON action (run);

CREATE INDEX action_unsettled ON action (site, "key") WHERE status IN ('intended', 'sent', 'unknown');

CREATE TABLE memory (
    site TEXT NOT NULL,
    "key" TEXT NOT NULL,
    kind TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    url TEXT NOT NULL,
    pushed TEXT NOT NULL,
    observed TEXT NOT NULL,
    state TEXT NOT NULL,
    "at" TEXT,
    updated TEXT NOT NULL,
    wish TEXT NOT NULL,
    PRIMARY KEY (site, "key")
);

CREATE TABLE asset (
    site TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    url TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (site, sha256)
);

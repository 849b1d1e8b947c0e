-- Edits that are to be made at a time. request: what to do, as JSON. follows: the job whose widget this one removes; 0 for none.
-- status: waiting, done, failed (kept until it is tried again or cancelled), cancelled. run: the last run that did something of it.

CREATE TABLE job (
    id INTEGER PRIMARY KEY,
    site TEXT NOT NULL,
    summary TEXT NOT NULL,
    request TEXT NOT NULL,
    most INTEGER NOT NULL,
    due TEXT NOT NULL,
    follows INTEGER NOT NULL,
    status TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    hint TEXT NOT NULL DEFAULT '',
    run INTEGER NOT NULL DEFAULT 0,
    created TEXT NOT NULL,
    changed TEXT NOT NULL
);

CREATE INDEX job_open ON job (due) WHERE status IN ('waiting', 'failed');

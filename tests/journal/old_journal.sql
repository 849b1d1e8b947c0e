BEGIN TRANSACTION;
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
, source BLOB, remote_id TEXT NOT NULL DEFAULT '');
INSERT INTO "action" VALUES(1,1,'main','talks','post','create','create live post “Talks”','d1','live','done','a note','2026-11-30T12:00:00+00:00','2026-11-30T12:00:00+00:00',NULL,NULL,X'6166746572',X'789C0B49CCC92EE6020007C4020A','17');
INSERT INTO "action" VALUES(2,1,'main','other','page','update','update page “Other”','d2','draft','unknown','no response','2026-11-30T12:00:00+00:00','2026-11-30T12:00:00+00:00',X'6265666F7265',X'7768617420746865207369746520776F756C642073686F77',NULL,NULL,'18');
CREATE TABLE asset (
    site TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    url TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (site, sha256)
);
INSERT INTO "asset" VALUES('main','ab','https://b.example/a.png','9');
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
INSERT INTO "file" VALUES(1,1,'posts/talks.md','main','talks','17','create posts/talks.md','','11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437','done','','2026-11-30T12:00:00+00:00','2026-11-30T12:00:00+00:00',NULL);
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
INSERT INTO "memory" VALUES('main','talks','post','17','https://b.example/t','d1','o1','live',NULL,'','live');
INSERT INTO "memory" VALUES('main','rain','page','17','https://b.example/t','d3','o3','scheduled','2026-11-30T12:00:00+00:00','u','scheduled');
CREATE TABLE migration (id INTEGER PRIMARY KEY, name TEXT NOT NULL, applied TEXT NOT NULL);
INSERT INTO "migration" VALUES(1,'001_start','2026-11-30T12:00:00+00:00');
INSERT INTO "migration" VALUES(2,'002_undo','2026-11-30T12:00:00+00:00');
INSERT INTO "migration" VALUES(3,'003_files','2026-11-30T12:00:00+00:00');
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    started TEXT NOT NULL,
    finished TEXT,
    outcome TEXT NOT NULL DEFAULT ''
);
INSERT INTO "run" VALUES(1,'publish','2026-11-30T12:00:00+00:00','2026-11-30T12:00:00+00:00','1 done, 1 unknown');
CREATE INDEX action_by_run ON action (run);
CREATE INDEX action_unsettled ON action (site, "key") WHERE status IN ('intended', 'sent', 'unknown');
CREATE INDEX action_by_post ON action (site, "key", id);
CREATE INDEX file_by_run ON file (run);
CREATE INDEX file_by_path ON file (path);
CREATE INDEX file_by_post ON file (site, "key");
COMMIT;

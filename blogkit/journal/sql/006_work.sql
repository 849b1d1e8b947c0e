-- What is left to do at a later time. waiting: a new post that its site takes only later, with its file, relative to the blog's folder.
-- retry: work that failed, and when it is tried again.

CREATE TABLE waiting (
    site TEXT NOT NULL,
    "key" TEXT NOT NULL,
    path TEXT NOT NULL,
    "at" TEXT NOT NULL,
    PRIMARY KEY (site, "key")
);

CREATE TABLE retry (
    kind TEXT NOT NULL,
    site TEXT NOT NULL,
    "key" TEXT NOT NULL,
    failures INTEGER NOT NULL,
    again TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (kind, site, "key")
);

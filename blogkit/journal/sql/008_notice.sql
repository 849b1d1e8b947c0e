-- What people were told of: work that failed, by kind, site and key. It is told again at the time in "again", if it still fails then.

CREATE TABLE notice (
    kind TEXT NOT NULL,
    site TEXT NOT NULL,
    "key" TEXT NOT NULL,
    times INTEGER NOT NULL,
    again TEXT NOT NULL,
    PRIMARY KEY (kind, site, "key")
);

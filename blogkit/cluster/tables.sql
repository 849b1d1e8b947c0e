CREATE TABLE blogkit_engine (
    version TEXT NOT NULL                      -- of Procrastinate, which made the other tables
);
CREATE TABLE blogkit_turn (
    name TEXT PRIMARY KEY,                     -- a site, an account of several, or a blog's heartbeat
    last_paced TIMESTAMPTZ,                    -- the last turn that had an interval
    not_before TIMESTAMPTZ                     -- asked to slow down until then
);
CREATE TABLE blogkit_failure (
    project TEXT NOT NULL,
    site TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    failures INTEGER NOT NULL,                 -- in a row
    failed_at TIMESTAMPTZ NOT NULL,
    summary TEXT NOT NULL,
    hint TEXT NOT NULL,
    PRIMARY KEY (project, site, kind, key)
);
CREATE TABLE blogkit_total (
    project TEXT NOT NULL,
    site TEXT NOT NULL,
    done BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    seconds DOUBLE PRECISION NOT NULL,
    requests BIGINT NOT NULL,
    last_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (project, site)
);

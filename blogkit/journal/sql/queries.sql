-- name: start_run(command, started)^
INSERT INTO run (command, started) VALUES (:command, :started) RETURNING id;

-- name: finish_run(run, outcome, finished)!
UPDATE run SET outcome = :outcome, finished = :finished WHERE id = :run;

-- name: runs(most)
SELECT id, command, started, finished, outcome FROM run ORDER BY id DESC LIMIT :most;

-- name: intend(run, site, key, kind, action, story, pushed, wish, before, now)^
INSERT INTO action (run, site, "key", kind, action, story, pushed, wish, status, intended, changed, "before")
VALUES (:run, :site, :key, :kind, :action, :story, :pushed, :wish, 'intended', :now, :now, :before)
RETURNING id;

-- name: mark(action, status, note, meant, now)!
UPDATE action SET status = :status, note = :note, meant = COALESCE(:meant, meant), changed = :now WHERE id = :action;

-- name: finish_action(action, note, after, now)!
-- What was meant is now in "after".
UPDATE action SET status = 'done', note = :note, meant = NULL, "after" = :after, changed = :now WHERE id = :action;

-- name: settle(site, key, note, now)!
UPDATE action SET status = 'settled', note = :note, changed = :now
WHERE site = :site AND "key" = :key AND status IN ('intended', 'sent', 'unknown');

-- name: unsettled(site)
SELECT id, run, site, "key", kind, action, story, pushed, wish, status, note, intended, "before", meant
FROM action WHERE site = :site AND status IN ('intended', 'sent', 'unknown') ORDER BY id DESC;

-- name: actions(run)
SELECT id, run, site, "key", kind, action, story, pushed, wish, status, note, intended, changed, "before", "after"
FROM action WHERE run = :run ORDER BY id;

-- name: remember(site, key, kind, remote_id, url, pushed, observed, state, at, updated, wish)!
INSERT INTO memory (site, "key", kind, remote_id, url, pushed, observed, state, "at", updated, wish)
VALUES (:site, :key, :kind, :remote_id, :url, :pushed, :observed, :state, :at, :updated, :wish)
ON CONFLICT (site, "key") DO UPDATE SET
    kind = excluded.kind, remote_id = excluded.remote_id, url = excluded.url, pushed = excluded.pushed, observed = excluded.observed,
    state = excluded.state, "at" = excluded."at", updated = excluded.updated, wish = excluded.wish;

-- name: memories(site)
SELECT site, "key", kind, remote_id, url, pushed, observed, state, "at", updated, wish FROM memory WHERE site = :site;

-- name: asset(site, sha256)^
SELECT url, id FROM asset WHERE site = :site AND sha256 = :sha256;

-- name: remember_asset(site, sha256, url, remote_id)!
INSERT INTO asset (site, sha256, url, id) VALUES (:site, :sha256, :url, :remote_id)
ON CONFLICT (site, sha256) DO UPDATE SET url = excluded.url, id = excluded.id;

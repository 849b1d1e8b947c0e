-- Columns are those of the records in records.py, in their order. SQLite and PostgreSQL run the same queries.

-- name: start_run(command, started)^
INSERT INTO run (command, started) VALUES (:command, :started) RETURNING id;

-- name: finish_run(run, outcome, finished)!
UPDATE run SET outcome = :outcome, finished = :finished WHERE id = :run;

-- name: one_run(run)^
SELECT id, command, started, finished, outcome FROM run WHERE id = :run;

-- name: runs(most)
SELECT id, command, started, finished, outcome FROM run ORDER BY id DESC LIMIT :most;

-- name: last_writing_run(older_than)^
-- An adoption records a post and writes nothing.
SELECT id, command, started, finished, outcome FROM run
WHERE id < :older_than AND (
    EXISTS (SELECT 1 FROM action WHERE action.run = run.id AND action.status IN ('done', 'sent', 'unknown') AND action.action NOT IN ('adopt', 'unchanged'))
    OR EXISTS (SELECT 1 FROM file WHERE file.run = run.id AND file.status <> 'failed')
)
ORDER BY id DESC LIMIT 1;

-- name: intend(run, site, key, kind, action, summary, last_pushed, desired_state, before, source, remote_id, now)^
INSERT INTO action (run, site, "key", kind, action, summary, last_pushed, desired_state, status, intended, changed, "before", source, remote_id)
VALUES (:run, :site, :key, :kind, :action, :summary, :last_pushed, :desired_state, 'intended', :now, :now, :before, :source, :remote_id)
RETURNING id;

-- name: mark(action, status, note, expected, now)!
UPDATE action SET status = :status, note = :note, expected = COALESCE(:expected, expected), changed = :now WHERE id = :action;

-- name: finish_action(action, note, after, remote_id, now)!
-- What was expected is now in "after".
UPDATE action SET status = 'done', note = :note, expected = NULL, "after" = :after, remote_id = :remote_id, changed = :now WHERE id = :action;

-- name: settle(site, key, note, now)!
UPDATE action SET status = 'settled', note = :note, changed = :now
WHERE site = :site AND "key" = :key AND status IN ('intended', 'sent', 'unknown');

-- name: unsettled(site)
SELECT id, run, site, "key", kind, action, summary, last_pushed, desired_state, status, note, intended, "before", expected, source, remote_id
FROM action WHERE site = :site AND status IN ('intended', 'sent', 'unknown') ORDER BY id DESC;

-- name: open_ends(before)^
SELECT COUNT(*) FROM action WHERE status IN ('intended', 'sent', 'unknown') AND changed < :before;

-- name: actions(run)
SELECT id, run, site, "key", kind, action, summary, last_pushed, desired_state, status, note, intended, changed, "before", "after", source, remote_id
FROM action WHERE run = :run ORDER BY id;

-- name: actions_without_bytes(run)
SELECT id, run, site, "key", kind, action, summary, last_pushed, desired_state, status, note, intended, changed, NULL, NULL, NULL, remote_id
FROM action WHERE run = :run ORDER BY id;

-- name: counts(run)
SELECT status, COUNT(*) FROM action WHERE run = :run GROUP BY status;

-- name: history(site, key, most)
SELECT id, run, site, "key", kind, action, summary, last_pushed, desired_state, status, note, intended, changed, "before", "after", source, remote_id
FROM action WHERE site = :site AND "key" = :key ORDER BY id DESC LIMIT :most;

-- name: history_without_bytes(site, key, most)
SELECT id, run, site, "key", kind, action, summary, last_pushed, desired_state, status, note, intended, changed, NULL, NULL, NULL, remote_id
FROM action WHERE site = :site AND "key" = :key ORDER BY id DESC LIMIT :most;

-- name: base(site, key)^
SELECT id, run, site, "key", kind, action, summary, last_pushed, desired_state, status, note, intended, changed, "before", "after", source, remote_id
FROM action WHERE site = :site AND "key" = :key AND "after" IS NOT NULL ORDER BY id DESC LIMIT 1;

-- name: edited(site)
-- The newest state of each post that was edited in place.
SELECT id, run, site, "key", kind, action, summary, last_pushed, desired_state, status, note, intended, changed, NULL, "after", NULL, remote_id
FROM action AS one WHERE site = :site AND substr("key", 1, 5) = 'live:' AND "after" IS NOT NULL
AND id = (SELECT MAX(id) FROM action AS other WHERE other.site = one.site AND other."key" = one."key" AND other."after" IS NOT NULL)
ORDER BY id;

-- name: entries(site, key, run, past, most)
SELECT id, run, site, "key", kind, action, summary, last_pushed, desired_state, status, note, intended, changed, "before", "after", source, remote_id
FROM action
WHERE id > :past AND (:site = '' OR site = :site) AND (:key = '' OR "key" = :key) AND (:run = 0 OR run = :run)
ORDER BY id LIMIT :most;

-- name: entries_without_bytes(past, most)
SELECT id, run, site, "key", kind, action, summary, last_pushed, desired_state, status, note, intended, changed, NULL, NULL, NULL, remote_id
FROM action WHERE id > :past ORDER BY id LIMIT :most;

-- name: created(site, since)
-- Posts that were created, or may have been.
SELECT intended FROM action
WHERE site = :site AND action = 'create' AND intended >= :since AND status IN ('sent', 'unknown', 'done', 'settled');

-- name: one_action(action)^
-- The post's file may be damaged while the posts are not.
SELECT id, run, site, "key", kind, action, summary, last_pushed, desired_state, status, note, intended, changed, "before", "after", NULL, remote_id
FROM action WHERE id = :action;

-- name: last_action()^
SELECT MAX(id) FROM action;

-- name: newest_bytes(most)
SELECT id, "before", expected, "after", source FROM action
WHERE "before" IS NOT NULL OR expected IS NOT NULL OR "after" IS NOT NULL OR source IS NOT NULL
ORDER BY id DESC LIMIT :most;

-- name: remember(site, key, kind, remote_id, url, last_pushed, last_seen, state, at, updated, desired_state)!
INSERT INTO memory (site, "key", kind, remote_id, url, last_pushed, last_seen, state, "at", updated, desired_state)
VALUES (:site, :key, :kind, :remote_id, :url, :last_pushed, :last_seen, :state, :at, :updated, :desired_state)
ON CONFLICT (site, "key") DO UPDATE SET
    kind = excluded.kind, remote_id = excluded.remote_id, url = excluded.url, last_pushed = excluded.last_pushed, last_seen = excluded.last_seen,
    state = excluded.state, "at" = excluded."at", updated = excluded.updated, desired_state = excluded.desired_state;

-- name: forget(site, key)!
DELETE FROM memory WHERE site = :site AND "key" = :key;

-- name: memories(site)
SELECT site, "key", kind, remote_id, url, last_pushed, last_seen, state, "at", updated, desired_state FROM memory WHERE site = :site;

-- name: undone(site)
-- Posts whose last finished action is an undo.
SELECT "key" FROM action AS one WHERE site = :site AND action = 'restore' AND status = 'done'
AND id = (SELECT MAX(id) FROM action AS other WHERE other.site = one.site AND other."key" = one."key" AND other.status = 'done');

-- name: all_memories()
SELECT site, "key", kind, remote_id, url, last_pushed, last_seen, state, "at", updated, desired_state FROM memory;

-- name: asset(site, sha256)^
SELECT url, id FROM asset WHERE site = :site AND sha256 = :sha256;

-- name: assets()
SELECT url, id FROM asset;

-- name: remember_asset(site, sha256, url, remote_id)!
INSERT INTO asset (site, sha256, url, id) VALUES (:site, :sha256, :url, :remote_id)
ON CONFLICT (site, sha256) DO UPDATE SET url = excluded.url, id = excluded.id;

-- name: intend_file(run, path, site, key, remote_id, summary, before_digest, after_digest, before, now)^
INSERT INTO file (run, path, site, "key", remote_id, summary, before_digest, after_digest, status, intended, changed, "before")
VALUES (:run, :path, :site, :key, :remote_id, :summary, :before_digest, :after_digest, 'intended', :now, :now, :before)
RETURNING id;

-- name: mark_file(number, status, note, now)!
UPDATE file SET status = :status, note = :note, changed = :now WHERE id = :number;

-- name: files(run)
SELECT id, run, path, site, "key", remote_id, summary, before_digest, after_digest, status, note, intended, changed, "before"
FROM file WHERE run = :run ORDER BY id;

-- name: files_without_bytes(run)
SELECT id, run, path, site, "key", remote_id, summary, before_digest, after_digest, status, note, intended, changed, NULL
FROM file WHERE run = :run ORDER BY id;

-- name: count_files(run)^
SELECT COUNT(*) FROM file WHERE run = :run AND status <> 'failed';

-- name: file_runs()
SELECT DISTINCT run FROM file ORDER BY run;

-- name: later_files(run)
-- What newer runs changed in the files of a run, and in the files of its posts.
WITH posts AS (
    SELECT site, "key" FROM action WHERE run = :run AND action NOT IN ('adopt', 'unchanged')
    UNION SELECT site, "key" FROM file WHERE run = :run AND status <> 'failed'
), ids AS (
    SELECT site, remote_id FROM action WHERE run = :run AND action NOT IN ('adopt', 'unchanged')
)
SELECT run, path, site, "key" FROM file
WHERE run > :run AND status = 'done' AND (
    path IN (SELECT path FROM file WHERE run = :run AND status <> 'failed')
    OR ("key" <> '' AND (site, "key") IN (SELECT site, "key" FROM posts))
    OR (remote_id <> '' AND (site, remote_id) IN (SELECT site, remote_id FROM ids))
)
ORDER BY id;

-- name: later_actions(run)
-- What newer runs changed on the sites in the posts of a run, and in the posts of its files.
WITH posts AS (
    SELECT site, "key" FROM action WHERE run = :run AND action NOT IN ('adopt', 'unchanged')
    UNION SELECT site, "key" FROM file WHERE run = :run AND status <> 'failed'
), ids AS (
    SELECT site, remote_id FROM action WHERE run = :run AND action NOT IN ('adopt', 'unchanged')
    UNION SELECT site, remote_id FROM file WHERE run = :run AND status <> 'failed'
)
SELECT run, site, "key" FROM action
WHERE run > :run AND status = 'done' AND action NOT IN ('adopt', 'unchanged') AND (
    (site, "key") IN (SELECT site, "key" FROM posts)
    OR (remote_id <> '' AND (site, remote_id) IN (SELECT site, remote_id FROM ids))
)
ORDER BY id;

-- name: note_todo(site, key, title, name, value, link, now)!
-- Another value is to be done again.
INSERT INTO todo (site, "key", title, name, value, link, noted)
VALUES (:site, :key, :title, :name, :value, :link, :now)
ON CONFLICT (site, "key", name) DO UPDATE SET
    title = excluded.title, link = excluded.link, noted = excluded.noted,
    done = CASE WHEN todo.value = excluded.value THEN todo.done ELSE '' END, value = excluded.value;

-- name: open_todos()
SELECT id, site, "key", title, name, value, link FROM todo WHERE done = '' ORDER BY id;

-- name: all_todos()
SELECT id, site, "key", title, name, value, link FROM todo ORDER BY id;

-- name: forget_todo(number)!
DELETE FROM todo WHERE id = :number;

-- name: tick_todo(number, now)!
UPDATE todo SET done = :now WHERE id = :number;

-- name: note_waiting(site, key, path, at)!
INSERT INTO waiting (site, "key", path, "at") VALUES (:site, :key, :path, :at)
ON CONFLICT (site, "key") DO UPDATE SET path = excluded.path, "at" = excluded."at";

-- name: waiting_posts()
-- Those that have been created since do not wait any more.
SELECT site, "key", path, "at" FROM waiting
WHERE NOT EXISTS (
    SELECT 1 FROM memory WHERE memory.site = waiting.site AND memory."key" = waiting."key"
)
ORDER BY "at", site, "key";

-- name: all_waiting_posts()
SELECT site, "key", path, "at" FROM waiting;

-- name: forget_arrived()!
DELETE FROM waiting
WHERE EXISTS (
    SELECT 1 FROM memory WHERE memory.site = waiting.site AND memory."key" = waiting."key"
);

-- name: retries()
SELECT kind, site, "key", failures, again, reason FROM retry ORDER BY again, kind, site, "key";

-- name: note_retry(kind, site, key, failures, again, reason)!
INSERT INTO retry (kind, site, "key", failures, again, reason)
VALUES (:kind, :site, :key, :failures, :again, :reason)
ON CONFLICT (kind, site, "key") DO UPDATE SET
    failures = excluded.failures, again = excluded.again, reason = excluded.reason;

-- name: forget_retry(kind, site, key)!
DELETE FROM retry WHERE kind = :kind AND site = :site AND "key" = :key;

-- name: open_schedule(site, key, kind, remote_id, due, now)!
-- A post has one open schedule; another time replaces the old one.
INSERT INTO schedule (site, "key", kind, remote_id, due, handed) VALUES (:site, :key, :kind, :remote_id, :due, :now)
ON CONFLICT (site, "key") WHERE ended = '' DO UPDATE SET
    kind = excluded.kind, remote_id = excluded.remote_id, due = excluded.due, handed = excluded.handed, fired = NULL, note = '', looks = 0, again = NULL
WHERE schedule.due <> excluded.due OR schedule.remote_id <> excluded.remote_id;

-- name: waiting_schedules()
SELECT id, site, "key", kind, remote_id, due, handed, fired, seen, ended, note, looks, again FROM schedule WHERE ended = '' ORDER BY due, id;

-- name: waiting_schedule(site, key)^
SELECT id, site, "key", kind, remote_id, due, handed, fired, seen, ended, note, looks, again
FROM schedule WHERE site = :site AND "key" = :key AND ended = '';

-- name: schedules_of(site, key)
SELECT id, site, "key", kind, remote_id, due, handed, fired, seen, ended, note, looks, again
FROM schedule WHERE site = :site AND "key" = :key ORDER BY id DESC;

-- name: newest_schedules(most)
SELECT id, site, "key", kind, remote_id, due, handed, fired, seen, ended, note, looks, again FROM schedule ORDER BY due DESC, id DESC LIMIT :most;

-- name: end_schedule(number, ended, fired, seen, note)!
UPDATE schedule SET ended = :ended, fired = :fired, seen = :seen, note = :note, again = NULL WHERE id = :number AND ended = '';

-- name: begin_schedule(number, now)!
UPDATE schedule SET fired = COALESCE(fired, :now) WHERE id = :number AND ended = '';

-- name: put_off_schedule(number, note, again)!
UPDATE schedule SET note = :note, looks = looks + 1, again = :again WHERE id = :number AND ended = '';

-- name: notices()
SELECT kind, site, "key", times, again FROM notice ORDER BY kind, site, "key";

-- name: note_notice(kind, site, key, times, again)!
INSERT INTO notice (kind, site, "key", times, again) VALUES (:kind, :site, :key, :times, :again)
ON CONFLICT (kind, site, "key") DO UPDATE SET times = excluded.times, again = excluded.again;

-- name: forget_notice(kind, site, key)!
DELETE FROM notice WHERE kind = :kind AND site = :site AND "key" = :key;

-- name: add_job(site, summary, request, most, due, follows, now)^
INSERT INTO job (site, summary, request, most, due, follows, status, created, changed)
VALUES (:site, :summary, :request, :most, :due, :follows, 'waiting', :now, :now)
RETURNING id;

-- name: open_jobs()
-- A job whose status is damaged is open: it must be named, not forgotten.
SELECT id, site, summary, request, most, due, follows, status, note, hint, run, created FROM job WHERE status NOT IN ('done', 'cancelled') ORDER BY due, id;

-- name: all_jobs()
SELECT id, site, summary, request, most, due, follows, status, note, hint, run, created FROM job ORDER BY due, id;

-- name: one_job(job)^
SELECT id, site, summary, request, most, due, follows, status, note, hint, run, created FROM job WHERE id = :job;

-- name: mark_job(job, status, note, hint, run, now)!
UPDATE job SET status = :status, note = :note, hint = :hint, run = CASE WHEN :run = 0 THEN run ELSE :run END, changed = :now WHERE id = :job;

-- name: runs_named(ending)
SELECT id FROM run WHERE command LIKE :ending ORDER BY id;

-- name: picture(host, sha256)^
SELECT host, sha256, "key", url, size, type, digest, width, height, uploaded, verified, proof
FROM picture WHERE host = :host AND sha256 = :sha256;

-- name: pictures()
SELECT host, sha256, "key", url, size, type, digest, width, height, uploaded, verified, proof
FROM picture ORDER BY uploaded, host, sha256;

-- name: note_picture(host, sha256, key, url, size, type, digest, width, height, now)!
INSERT INTO picture (host, sha256, "key", url, size, type, digest, width, height, uploaded)
VALUES (:host, :sha256, :key, :url, :size, :type, :digest, :width, :height, :now)
ON CONFLICT (host, sha256) DO UPDATE SET
    "key" = excluded."key", url = excluded.url, size = excluded.size, type = excluded.type, digest = excluded.digest,
    width = excluded.width, height = excluded.height, uploaded = excluded.uploaded, verified = '', proof = '';

-- name: verify_picture(host, sha256, proof, now)!
UPDATE picture SET verified = :now, proof = :proof WHERE host = :host AND sha256 = :sha256;

-- name: lose_picture(host, sha256)!
UPDATE picture SET proof = 'lost' WHERE host = :host AND sha256 = :sha256 AND verified <> '';

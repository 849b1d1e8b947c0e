-- What `undo` and `log` ask for: the post file of an action as it then was (compressed), and the site's id of the post.

ALTER TABLE action ADD COLUMN source BLOB;

ALTER TABLE action ADD COLUMN remote_id TEXT NOT NULL DEFAULT '';

CREATE INDEX action_by_post ON action (site, "key", id);

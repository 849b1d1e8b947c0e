-- Columns get the names of the records' fields.

ALTER TABLE action RENAME COLUMN story TO summary;

ALTER TABLE action RENAME COLUMN pushed TO last_pushed;

ALTER TABLE action RENAME COLUMN wish TO desired_state;

ALTER TABLE action RENAME COLUMN meant TO expected;

ALTER TABLE memory RENAME COLUMN pushed TO last_pushed;

ALTER TABLE memory RENAME COLUMN observed TO last_seen;

ALTER TABLE memory RENAME COLUMN wish TO desired_state;

/** "KTau": marks the file as one of ours (PRAGMA application_id). */
export const applicationId = 0x4b546175

/** Of the tables below (PRAGMA user_version). */
export const schemaVersion = 2

/**
 * What format 2 adds to format 1: `checkpoints` are signed notes at every 1,024 events and, while the log grows, every minute; the key
 * that signs those of `from_size` and later is in `signing_keys`.
 */
export const format2 = `
CREATE INDEX events_own ON events(type) WHERE request_id IS NULL;
CREATE INDEX payloads_key ON payloads(key_id);
CREATE TABLE checkpoints(size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
CREATE TABLE signing_keys(from_size INTEGER PRIMARY KEY, vkey TEXT NOT NULL) STRICT;
CREATE TABLE payload_keys(key_id TEXT PRIMARY KEY, wrapped BLOB NOT NULL) STRICT;
CREATE TRIGGER checkpoints_no_update BEFORE UPDATE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'checkpoints cannot be changed'); END;
CREATE TRIGGER checkpoints_no_delete BEFORE DELETE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'checkpoints cannot be deleted'); END;
CREATE TRIGGER checkpoints_no_replace BEFORE INSERT ON checkpoints
WHEN NEW.size <= (SELECT max(size) FROM checkpoints)
BEGIN SELECT RAISE(ABORT, 'checkpoints can only be appended'); END;
`

/**
 * The tables of a log. `events` can only grow at its end, and shrink at its start as far as `prune_window` allows; the triggers are
 * a seat belt against mistakes, the tree is what proves. The insert triggers also stop INSERT OR REPLACE, which fires no delete trigger.
 */
export const schema = `
CREATE TABLE events(
  seq INTEGER PRIMARY KEY,
  ts INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  decision TEXT,
  request_id TEXT,
  principal TEXT,
  target TEXT,
  model TEXT,
  leaf BLOB NOT NULL CHECK(length(leaf) = 32),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX events_ts ON events(ts);
CREATE INDEX events_id ON events(id);
CREATE INDEX events_request ON events(request_id) WHERE request_id IS NOT NULL;
CREATE INDEX events_acted ON events(decision) WHERE decision <> 'allow';

CREATE TABLE head(
  id INTEGER PRIMARY KEY CHECK(id = 1),
  size INTEGER NOT NULL,
  frontier BLOB NOT NULL,
  last_ts INTEGER NOT NULL,
  tip_note TEXT
) STRICT;
CREATE TABLE subtrees(idx INTEGER PRIMARY KEY, hash BLOB NOT NULL CHECK(length(hash) = 32)) STRICT;
CREATE TABLE prune(id INTEGER PRIMARY KEY CHECK(id = 1), first INTEGER NOT NULL, frontier BLOB NOT NULL) STRICT;
CREATE TABLE prune_window(id INTEGER PRIMARY KEY CHECK(id = 1), upto INTEGER NOT NULL) STRICT;
CREATE TABLE payloads(
  seq INTEGER PRIMARY KEY, key_id TEXT NOT NULL, nonce BLOB NOT NULL, box BLOB NOT NULL
) STRICT;
CREATE TABLE configs(hash TEXT PRIMARY KEY, canonical TEXT NOT NULL) STRICT;
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

INSERT INTO head VALUES (1, 0, x'', 0, NULL);
INSERT INTO prune VALUES (1, 0, x'');
INSERT INTO prune_window VALUES (1, 0);

CREATE TRIGGER events_no_update BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'audit events cannot be changed'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events
WHEN OLD.seq >= (SELECT upto FROM prune_window)
BEGIN SELECT RAISE(ABORT, 'audit events cannot be deleted'); END;
CREATE TRIGGER events_no_gap BEFORE INSERT ON events
WHEN NEW.seq IS NOT COALESCE((SELECT max(seq) + 1 FROM events), (SELECT first FROM prune))
BEGIN SELECT RAISE(ABORT, 'audit events can only be appended'); END;
${format2}`

/** Version of the tables, in SQLite's `user_version`. */
export const SCHEMA_VERSION = 1

/** Times are milliseconds since the epoch. No password, token or e-mail of a failed login stands here in clear. */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS operators (
  id       TEXT PRIMARY KEY,
  email    TEXT NOT NULL UNIQUE,
  password TEXT NOT NULL,
  role     TEXT NOT NULL CHECK (role IN ('admin', 'auditor')),
  created  INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS sessions (
  token_hash  BLOB PRIMARY KEY,
  operator_id TEXT NOT NULL REFERENCES operators (id),
  created     INTEGER NOT NULL,
  expires     INTEGER NOT NULL,
  revoked     INTEGER
) STRICT;

CREATE TABLE IF NOT EXISTS login_failures (
  id         INTEGER PRIMARY KEY,
  email_hash BLOB NOT NULL,
  at         INTEGER NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS login_failures_by_email ON login_failures (email_hash, at);
`

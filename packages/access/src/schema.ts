/** Version of the tables, in SQLite's `user_version`. */
export const SCHEMA_VERSION = 2

/** Without a password for who signs in at an OpenID provider, and then known by its `issuer` and `subject` there. */
const operatorColumns = `(
  id       TEXT PRIMARY KEY,
  email    TEXT NOT NULL,
  password TEXT,
  role     TEXT NOT NULL CHECK (role IN ('admin', 'operator', 'auditor', 'viewer')),
  created  INTEGER NOT NULL,
  issuer   TEXT,
  subject  TEXT,
  CHECK ((password IS NULL) = (issuer IS NOT NULL) AND (issuer IS NULL) = (subject IS NULL))
) STRICT;`

/** Times are milliseconds since the epoch. No password, key, token or e-mail of a failed login stands here in clear. */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS operators ${operatorColumns}
CREATE UNIQUE INDEX IF NOT EXISTS operators_by_email ON operators (email) WHERE issuer IS NULL;
CREATE UNIQUE INDEX IF NOT EXISTS operators_by_subject ON operators (issuer, subject);

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

CREATE TABLE IF NOT EXISTS api_tokens (
  id          TEXT PRIMARY KEY,
  token_hash  BLOB NOT NULL UNIQUE,
  operator_id TEXT NOT NULL REFERENCES operators (id),
  name        TEXT NOT NULL,
  scopes      TEXT NOT NULL,
  created     INTEGER NOT NULL,
  expires     INTEGER NOT NULL,
  revoked     INTEGER
) STRICT;

CREATE TABLE IF NOT EXISTS gateway_keys (
  id       TEXT PRIMARY KEY,
  key_hash BLOB NOT NULL UNIQUE,
  name     TEXT,
  subject  TEXT NOT NULL,
  roles    TEXT NOT NULL,
  models   TEXT,
  created  INTEGER NOT NULL,
  expires  INTEGER,
  revoked  INTEGER
) STRICT;
`

/** Version 1 knew two roles and passwords only; a check and a NOT NULL can be changed only by making the table anew. */
export const FROM_VERSION_1 = `
CREATE TABLE operators_2 ${operatorColumns}
INSERT INTO operators_2 (id, email, password, role, created) SELECT id, email, password, role, created FROM operators;
DROP TABLE operators;
ALTER TABLE operators_2 RENAME TO operators;
`

// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/schema.hpp"

namespace secateur {

// `sources` in several tables is a number of `source_set`: the sources that hold a row. A row without a source vanishes.
// `activity` has no foreign keys: each would cost a look-up for every row of an import; the transaction keeps them true.
const std::array<std::string_view, schema_version> migrations{R"sql(
CREATE TABLE source (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  label TEXT NOT NULL,
  connector TEXT NOT NULL,
  connector_version INTEGER NOT NULL,
  feature_version INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  options TEXT NOT NULL,
  platform TEXT NOT NULL,
  owner_key TEXT NOT NULL DEFAULT '',
  owner_name TEXT NOT NULL DEFAULT '',
  owner_evidence TEXT NOT NULL DEFAULT '',   -- message
  owner_forced INTEGER NOT NULL DEFAULT 0,
  with_text INTEGER NOT NULL DEFAULT 1,
  exported_at INTEGER,
  newest INTEGER,
  imported_on INTEGER NOT NULL DEFAULT 0,    -- days
  counts TEXT NOT NULL DEFAULT '{}',
  lacks TEXT NOT NULL DEFAULT '[]',
  warnings TEXT NOT NULL DEFAULT '[]',
  replaced INTEGER NOT NULL DEFAULT 0        -- rows of it were replaced by another source that is gone: read it again
) STRICT;
CREATE INDEX source_by_content ON source(fingerprint);

CREATE TABLE source_set (id INTEGER PRIMARY KEY, members TEXT NOT NULL UNIQUE) STRICT;  -- "1 4 9"

CREATE TABLE grp (
  id INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  key TEXT NOT NULL,                         -- empty: what belongs to no known group
  UNIQUE (platform, key)
) STRICT;

-- What one source says of a group; what is shown is resolved from all of them, the newest export first.
CREATE TABLE group_statement (
  grp INTEGER NOT NULL REFERENCES grp(id),
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE ON UPDATE CASCADE,
  stated INTEGER NOT NULL DEFAULT 0,         -- 1: there was a record of the group, and `kind` means something
  name TEXT NOT NULL DEFAULT '',
  description TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '',
  kind INTEGER NOT NULL DEFAULT 0,
  topics TEXT NOT NULL DEFAULT '',           -- one a line
  language TEXT NOT NULL DEFAULT '',
  members INTEGER,
  active_members_30d INTEGER,
  posts_30d INTEGER,
  last_post INTEGER,
  measured_at INTEGER,
  log_begin INTEGER,                         -- the period of a log without ids
  log_end INTEGER,
  PRIMARY KEY (grp, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX group_statement_by_source ON group_statement(source);

CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  key TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  is_me INTEGER NOT NULL DEFAULT 0,
  UNIQUE (platform, key)
) STRICT;

CREATE TABLE activity (
  grp INTEGER NOT NULL,
  at INTEGER NOT NULL,
  id INTEGER NOT NULL,
  bits INTEGER NOT NULL,
  author INTEGER NOT NULL,
  parent INTEGER NOT NULL,
  words INTEGER,
  hash INTEGER NOT NULL,
  sources INTEGER NOT NULL,
  links BLOB,                                -- 8 bytes each, little endian
  PRIMARY KEY (grp, at, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX my_act ON activity(grp, at) WHERE bits & 1;

CREATE TABLE my_text (
  grp INTEGER NOT NULL,
  at INTEGER NOT NULL,
  id INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (grp, at, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE membership (
  grp INTEGER NOT NULL REFERENCES grp(id),
  id INTEGER NOT NULL,
  is_me INTEGER NOT NULL,
  person INTEGER NOT NULL,
  event INTEGER NOT NULL,
  at INTEGER,
  role INTEGER NOT NULL,
  pinned INTEGER,
  notify TEXT NOT NULL,
  note TEXT NOT NULL,
  origin TEXT NOT NULL,
  hash INTEGER NOT NULL,
  sources INTEGER NOT NULL,
  PRIMARY KEY (grp, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact (
  id INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  person INTEGER NOT NULL,
  url TEXT NOT NULL,
  organisation TEXT NOT NULL,
  position TEXT NOT NULL,
  emails TEXT NOT NULL,                      -- one a line
  connected INTEGER,
  precision INTEGER NOT NULL,
  circle TEXT NOT NULL,
  origin TEXT NOT NULL,
  hash INTEGER NOT NULL,
  sources INTEGER NOT NULL
) STRICT;

CREATE TABLE meeting (
  id INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  name TEXT NOT NULL,
  begins INTEGER,
  ends INTEGER,
  grp INTEGER NOT NULL,                      -- 0: none
  attendance INTEGER NOT NULL,
  in_person INTEGER,
  place TEXT NOT NULL,
  met_through TEXT NOT NULL,
  hash INTEGER NOT NULL,
  sources INTEGER NOT NULL
) STRICT;
CREATE TABLE meeting_person (
  meeting INTEGER NOT NULL REFERENCES meeting(id) ON DELETE CASCADE,
  person INTEGER NOT NULL,
  PRIMARY KEY (meeting, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE invitation (
  id INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  direction INTEGER NOT NULL,
  person INTEGER NOT NULL,
  at INTEGER,
  has_personal_message INTEGER NOT NULL,
  origin TEXT NOT NULL,
  note TEXT NOT NULL,
  hash INTEGER NOT NULL,
  sources INTEGER NOT NULL
) STRICT;

CREATE TABLE account (
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE ON UPDATE CASCADE,
  ordinal INTEGER NOT NULL,
  platform TEXT NOT NULL,
  native_id TEXT NOT NULL,
  handle TEXT NOT NULL,
  names TEXT NOT NULL,                       -- one a line
  evidence TEXT NOT NULL,
  last_used INTEGER,
  is_public INTEGER,
  password_known INTEGER,
  PRIMARY KEY (source, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE coverage (
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE ON UPDATE CASCADE,
  grp INTEGER NOT NULL,                      -- 0: the whole source
  ordinal INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  begins INTEGER,
  ends INTEGER,
  end_known INTEGER NOT NULL,
  PRIMARY KEY (source, grp, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantine (
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE ON UPDATE CASCADE,
  raw_hash INTEGER NOT NULL,
  entry TEXT NOT NULL,
  line INTEGER,
  record INTEGER,
  at_byte INTEGER,
  length INTEGER,
  reason TEXT NOT NULL,                      -- message
  hint TEXT NOT NULL,
  connector TEXT NOT NULL,
  connector_version INTEGER NOT NULL,
  PRIMARY KEY (source, raw_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE term (
  grp INTEGER NOT NULL,
  quarter INTEGER NOT NULL,                  -- year * 4 + quarter - 1, UTC
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE ON UPDATE CASCADE,
  approximate INTEGER NOT NULL DEFAULT 0,
  counts BLOB NOT NULL,                      -- store/encode.hpp
  PRIMARY KEY (grp, quarter, source)
) STRICT;
CREATE INDEX term_by_source ON term(source);

-- A cache: computed from the rows of the groups an import touched.
CREATE TABLE exchange (
  grp INTEGER NOT NULL,
  person INTEGER NOT NULL,
  day INTEGER NOT NULL,
  given INTEGER NOT NULL,
  received INTEGER NOT NULL,
  PRIMARY KEY (grp, person, day)
) STRICT, WITHOUT ROWID;

-- Rows of `source` gave way to those of a newer log.
CREATE TABLE superseded (
  source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE ON UPDATE CASCADE,
  successor INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE ON UPDATE CASCADE,
  PRIMARY KEY (source, successor)
) STRICT, WITHOUT ROWID;

-- Hers; groups are named by their text id, so that they outlive any source.
CREATE TABLE answer (
  grp TEXT NOT NULL,
  question TEXT NOT NULL,
  day INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (grp, question, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE alias (grp TEXT PRIMARY KEY, name TEXT, merged_into TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE kept_value (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- For a person with the sqlite3 shell; the program never reads it.
CREATE VIEW readable_activity AS
SELECT platform, key AS group_key, CASE WHEN at > -9223372036854775807 THEN datetime(at, 'unixepoch') END AS at, activity.id,
  (CASE (bits >> 2) & 7 WHEN 0 THEN 'post' WHEN 1 THEN 'comment' WHEN 2 THEN 'reply' WHEN 3 THEN 'reaction' WHEN 4 THEN 'share'
   WHEN 5 THEN 'vote' WHEN 6 THEN 'message' ELSE 'visit' END) AS kind,
  author, (bits >> 1) & 1 AS is_me, parent, words, (bits >> 6) & 1 AS mentions_me, (bits >> 7) & 1 AS replies_to_me,
  members AS sources
FROM activity JOIN grp ON grp.id = activity.grp JOIN source_set ON source_set.id = activity.sources;
)sql",
R"sql(
-- Hers: several accounts of one person ("platform:key"), and pairs that look alike and are two people.
CREATE TABLE person_alias (person TEXT PRIMARY KEY, merged_into TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE person_apart (a TEXT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID;
)sql",
R"sql(
ALTER TABLE activity ADD COLUMN sketch INTEGER;  -- of a longer text (text/shingles.hpp); NULL: short, or not computed
)sql"};

}  // namespace secateur

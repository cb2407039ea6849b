-- Our messages on the staff's side, by the name we know them under: the card of a case, an owner's
-- words, an interview. `wiped` says why a message must lose its words; it is then still to be done.
CREATE TABLE posts (
    reference TEXT PRIMARY KEY,
    key       TEXT NOT NULL,
    channel   TEXT NOT NULL,
    ts        TEXT NOT NULL,
    thread    TEXT NOT NULL DEFAULT '',  -- the name of the post whose thread it is in
    wiped     TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE INDEX posts_by_place ON posts (channel, ts);
CREATE INDEX posts_by_key ON posts (key);
CREATE INDEX posts_by_thread ON posts (thread);

-- Whose conversation a case is in; the case itself is part of the conversation.
CREATE TABLE cases (
    id        TEXT PRIMARY KEY,
    key       TEXT NOT NULL,
    open      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX cases_by_key ON cases (key);

-- What is to happen at a time: a promised answer, the daily post.
CREATE TABLE timers (
    name TEXT PRIMARY KEY,
    key  TEXT NOT NULL,
    due  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX timers_by_due ON timers (due);

-- Counts by Japanese day; no people in them.
CREATE TABLE tallies (
    day   TEXT NOT NULL,
    name  TEXT NOT NULL,
    value TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (day, name, value)
) STRICT, WITHOUT ROWID;

-- Answers on their way from a staff member's interview to an owner, by the code that fetches them.
CREATE TABLE codes (
    code    TEXT PRIMARY KEY,
    flow    TEXT NOT NULL,
    answers TEXT NOT NULL,
    until   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What staff corrected in the knowledge, as JSON, in order.
CREATE TABLE amendments (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    content TEXT NOT NULL
) STRICT;

-- How a staff member is shown to owners.
CREATE TABLE staff (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    icon_url TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The person a delivery is about (an owner's words on their way to staff) and the message it
-- repeats, so that forgetting and unsending reach it.
ALTER TABLE outbox ADD COLUMN about TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN message_id TEXT NOT NULL DEFAULT '';

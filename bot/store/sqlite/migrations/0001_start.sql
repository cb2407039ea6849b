-- Conversations by channel and person; `state` is JSON: answers in bands, no names, no amounts.
CREATE TABLE conversations (
    key       TEXT PRIMARY KEY,
    state     TEXT NOT NULL,
    last_seen TEXT
) STRICT;

-- Events already answered, so that a redelivery is not answered again.
CREATE TABLE seen (
    event_id TEXT PRIMARY KEY,
    seen_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX seen_at ON seen (seen_at);

-- Messages taken back by their sender; one that arrives later is not read.
CREATE TABLE unsent (
    message_id TEXT PRIMARY KEY,
    unsent_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Replies accepted but not delivered yet; `due` is null when a delivery was given up.
CREATE TABLE outbox (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    key       TEXT NOT NULL,
    outgoing  TEXT NOT NULL,
    retry_key TEXT NOT NULL,
    attempts  INTEGER NOT NULL DEFAULT 0,
    created   TEXT NOT NULL,
    due       TEXT,
    error     TEXT NOT NULL DEFAULT '',
    held       INTEGER NOT NULL DEFAULT 0,  -- by the monthly quota
    token_gone INTEGER NOT NULL DEFAULT 0   -- only a push is left
) STRICT;

CREATE INDEX outbox_by_key ON outbox (key);

-- Questions without an answer, for staff to answer; `message_id` so that they can be unsent.
CREATE TABLE unanswered (
    id         INTEGER PRIMARY KEY,
    key        TEXT NOT NULL,
    message_id TEXT NOT NULL,
    question   TEXT NOT NULL,
    asked_at   TEXT NOT NULL
) STRICT;

-- Lists of unanswered questions that staff were shown, by the name of their post, so that they can be
-- drawn anew: `groups` are the ids of the questions, group by group, `done` what was done, by group.
CREATE TABLE lists (
    reference TEXT PRIMARY KEY,
    channel   TEXT NOT NULL,
    groups    TEXT NOT NULL,
    more      INTEGER NOT NULL,
    done      TEXT NOT NULL DEFAULT '{}'
) STRICT, WITHOUT ROWID;

-- The number of a question is never given to another: a list may still name it.
CREATE TABLE numbered (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    key        TEXT NOT NULL,
    message_id TEXT NOT NULL,
    question   TEXT NOT NULL,
    asked_at   TEXT NOT NULL
) STRICT;
INSERT INTO numbered SELECT id, key, message_id, question, asked_at FROM unanswered;
DROP TABLE unanswered;
ALTER TABLE numbered RENAME TO unanswered;

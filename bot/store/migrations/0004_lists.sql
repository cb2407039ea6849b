-- Lists of unanswered questions that staff were shown, by the name of their post, so that they can be
-- drawn anew: `groups` are the ids of the questions, group by group, `done` what was done, by group.
CREATE TABLE lists (
    reference TEXT PRIMARY KEY,
    channel   TEXT NOT NULL,
    groups    TEXT NOT NULL,
    more      INTEGER NOT NULL,
    done      TEXT NOT NULL DEFAULT '{}'
) STRICT, WITHOUT ROWID;

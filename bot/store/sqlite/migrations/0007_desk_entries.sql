-- What the desk has set for itself: saved replies, its hours. `content` is JSON; `staff` is whose it is
-- alone, '' where it is everybody's.
CREATE TABLE desk_entries (
    kind    TEXT NOT NULL,
    name    TEXT NOT NULL,
    content TEXT NOT NULL,
    staff   TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

-- What the desk has set for itself: saved replies, its hours. `content` is JSON; `staff` is whose it is
-- alone, '' where it is everybody's.
CREATE TABLE desk_entries (
    kind    text NOT NULL,
    name    text NOT NULL,
    content text NOT NULL,
    staff   text NOT NULL DEFAULT '',
    PRIMARY KEY (kind, name)
);

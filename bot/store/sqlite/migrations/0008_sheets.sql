-- Sheets that can be opened as a page: found by the hash of the page's token, never by the person; the
-- token itself is kept nowhere. `content` is what stands on the sheet, sealed where there is a key.
CREATE TABLE sheets (
    hash    TEXT PRIMARY KEY,
    key     TEXT NOT NULL,
    content TEXT NOT NULL,
    until   TEXT NOT NULL
) STRICT;

CREATE INDEX sheets_by_key ON sheets (key);

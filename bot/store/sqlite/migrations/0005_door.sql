-- By when an answer was promised in a case, '' once a person has answered: so that cases can be
-- counted without reading conversations.
ALTER TABLE cases ADD COLUMN promised TEXT NOT NULL DEFAULT '';

UPDATE cases SET promised = coalesce((
    SELECT strftime('%Y-%m-%dT%H:%M:%S+00:00', json_extract(state, '$.case.promised_by'))
    FROM conversations
    WHERE conversations.key = cases.key
        AND json_extract(state, '$.case.id') = cases.id
        AND json_extract(state, '$.case.first_reply_at') IS NULL
), '');

-- What this store knows and nobody else: a secret for the names of people in logs, and by which keys
-- words are kept. Every process that uses the store shares them.
CREATE TABLE secrets (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

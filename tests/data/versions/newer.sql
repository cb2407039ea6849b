-- What a later version may do while an earlier one serves: columns with a value of their own, an
-- index, another table.
ALTER TABLE conversations ADD COLUMN region text NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN urgent boolean NOT NULL DEFAULT false;
ALTER TABLE posts ADD COLUMN made timestamptz NOT NULL DEFAULT now();
ALTER TABLE seen ADD COLUMN place text NOT NULL DEFAULT '';
ALTER TABLE timers ADD COLUMN made timestamptz NOT NULL DEFAULT now();
CREATE INDEX outbox_urgent ON outbox (id) WHERE urgent;
CREATE TABLE regions (name text PRIMARY KEY);

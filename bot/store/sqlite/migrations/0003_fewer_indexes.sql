-- Each event paid for both: the hourly tidying can read all of `seen`, and the outbox is nearly
-- always almost empty.
DROP INDEX seen_at;
DROP INDEX outbox_by_key;

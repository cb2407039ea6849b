-- Who is forgotten loses their timers: without this, all of them are read for each.
CREATE INDEX timers_by_key ON timers (key);

"""Delete expired rows and add up counts, a little at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from bot.model.business_hours import JAPAN
from bot.store.postgresql.database import Connection, Database

LOOKED_AT = 2000
"""Rows of one statement, so that a large table meets no deadline."""

_IDLE = "SELECT key, last_seen < $3 AS idle FROM conversations WHERE key > $1 ORDER BY key LIMIT $2"

# In the order of the key, so that no index is needed; no row when there is nothing more to look at.
_DELETE_SEEN = """
WITH page AS (
    SELECT event_id, seen_at FROM seen WHERE event_id > $1 ORDER BY event_id LIMIT $2
), gone AS (
    DELETE FROM seen USING page WHERE seen.event_id = page.event_id AND page.seen_at < $3
)
SELECT event_id FROM page ORDER BY event_id DESC LIMIT 1
"""

_ADD_UP_ONES = """
WITH gone AS (
    DELETE FROM tallies WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM tallies WHERE count = 1 LIMIT $1 FOR UPDATE SKIP LOCKED
    )) RETURNING day, name, value, count
), put AS (
    INSERT INTO tallies (day, name, value, count)
    SELECT day, name, value, sum(count) FROM gone GROUP BY day, name, value
)
SELECT count(*) FROM gone
"""

_ADD_UP_SUMS = """
WITH many AS (
    SELECT day, name, value FROM tallies WHERE day >= $1
    GROUP BY day, name, value HAVING count(*) > 1
), gone AS (
    DELETE FROM tallies USING many
    WHERE (tallies.day, tallies.name, tallies.value) = (many.day, many.name, many.value)
    RETURNING tallies.day, tallies.name, tallies.value, tallies.count
)
INSERT INTO tallies (day, name, value, count)
SELECT day, name, value, sum(count) FROM gone GROUP BY day, name, value
"""


async def find_idle(database: Database, before: datetime) -> AsyncIterator[str]:
    """Find whose conversations have been idle since before this time."""
    place = ""
    while rows := await database.fetch(_IDLE, place, LOOKED_AT, before):
        place = rows[-1]["key"]
        for row in rows:
            if row["idle"]:
                yield row["key"]


async def is_idle(connection: Connection, key: str, before: datetime) -> bool:
    """Tell whether this conversation is still there and idle."""
    idle = "SELECT 1 FROM conversations WHERE key = $1 AND last_seen < $2"
    return await connection.fetchval(idle, key, before) is not None


async def delete_seen(database: Database, before: datetime) -> None:
    """Delete the events seen, and the messages unsent, before this time."""
    place = ""
    while row := await database.fetch_one(_DELETE_SEEN, place, LOOKED_AT, before):
        place = row["event_id"]
    await database.fetch("DELETE FROM unsent WHERE unsent_at < $1", before)


async def add_up_tallies(database: Database, now: datetime) -> None:
    """Make one row of all that counts the same on a day.

    Rows that turns add meanwhile, or another process is adding up, are left to the next time.
    """
    while (row := await database.fetch_one(_ADD_UP_ONES, LOOKED_AT)) and row[0] == LOOKED_AT:
        pass
    lately = now.astimezone(JAPAN).date() - timedelta(days=2)
    await database.fetch(_ADD_UP_SUMS, lately)

"""Delete what has had its time, and add up what was counted."""

from __future__ import annotations

from datetime import datetime

from bot.store.postgresql.database import Connection, Database, did


async def list_idle(database: Database, before: datetime) -> tuple[str, ...]:
    """List whose conversations have been idle since before this time."""
    rows = await database.fetch("SELECT key FROM conversations WHERE last_seen < $1", before)
    return tuple(row["key"] for row in rows)


async def is_idle(connection: Connection, key: str, before: datetime) -> bool:
    """Tell whether this conversation is still there and idle."""
    idle = "SELECT 1 FROM conversations WHERE key = $1 AND last_seen < $2"
    return await connection.fetchval(idle, key, before) is not None


async def delete_seen(connection: Connection, before: datetime) -> None:
    """Delete the events seen, and the messages unsent, before this time."""
    await connection.execute("DELETE FROM seen WHERE seen_at < $1", before)
    await connection.execute("DELETE FROM unsent WHERE unsent_at < $1", before)


async def add_up_tallies(connection: Connection) -> bool:
    """Make one row of all that counts the same on a day; tell whether there was any to add up.

    Rows that turns add meanwhile, or another process is adding up, are left to the next time.
    """
    return await did(
        connection,
        """
        WITH many AS (
            SELECT day, name, value FROM tallies GROUP BY day, name, value HAVING count(*) > 1
        ), gone AS (
            DELETE FROM tallies USING many
            WHERE (tallies.day, tallies.name, tallies.value) = (many.day, many.name, many.value)
            RETURNING tallies.*
        )
        INSERT INTO tallies SELECT day, name, value, sum(count) FROM gone GROUP BY day, name, value
        """,
    )

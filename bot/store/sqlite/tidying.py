"""Delete expired rows a little at a time, so that no turn waits long."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.store.sqlite.group_commit import GroupCommit

LOOKED_AT = 250
"""Rows looked at in one go. That takes milliseconds, or tens of them where all go."""

REST = 0.05
"""Seconds between one go and the next."""


@dataclass(frozen=True)
class Aging:
    """Describe a table whose rows expire, by the columns of place, name and time.

    Rows are looked at in the order in which the table keeps them, so that no index is needed and no
    row is read twice.
    """

    table: str
    place: str
    name: str
    since: str
    first: str | int

    def delete_from(self, commit: GroupCommit) -> Callable[[str], object]:
        """Make the function that deletes a row by its name."""
        delete = f"DELETE FROM {self.table} WHERE {self.name} = ?"  # noqa: S608 - our own names
        return lambda name: commit.run(delete, (name,))


CONVERSATIONS = Aging("conversations", "rowid", "key", "last_seen", 0)
SEEN = Aging("seen", "event_id", "event_id", "seen_at", "")
UNSENT = Aging("unsent", "message_id", "message_id", "unsent_at", "")


async def delete_old(
    commit: GroupCommit, aging: Aging, before: str, delete: Callable[[str], object] | None = None
) -> int:
    """Delete the rows from before this time and return their number.

    `delete` is told the name of each, where more than the row has to go.
    """
    look = (
        f"SELECT {aging.name}, {aging.since}, {aging.place} FROM {aging.table} "  # noqa: S608 - our own names
        f"WHERE {aging.place} > ? ORDER BY {aging.place} LIMIT ?"
    )
    gone, place = 0, aging.first
    while rows := commit.run(look, (place, LOOKED_AT)).fetchall():
        old = [name for name, since, _ in rows if since < before]
        if old:
            await _delete_together(commit, old, delete or aging.delete_from(commit))
        gone, place = gone + len(old), rows[-1][-1]
        await asyncio.sleep(REST)
    return gone


async def _delete_together(
    commit: GroupCommit, names: list[str], delete: Callable[[str], object]
) -> None:
    commit.begin()
    for each in names:
        delete(each)
    await commit.committed()

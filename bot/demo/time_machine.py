"""Let time pass at a wish, three years of reminders in a minute.

The bot's server and the fake LINE are moved together, from one reminder to the next: a service that
is there all the time sees each at its hour.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock import read_ahead
from bot.model.follow_up import TIMER

LOOK_SECONDS = 0.05
"""Seconds between two looks."""

PATIENCE = 20.0
"""Seconds the bot may take for one reminder. It looks every two."""

MOST_DAYS = 4000


class TimeMachine:
    """Move the clock of the demo.

    `file` is read by the bot's server, `advance` moves LINE's clock.
    """

    def __init__(self, file: Path, database: Path, advance: Callable[[float], None]) -> None:
        self._file, self._database, self._advance = file, database, advance
        self._moving = asyncio.Lock()

    @property
    def now(self) -> datetime:
        """Tell the demo's time."""
        return datetime.now(UTC) + read_ahead(self._file)

    async def pass_days(self, days: int) -> datetime:
        """Let days pass with every reminder on the way, and return the new time.

        Raises ValueError for no days or too many.
        """
        if not 0 < days <= MOST_DAYS:
            raise ValueError(f"expected 1 to {MOST_DAYS} days")
        async with self._moving:
            until = self.now + timedelta(days=days)
            while (due := self._next_reminder()) and due <= until:
                self._move_to(due + timedelta(seconds=1))
                await self._wait_until_moved_on(due)
            self._move_to(until)
        return until

    def _move_to(self, moment: datetime) -> None:
        by = max(moment - self.now, timedelta())
        self._file.write_text(str((read_ahead(self._file) + by).total_seconds()), "ascii")
        self._advance(by.total_seconds())

    def _next_reminder(self) -> datetime | None:
        """Read the next reminder of anybody."""
        return self._earliest(
            "SELECT min(due) FROM timers WHERE substr(name, 1, ?) = ?", len(TIMER), TIMER
        )

    def _is_sending(self) -> bool:
        """Tell whether anything waits to be sent that is due."""
        due = self._earliest("SELECT min(due) FROM outbox WHERE due IS NOT NULL")
        return due is not None and due <= self.now

    def _earliest(self, query: str, *values: object) -> datetime | None:
        """Read a moment without touching the store."""
        address = f"{self._database.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
            (found,) = connection.execute(query, values).fetchone()
        return datetime.fromisoformat(found) if found else None

    async def _wait_until_moved_on(self, due: datetime) -> None:
        """Wait until the bot has handled the reminder, and it has arrived.

        One on its way while time goes on would arrive at another hour, or be too late. A bot that
        is down leaves it, and time passes anyway.
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while self._next_reminder() == due or self._is_sending():  # noqa: ASYNC110 - another process writes the store
                    await asyncio.sleep(LOOK_SECONDS)

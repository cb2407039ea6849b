"""Time goes on in the demo only once a reminder has arrived, so that each bears its own hour."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.demo.time_machine import TimeMachine
from bot.model.follow_up import TIMER


class Bot:
    """A bot that says its one reminder, and sends it after the timer is gone."""

    def __init__(self, database: Path, machine: TimeMachine) -> None:
        self.file, self.machine = database, machine
        self.arrived_at: datetime | None = None

    def run(self, statement: str, *values: object) -> None:
        with sqlite3.connect(self.file) as connection:
            connection.execute(statement, values)

    async def work(self, due: datetime) -> None:
        while self.machine.now < due:
            await asyncio.sleep(0.01)
        self.run("INSERT INTO outbox VALUES (?)", self.machine.now.isoformat())
        self.run("DELETE FROM timers")
        for _ in range(20):  # longer than the machine takes for its next look
            await asyncio.sleep(0.01)
        self.arrived_at = self.machine.now
        self.run("DELETE FROM outbox")


def test_time_machine_waits_until_a_reminder_has_arrived(tmp_path: Path) -> None:
    database = tmp_path / "demo.db"
    machine = TimeMachine(tmp_path / "clock", database, lambda _: None)
    bot = Bot(database, machine)
    bot.run("CREATE TABLE timers (name TEXT, due TEXT)")
    bot.run("CREATE TABLE outbox (due TEXT)")
    due = datetime.now(UTC) + timedelta(days=3)
    bot.run("INSERT INTO timers VALUES (?, ?)", f"{TIMER}1", due.isoformat())

    async def live() -> datetime:
        working = asyncio.create_task(bot.work(due))
        until = await machine.pass_days(90)
        await working
        return until

    until = asyncio.run(live())
    assert bot.arrived_at is not None
    assert bot.arrived_at - due < timedelta(hours=1)
    assert machine.now >= until

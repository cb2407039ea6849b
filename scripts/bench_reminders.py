"""Measure a day's reminders of 100,000 owners, by `make bench`.

They are found and queued beside the turns of others. Counts are ratios against bare turns of the
same store in the same run; the whole must take under half a minute.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.channels import Quota
from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation
from bot.model.follow_up import FollowUp, follow_up_id
from bot.model.messages import Reply, Speaker
from bot.runtime.advisor import Advisor
from bot.runtime.conversation_service import ConversationService
from bot.runtime.reminders import Allowance, make_reminder_handler
from bot.runtime.scheduler import run_due_timers
from bot.store import Delivery, Incoming, Outgoing, Store, TurnResult
from bot.store.opening import open_store
from bot.store.records import Timer
from flows.keiei.programme import KEIEI
from knowledge import library

OWNERS, DUE = 100_000, 2_500
"""Owners, and those due on one day.

At the worst all have March as the end of their year: 2,500 a day are 50,000 in a month of 20 days.
"""

LONGEST_SECONDS = 30.0
AT_ONCE = 2_000
AGREED = datetime(2026, 11, 30, 11, 0, tzinfo=JAPAN)
TODAY = datetime(2027, 5, 31, 11, 0, tzinfo=JAPAN)
EVENING = TODAY.replace(hour=15, minute=30)


class Line:
    """A channel that only writes down what is pushed."""

    def write(self, key: str, replies: tuple[Reply, ...], _: Speaker | None) -> Outgoing:
        """Write the replies."""
        return Outgoing("line", [{"text": each.text} for each in replies], key=key)


@dataclass
class Neighbour:
    """Write all the while, and note the seconds of each turn."""

    store: Store
    seconds: list[float] = field(default_factory=list)
    turns: int = 0

    async def write(self) -> None:
        """Do one turn that only says that they were here."""
        self.turns += 1
        began = time.perf_counter()
        incoming = Incoming(f"neighbour {self.turns}", "line:neighbour")
        await self.store.turn(
            incoming, lambda each: TurnResult(replace(each, last_seen=EVENING)), EVENING
        )
        self.seconds.append(time.perf_counter() - began)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[list[float]]:
        """Write on, a hundred times a second at most, while the body runs."""
        self.seconds = []
        going = asyncio.create_task(self._write_on())
        try:
            yield self.seconds
        finally:
            going.cancel()
            await asyncio.gather(going, return_exceptions=True)

    async def _write_on(self) -> None:
        while True:
            await self.write()
            await asyncio.sleep(0.01)


async def fill_store(store: Store) -> None:
    """Let all owners agree, `DUE` of them with a reminder today.

    The others have theirs in half a year.
    """
    for begin in range(0, OWNERS, AT_ONCE):
        await asyncio.gather(*(_follow(store, number) for number in range(begin, begin + AT_ONCE)))


async def _follow(store: Store, number: int) -> None:
    key, is_due = f"line:U{number}", number < DUE
    year_end = date(2027, 3, 31) if is_due else date(2027, 9, 30)
    follow_up = FollowUp(follow_up_id(key, AGREED), agreed_at=AGREED, called=True)
    followed = follow_up.named("fiscal_end", year_end, AGREED)
    due = TODAY if is_due else TODAY + timedelta(days=180)
    conversation = Conversation(key, last_seen=AGREED, follow_up=followed)
    records = (Timer(followed.timer, due, key),)
    await store.commit(
        Incoming(f"e{number}", key), TurnResult(conversation, records=records), AGREED
    )


async def measure(folder: Path) -> bool:
    """Measure once, print it, and tell whether it was fast enough."""
    store = open_store(f"sqlite:///{folder}/navi.db", (), up_to_date=True)
    known, queued = library.load(), list[Delivery]()
    service = ConversationService(
        store,
        Advisor(lambda: known, KEIEI),
        lambda: {"line": Line()},
        queued.extend,
        lambda: EVENING,
    )

    async def quota() -> Quota:
        return Quota(0, 1_000_000)

    handlers = {"follow": make_reminder_handler(service, Allowance(quota))}
    await fill_store(store)
    neighbour = Neighbour(store)
    async with neighbour.writing() as alone:
        await asyncio.sleep(2)
    began = time.perf_counter()
    found = len(await store.records.list_due_timers(EVENING))
    finding = time.perf_counter() - began
    async with neighbour.writing() as beside:
        began = time.perf_counter()
        await run_due_timers(store, handlers, EVENING)
        seconds = time.perf_counter() - began
    await store.close()
    _report(found, len(queued), finding, seconds, alone, beside)
    return len(queued) == DUE and seconds < LONGEST_SECONDS


def _report(
    found: int, queued: int, finding: float, seconds: float, alone: list[float], beside: list[float]
) -> None:
    bare, waited = statistics.median(alone), statistics.median(beside)
    print(f"{OWNERS:,} owners followed up; {found:,} due today, found in {1e3 * finding:.0f} ms")
    print(f"{queued:,} queued in {seconds:.1f} s: {seconds / queued / bare:.1f} bare turns each")
    print(
        f"a turn of somebody else meanwhile: median {waited / bare:.1f}, "
        f"worst {max(beside) / bare:.0f} bare turns"
    )


def main() -> int:
    """Measure, and return 1 when it took too long."""
    with tempfile.TemporaryDirectory() as folder:
        return 0 if asyncio.run(measure(Path(folder))) else 1


if __name__ == "__main__":
    sys.exit(main())

"""One file and three stores on a database keep the same conversations of a day.

Every message comes twice, to two stores at once. During the day one store closes and another takes its
place, and the database crashes. `make chaos` sets CHAOS_OWNERS for a day of many.
"""

import asyncio
import contextlib
import itertools
import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.model.conversation import Conversation, to_dict
from bot.model.messages import typed
from bot.runtime.advisor import Advisor
from bot.store import Incoming, Store, StoreError, TurnResult
from bot.store.opening import open_store
from flows.keiei.programme import KEIEI
from knowledge import library
from tests.bot.postgresql import empty_database, server

MORNING = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
OWNERS = [f"line:U{number}" for number in range(int(os.environ.get("CHAOS_OWNERS", "8")))]
A_PROCESS_ENDS, THE_DATABASE_CRASHES = 3, 6
"""Before which line of the day."""
DAY = (
    "返済が遅れてて、3割くらい落ちた",
    "お客さんが減った",
    "費用はいくらかかりますか",
    "戻る",
    "人件費と電気代",
    "松山市の飲食店で3人です",
    "まだ計画はない",
    "赤字",
    "消して",
)
"""Messages of owners in turn, of whom each begins at another one."""


def test_a_day_is_the_same_on_one_file_and_on_three_that_share_a_database(tmp_path: Path) -> None:
    known = library.load()
    advisor = Advisor(lambda: known, KEIEI, per_minute=20)
    alone = asyncio.run(_play([f"sqlite:///{tmp_path}/navi.db"], advisor, lambda: None))
    with server() as found, empty_database(found.address) as address:
        together = asyncio.run(_play([address] * 3, advisor, found.restart))
    assert together == alone
    assert sum("answers" in each for each in alone) > 2


async def _play(
    urls: Sequence[str], advisor: Advisor, crash: Callable[[], None]
) -> list[dict[str, object]]:
    """Let every owner send every message to two stores, and return the conversations."""
    stores = [open_store(url, up_to_date=True) for url in urls]
    try:
        for each in stores:
            await each.claim(frozenset, 1)
        turns = itertools.count()
        for line in range(len(DAY)):
            now = MORNING + timedelta(minutes=line)
            if line == A_PROCESS_ENDS:
                await stores[-1].close()
                stores[-1] = open_store(urls[-1])
            said = [
                _say(stores[(next(turns) + copy) % len(stores)], owner, words, line, now, advisor)
                for place, owner in enumerate(OWNERS)
                for copy in range(2)
                for words in [DAY[(line + place) % len(DAY)]]
            ]
            crashes = [asyncio.to_thread(crash)] if line == THE_DATABASE_CRASHES else []
            await asyncio.gather(*crashes, *said)
        return [to_dict(await stores[0].load_conversation(owner)) for owner in OWNERS]
    finally:
        for each in stores:
            await each.close()


async def _say(
    store: Store, owner: str, words: str, line: int, now: datetime, advisor: Advisor
) -> None:
    incoming = Incoming(f"{owner}-{line}", owner)

    def step(conversation: Conversation) -> TurnResult:
        turn = advisor.answer(conversation, typed(words), now)
        return advisor.work(conversation, turn, incoming, now)

    async with asyncio.timeout(120):
        while True:
            with contextlib.suppress(StoreError):
                await store.turn(incoming, step, now)
                return
            await asyncio.sleep(0.1)  # as a platform: what was not taken comes again

"""One file and three stores on a database keep the same conversations of a day."""

import asyncio
import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.model.conversation import Conversation, to_dict
from bot.model.messages import typed
from bot.runtime.advisor import Advisor
from bot.store import Incoming, Store, TurnResult
from bot.store.opening import open_store
from flows.keiei.programme import KEIEI
from knowledge import library
from tests.bot.postgresql import empty_database, server

MORNING = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
OWNERS = [f"line:U{number}" for number in range(6)]
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
    alone = asyncio.run(_play([f"sqlite:///{tmp_path}/navi.db"], advisor))
    with server() as found, empty_database(found.address) as address:
        together = asyncio.run(_play([address] * 3, advisor))
    assert together == alone
    assert sum("answers" in each for each in alone) > 2


async def _play(urls: Sequence[str], advisor: Advisor) -> list[dict[str, object]]:
    """Let every owner send every message, and return the conversations.

    Each line goes to the next store.
    """
    stores = [open_store(url, up_to_date=True) for url in urls]
    try:
        for each in stores:
            await each.claim(frozenset, 1)
        turns, minutes = itertools.cycle(stores), itertools.count()
        for line in range(len(DAY)):
            now = MORNING + timedelta(minutes=next(minutes))
            await asyncio.gather(
                *(
                    _say(next(turns), owner, DAY[(line + place) % len(DAY)], line, now, advisor)
                    for place, owner in enumerate(OWNERS)
                )
            )
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

    await store.turn(incoming, step, now)

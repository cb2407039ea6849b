"""One file and three stores on a database keep the same conversations and deliveries of a day.

Owners write, and staff take cases, answer and hand back. Everything comes twice, to two stores at
once. During the day one store closes and another takes its place, and the database crashes.
`make chaos` sets CHAOS_OWNERS for a day of many.
"""

import asyncio
import contextlib
import itertools
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path

import pytest

from bot.channels.slack.desk.posts import DeskPosts
from bot.handoff import case_life
from bot.handoff.case_life import Staff
from bot.handoff.refusals import Refused
from bot.model.conversation import Conversation, to_dict
from bot.model.messages import Reply, Speaker, typed
from bot.model.turn import Turn
from bot.runtime.advisor import Advisor
from bot.runtime.conversation_service import ConversationService
from bot.store import Incoming, Outgoing, Store, StoreError, TurnResult
from bot.store.opening import open_store
from flows.keiei.programme import KEIEI
from knowledge import library
from tests.bot.channels.serving import LONGEST
from tests.bot.postgresql import empty_database, server

MORNING = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
OWNERS = [f"line:U{number}" for number in range(int(os.environ.get("CHAOS_OWNERS", "8")))]
STAFF = [
    Staff(f"U0STAFF{number}", Speaker(f"相談員{number}"))
    for number in range(max(2, len(OWNERS) // 25))
]
ANSWER = "本日中に、こちらからお電話します。"
A_PROCESS_ENDS, THE_DATABASE_CRASHES = 3, 6
"""Before which line of the day."""


class Act(Enum):
    """What a member of staff does with the case of an owner, where they have one."""

    TAKE = "take"
    ANSWER = "answer"
    HAND_BACK = "hand back"


DAY = (
    "返済が遅れてて、3割くらい落ちた",
    "お客さんが減った",
    "費用はいくらかかりますか",
    "戻る",
    "人件費と電気代",
    "人と話したい",
    "はい、つないでください",
    Act.TAKE,
    "明日までに返事がほしいです",
    Act.ANSWER,
    Act.HAND_BACK,
    "松山市の飲食店で3人です",
    "まだ計画はない",
    "赤字",
    "消して",
)
"""What happens to each owner in turn, of whom each begins at another place."""

APART = 2
"""So that some say 消して early in the day, and all that comes after stays."""


@pytest.mark.timeout(300 + 2 * len(OWNERS))
def test_a_day_is_the_same_on_one_file_and_on_three_that_share_a_database(tmp_path: Path) -> None:
    known = library.load()
    advisor = Advisor(lambda: known, KEIEI, per_minute=20)
    advisor = replace(advisor, desk=DeskPosts("C0DESK", advisor.context))
    alone = asyncio.run(_play([f"sqlite:///{tmp_path}/navi.db"], advisor, lambda: None))
    with server() as found, empty_database(found.address) as address:
        together = asyncio.run(_play([address] * 3, advisor, found.restart))
    assert together == alone
    conversations, deliveries = alone
    assert sum("answers" in each for each in conversations) > 2
    words = str(deliveries)
    assert all(each in words for each in (ANSWER, "相談員0", "明日までに返事"))


Kept = tuple[list[dict[str, object]], dict[str, list[object]]]
"""The conversations, and what is to be sent to each, in order."""


class Line:
    """A channel that writes words and sends nothing."""

    def write(self, key: str, replies: tuple[Reply, ...], speaker: Speaker | None) -> Outgoing:
        name = speaker.name if speaker else ""
        return Outgoing("line", [{"from": name, "text": each.text} for each in replies], key=key)


async def _play(urls: Sequence[str], advisor: Advisor, crash: Callable[[], None]) -> Kept:
    """Let everything happen to every owner at two stores, and return what they keep."""
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
            done = [
                _repeat(_do(stores[(next(turns) + copy) % len(stores)], place, line, now, advisor))
                for place in range(len(OWNERS))
                for copy in range(2)
            ]
            crashes = [asyncio.to_thread(crash)] if line == THE_DATABASE_CRASHES else []
            await asyncio.gather(*crashes, *done)
        return await _read(stores[0])
    finally:
        for each in stores:
            await each.close()


async def _read(store: Store) -> Kept:
    deliveries: dict[str, list[object]] = {}
    for each in await store.list_undelivered():
        deliveries.setdefault(each.key, []).append(each.outgoing.messages)
    return [to_dict(await store.load_conversation(owner)) for owner in OWNERS], deliveries


def _do(
    store: Store, place: int, line: int, now: datetime, advisor: Advisor
) -> Callable[[], Awaitable[object]]:
    """Make the work of what happens to an owner at this line of the day."""
    owner, what = OWNERS[place], DAY[(line + APART * place) % len(DAY)]
    incoming = Incoming(f"{owner}-{line}", owner)
    if isinstance(what, Act):
        service = ConversationService(store, advisor, lambda: {"line": Line()}, lambda _: None)
        decide = _decide(what, STAFF[place % len(STAFF)], now)
        return lambda: service.carry_out(incoming, decide, now)

    def step(conversation: Conversation) -> TurnResult:
        turn = advisor.answer(conversation, typed(what), now)
        said = (Line().write(owner, turn.replies, turn.speaker),)
        return advisor.work(conversation, turn, incoming, now, said)

    return lambda: store.turn(incoming, step, now)


def _decide(what: Act, staff: Staff, now: datetime) -> Callable[[Conversation], Turn | Refused]:
    match what:
        case Act.TAKE:
            return lambda each: case_life.claim(each, staff, now)
        case Act.ANSWER:
            return lambda each: case_life.reply(each, staff, ANSWER, now)
        case Act.HAND_BACK:
            return lambda each: case_life.hand_back(each, now, KEIEI)


async def _repeat(work: Callable[[], Awaitable[object]]) -> None:
    """Do it as a platform: what was not taken comes again."""
    async with asyncio.timeout(LONGEST):
        while True:
            with contextlib.suppress(StoreError):
                await work()
                return
            await asyncio.sleep(0.1)

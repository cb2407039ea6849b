"""Notes, replies and first responses at the desk are counted once, however often told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot import metrics
from bot.store.records import CaseCounts
from knowledge import library
from tests.bot.channels.slack.in_process import room
from tests.bot.channels.slack.serving import DESK, HANAKO, TARO

LIBRARY = library.load()
NAMES = (
    "kaizen_navi_notes_total",
    "kaizen_navi_staff_replies_total",
    "kaizen_navi_first_response_seconds_count",
)


def counted() -> Callable[[], list[float]]:
    """Return a function that gives the growth of each of `NAMES` since now."""
    before = [metrics.registry.get_sample_value(name) or 0 for name in NAMES]

    def since() -> list[float]:
        now = [metrics.registry.get_sample_value(name) or 0 for name in NAMES]
        return [after - first for after, first in zip(now, before, strict=True)]

    return since


def test_notes_and_replies_are_counted_once() -> None:
    async def told() -> None:
        async with room(lambda: LIBRARY) as place:
            for text in ("人と話したい", "はい"):
                await place.line.send_text("幸子", text)
                await place.settled()
            (card,) = place.slack.messages(DESK)
            since = counted()

            async def write(user: str, text: str) -> None:
                said = await place.slack.say(user, text, DESK, thread_ts=card.ts)
                await place.slack.post(said, retry=1)
                await place.settled()

            await write(HANAKO, "まだメモ")
            assert since() == [1, 0, 0]
            await place.slack.press(HANAKO, DESK, card.ts, "担当する")
            await write(HANAKO, "// メモ")
            assert since() == [2, 0, 0]
            store, later = place.store, datetime.now(UTC) + timedelta(days=7)
            assert await store.records.count_cases(later) == CaseCounts(1, 1)
            await write(HANAKO, "こんにちは")
            assert await store.records.count_cases(later) == CaseCounts(1, 0)
            await write(HANAKO, "花子です")
            assert since() == [2, 2, 1]
            await write(TARO, "わたしも")  # asked about: neither yet
            assert since() == [2, 2, 1]
            (whisper,) = place.slack.ephemerals(TARO)
            await place.slack.press(TARO, DESK, whisper.ts, "メモのまま")
            assert since() == [3, 2, 1]

    asyncio.run(told())

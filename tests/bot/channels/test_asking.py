"""The check after kills and crashes finds what a broken store does."""

import asyncio
import contextlib
import itertools
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.channels.line.delivery_policy import LinePolicy
from bot.simulator.line.postman import Delivered
from bot.store.sqlite.store import SQLiteStore
from tests.bot.channels.asking import Asking, check_answers
from tests.bot.channels.line import serving
from tests.bot.channels.line.serving import Place
from tests.bot.channels.serving import idle

ANSWERS = {
    "使い方": "できること",
    "秘密は守られますか": "秘密を守る義務",
    "費用はいくらかかりますか": "協議会の窓口相談は無料です",
}
Break = Callable[[pytest.MonkeyPatch], None]


def nothing(_: pytest.MonkeyPatch) -> None:
    """A store that is whole."""


def forget_events(patch: pytest.MonkeyPatch) -> None:
    """A store that takes what was delivered again for something new."""
    patch.setattr(SQLiteStore, "_is_new", lambda *_: True)


def lose_deliveries(patch: pytest.MonkeyPatch) -> None:
    """A store that keeps a turn and not what it says, each third time."""
    write, times = SQLiteStore._write_once, itertools.count()  # noqa: SLF001 - it is broken on purpose

    def keep_less(self: SQLiteStore, incoming: Any, make: Callable[[], Any], now: Any) -> Any:
        less = (lambda: replace(make(), outgoing=())) if next(times) % 3 == 2 else make
        return write(self, incoming, less, now)

    patch.setattr(SQLiteStore, "_write_once", keep_less)


def send_newest_first(patch: pytest.MonkeyPatch) -> None:
    """An outbox that turns the order round."""
    patch.setattr(LinePolicy, "choose_next", lambda _, waiting, __: (waiting[-1],))


@pytest.mark.parametrize(
    "breaks",
    [nothing, forget_events, lose_deliveries, send_newest_first],
    ids=lambda each: each.__name__,
)
def test_check_of_answers_passes_on_a_whole_store_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, breaks: Break
) -> None:
    breaks(monkeypatch)

    async def scenario(place: Place) -> None:
        place.line.faults.add("reply", "slow", seconds=0.3)
        asks = Asking("客", place.line.send_text, *ANSWERS)
        for _ in range(6):
            assert await asks.ask_once()
        sent = [each for each in asks.sent if isinstance(each, Delivered)]
        await asyncio.gather(*map(place.line.redeliver, sent))
        await idle(place.database_url)
        found = contextlib.nullcontext() if breaks is nothing else pytest.raises(AssertionError)
        with found:
            check_answers(place.line, {"客": asks}, _seen(place.database_url), ANSWERS)

    serving.play(tmp_path, scenario)


def _seen(url: str) -> set[str]:
    with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
        return {row[0] for row in database.execute("SELECT event_id FROM seen")}

"""Every process answers with the amendments of staff, and a damaged row harms nobody."""

import asyncio
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.dialogue.faq.questions import answer_entries
from bot.dialogue.render import render
from bot.dialogue.respond import respond
from bot.model.conversation import Conversation
from bot.model.messages import Message
from bot.model.turn import Context
from bot.presentation import limits
from bot.runtime.library_cache import LibraryCache
from bot.store import Incoming, Store, TurnResult
from bot.store.opening import open_store
from bot.store.records import SaveAmendment
from flows.keiei.programme import KEIEI
from knowledge import library
from knowledge.amendments import (
    Amendment,
    NewEntry,
    PhoneConfirmed,
    PhoneCorrected,
    apply,
    as_dict,
    faults,
)
from knowledge.library import Library

NOW = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
TODAY = "2026-11-28"
ENTRY = NewEntry(
    by="佐藤花子",
    on=TODAY,
    question="猫カフェでも使えますか？",
    answer="使えます。猫の世話をする人も数えます。",
    source="中小企業庁に電話で確認",
)
CONFIRMED = PhoneConfirmed(by="佐藤花子", on=TODAY, code="28", number="078-303-5856")


async def amend(store: Store, *amendments: Amendment) -> None:
    """Store amendments by one turn of staff, as a channel does."""
    number = len(await store.records.list_amendments())
    records = tuple(SaveAmendment(as_dict(each)) for each in amendments)
    incoming = Incoming(f"amend-{number}", "slack:U1")
    await store.turn(incoming, lambda _: TurnResult(None, records=records), NOW)


def said(of: Library, *texts: str) -> str:
    """What an owner who sends these reads in the end."""
    conversation, read = Conversation("line:U1"), ""
    for text in texts:
        turn = respond(conversation, Message(text=text), Context(NOW, of, KEIEI))
        conversation = turn.conversation
        read = "\n".join(reply.text for reply in turn.replies)
    return read


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/navi.db"


def test_staff_amend_and_the_owner_s_next_question_is_answered_with_source_and_date(
    url: str,
) -> None:
    async def scenario() -> None:
        store = open_store(url, up_to_date=True)
        library_cache = LibraryCache(library.load, store.records.list_amendments)
        before = said(library_cache.library, "猫カフェなんですけど使えますか")
        await amend(store, ENTRY)
        assert await library_cache.refresh()
        after = said(library_cache.library, "猫カフェなんですけど使えますか")
        assert ENTRY.answer not in before
        assert ENTRY.answer in after
        assert "中小企業庁に電話で確認）（2026年11月28日）。確認日：2026年11月28日" in after
        assert "佐藤" not in after
        await store.close()

    asyncio.run(scenario())


def test_the_longest_that_a_form_takes_fits_every_channel() -> None:
    longest = replace(
        ENTRY, question="猫" * 60, answer="長い" * 250, source="源" * 200, confirm=True
    )
    assert faults(longest, library.load()) == {}
    amended = apply(library.load(), (longest,)).library
    context = Context(NOW, amended, KEIEI)
    step = answer_entries(Conversation("line:U1"), (amended.faq[longest.id],), context)
    turn = render(step, context)
    assert list(limits.faults("here", turn.replies)) == []


def test_a_number_confirmed_and_then_corrected_is_on_the_next_card(url: str) -> None:
    async def scenario() -> None:
        store = open_store(url, up_to_date=True)
        library_cache = LibraryCache(library.load, store.records.list_amendments)
        asked = ("窓口を探す", "神戸市")
        assert "2015年のチラシの番号" in said(library_cache.library, *asked)
        await amend(store, CONFIRMED)
        await library_cache.refresh()
        card = said(library_cache.library, *asked)
        assert "078-303-5856（スタッフが2026年11月28日に確かめた番号）" in card
        assert "先に確かめてください" not in card
        await amend(
            store,
            PhoneCorrected(
                by="田中", on="2026-11-29", code="28", old="078-303-5856", new="078-000-0000"
            ),
        )
        await library_cache.refresh()
        card = said(library_cache.library, *asked)
        assert "078-000-0000（スタッフが2026年11月29日に確かめた番号）" in card
        assert "078-303-5856" not in card
        assert "兵庫県経営改善支援センター" in card  # what the leaflet called it stays
        await store.close()

    asyncio.run(scenario())


def test_several_processes_come_to_the_same(url: str) -> None:
    async def scenario() -> None:
        stores = [open_store(url, up_to_date=True), open_store(url)]
        caches = [LibraryCache(library.load, store.records.list_amendments) for store in stores]
        await amend(stores[0], ENTRY, CONFIRMED)
        assert [await library_cache.refresh() for library_cache in caches] == [True, True]
        one, other = (library_cache.library for library_cache in caches)
        assert one.faq.entries == other.faq.entries
        assert (one.directory, one.sources) == (other.directory, other.sources)
        assert [await library_cache.refresh() for library_cache in caches] == [False, False]
        for store in stores:
            await store.close()

    asyncio.run(scenario())


def test_a_row_that_is_no_amendment_is_left_aside_and_logged_without_words(url: str) -> None:
    async def scenario() -> None:
        store = open_store(url, up_to_date=True)
        await amend(store, ENTRY)
        with sqlite3.connect(url.removeprefix("sqlite:///")) as database:
            database.execute('UPDATE amendments SET content = \'{"kind": "秘密"}\'')
        database.close()
        await amend(store, replace(ENTRY, question="犬カフェでも使えますか？"))
        library_cache = LibraryCache(library.load, store.records.list_amendments)
        with capture_logs() as logs:
            await library_cache.refresh()
        assert [each.field for each in library_cache.rejected] == ["kind"]
        assert ENTRY.answer in said(library_cache.library, "犬カフェでも使えますか？")
        (line,) = logs
        assert (line["amendments"], line["aside"]) == (2, {"unreadable": 1})
        await store.close()

    asyncio.run(scenario())


class Source:
    """Amendments as a store would read them, and how often they were read."""

    def __init__(self, *amendments: Amendment) -> None:
        self.rows: list[Mapping[str, Any]] = [as_dict(each) for each in amendments]
        self.reads = 0

    async def __call__(self) -> tuple[Mapping[str, Any], ...]:
        self.reads += 1
        await asyncio.sleep(0)
        return tuple(self.rows)


def test_refreshing_at_once_from_many_sides_does_the_work_once() -> None:
    async def scenario() -> None:
        source = Source(ENTRY)
        library_cache = LibraryCache(library.load, source)
        assert sorted(await asyncio.gather(*(library_cache.refresh() for _ in range(5)))) == [
            False, False, False, False, True,
        ]  # fmt: skip

    asyncio.run(scenario())


def test_while_the_index_is_built_the_loop_goes_on_and_the_old_library_answers() -> None:
    async def scenario() -> None:
        library_cache = LibraryCache(library.load, Source(ENTRY))
        before, rounds = library_cache.library, 0
        refreshing = asyncio.create_task(library_cache.refresh())
        while not refreshing.done():
            assert library_cache.library is before
            rounds += 1
            await asyncio.sleep(0)
        # Reading takes the loop two rounds or three; the rest it had to itself.
        assert rounds > 10
        assert library_cache.library is not before

    asyncio.run(scenario())


def test_a_number_alone_does_not_build_the_index_again() -> None:
    async def scenario() -> None:
        source = Source(ENTRY)
        library_cache = LibraryCache(library.load, source)
        await library_cache.refresh()
        faq = library_cache.library.faq
        source.rows.append(as_dict(CONFIRMED))
        await library_cache.refresh()
        assert library_cache.library.faq is faq

    asyncio.run(scenario())


def test_when_reading_fails_the_library_stays_and_the_next_refresh_works() -> None:
    async def scenario() -> None:
        source = Source(ENTRY)
        library_cache = LibraryCache(library.load, source)
        await library_cache.refresh()
        rows, source.rows = source.rows, None  # type: ignore[assignment]  # cannot be read
        with pytest.raises(TypeError):
            await library_cache.refresh()
        assert library_cache.library.faq.get(ENTRY.id)
        source.rows = [*rows, as_dict(CONFIRMED)]
        assert await library_cache.refresh()

    asyncio.run(scenario())

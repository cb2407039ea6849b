"""A database that an earlier version left is opened, continued and answered by today's.

The file was written by that version: owners at different steps, open cases, timers.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import bot.store
from bot.dialogue.respond import respond
from bot.handoff import case_life
from bot.model.conversation import Conversation, Mode
from bot.model.messages import Kind, Message, Reply, Speaker, typed
from bot.model.turn import Context, Turn
from bot.runtime.advisor import Advisor
from bot.runtime.conversation_service import ConversationService
from bot.runtime.scheduler import make_promise_handler, run_due_timers
from bot.store import Delivery, Incoming, Outgoing, Store, TurnResult
from bot.store.opening import migrate_store, open_store
from flows.keiei.programme import KEIEI
from knowledge import library

LEFT_BEHIND = Path(__file__).parents[2] / "data" / "versions" / "2026-11-28.sql"
NOW = datetime(2026, 12, 1, 0, 30, tzinfo=UTC)
LIBRARY = library.load()
CONTEXT = Context(NOW, LIBRARY, KEIEI, desk=True)
KEY = bytes(range(32))
OWNERS = ("begun", "adding", "split", "finished", "urgent", "unheard", "waiting", "claimed")
TOLD = {
    "sales": ("down_slight",),
    "cause": ("fewer_customers",),
    "costs": ("materials",),
    "profit": ("loss",),
    "lenders": ("jfc",),
    "repayment": ("late",),
}

Scenario = Callable[[Store], Awaitable[None]]


@pytest.fixture
def address(tmp_path: Path) -> str:
    """The address of a database as the earlier version left it, brought up to today's schema."""
    path = tmp_path / "navi.db"
    database = sqlite3.connect(path)
    database.executescript(LEFT_BEHIND.read_text("utf-8"))
    database.close()
    assert migrate_store(f"sqlite:///{path}") > 0
    return f"sqlite:///{path}"


@pytest.fixture(params=[(), (KEY,)], ids=["plain", "sealed"])
def play(address: str, request: pytest.FixtureRequest) -> Callable[[Scenario], None]:
    """Run a scenario against that database, also with a key that came later."""

    async def with_store(scenario: Scenario) -> None:
        store = open_store(address, request.param)
        try:
            await store.claim(frozenset, 1)
            await scenario(store)
        finally:
            await store.close()

    return lambda scenario: asyncio.run(with_store(scenario))


Play = Callable[[Scenario], None]


async def take(store: Store, owner: str, *messages: Message) -> Turn:
    """Let an owner go on, each message a turn of the store; the last turn."""
    turns: list[Turn] = []

    def step(conversation: Conversation) -> TurnResult:
        turns.append(respond(conversation, messages[len(turns)], CONTEXT))
        return TurnResult(turns[-1].conversation)

    for number, _ in enumerate(messages):
        await store.turn(Incoming(f"{owner}{number}", f"line:{owner}"), step, NOW)
    return turns[-1]


def said(turn: Turn) -> str:
    return "\n".join(each.text for each in turn.replies)


def test_owner_in_the_middle_goes_on_by_an_old_button(play: Play) -> None:
    async def scenario(store: Store) -> None:
        before = await store.load_conversation("line:begun")
        assert before.answers.keys() == {"sales", "cause", "costs"}
        turn = await take(store, "begun", Message(Kind.CHOICE, value="v1|profit=loss"))
        kept = await store.load_conversation("line:begun")
        assert kept.answers == {**before.answers, "profit": ("loss",)}
        assert "借入" in turn.replies[-1].text

    play(scenario)


def test_owner_choosing_several_ends_the_list_in_words(play: Play) -> None:
    async def scenario(store: Store) -> None:
        turn = await take(store, "adding", typed("人件費も"), typed("これで全部"))
        assert turn.conversation.answers["costs"] == ("materials", "labor")
        assert "利益" in turn.replies[-1].text

    play(scenario)


def test_option_that_was_split_is_asked_again_and_all_else_is_kept(play: Play) -> None:
    async def scenario(store: Store) -> None:
        assert (await store.load_conversation("line:split")).answers["legal_form"] == (
            "cooperative",
        )
        turn = await take(store, "split", typed("続けて"))
        assert "legal_form" not in turn.conversation.answers
        assert turn.conversation.answers.items() >= TOLD.items()
        assert "選び方が変わりました" in said(turn)
        answered = respond(turn.conversation, typed("事業協同組合です"), CONTEXT)
        assert answered.conversation.answers["legal_form"] == ("business_cooperative",)

    play(scenario)


def test_owner_at_the_end_corrects_an_answer(play: Play) -> None:
    async def scenario(store: Store) -> None:
        turn = await take(store, "finished", typed("間違えた、赤字じゃなくて黒字です"))
        assert turn.conversation.answers["profit"] == ("black",)
        assert "直しました" in said(turn)

    play(scenario)


def test_owner_with_an_urgent_card_is_given_the_office(play: Play) -> None:
    async def scenario(store: Store) -> None:
        turn = await take(store, "urgent", typed("大阪です"))
        assert turn.conversation.answers["prefecture"] == ("27",)
        assert turn.conversation.answers["emergency"] == ("wages",)

    play(scenario)


def test_what_nobody_could_answer_is_still_listed(play: Play) -> None:
    async def scenario(store: Store) -> None:
        (kept,) = await store.records.list_unanswered()
        assert kept.text == "ぽぽぽぽーん"

    play(scenario)


def test_open_cases_are_passed_on_and_found(play: Play) -> None:
    async def scenario(store: Store) -> None:
        assert set(await store.records.list_open_case_keys()) == {"line:waiting", "line:claimed"}
        waiting = await store.load_conversation("line:waiting")
        assert waiting.mode is Mode.WAITING
        assert waiting.case
        assert await store.records.find_case_key(waiting.case.id) == "line:waiting"
        assert (await store.records.find_post(f"case:{waiting.case.id}")) is not None
        claimed = await take(store, "claimed", typed("売上は2割減です"))
        assert claimed.conversation.mode is Mode.WITH_STAFF
        assert not claimed.replies
        back = case_life.hand_back(claimed.conversation, NOW, KEIEI)
        assert isinstance(back, Turn)
        assert back.conversation.mode is Mode.ASKING
        assert back.conversation.answers["sales"] == ("down_slight",)

    play(scenario)


def test_promise_of_an_open_case_is_kept_by_its_timer(play: Play) -> None:
    class Line:
        def write(self, key: str, replies: tuple[Reply, ...], _: Speaker | None) -> Outgoing:
            return Outgoing("line", [{"text": each.text} for each in replies], key=key)

    async def scenario(store: Store) -> None:
        told: list[Delivery] = []
        late = NOW + timedelta(hours=2)
        service = ConversationService(
            store,
            Advisor(lambda: LIBRARY, KEIEI),
            lambda: {"line": Line()},
            told.extend,
            lambda: late,
        )
        await run_due_timers(store, {"promise": make_promise_handler(service)}, late)
        assert {each.key for each in told} == {"line:waiting", "line:claimed"}
        assert await store.records.list_due_timers(late) == ()

    play(scenario)


def test_every_conversation_is_kept_as_it_was_read(play: Play) -> None:
    async def keep(store: Store, kept: Conversation) -> None:
        await store.turn(Incoming(f"keep-{kept.key}", kept.key), lambda _: TurnResult(kept), NOW)

    async def scenario(store: Store) -> None:
        for owner in OWNERS:
            read = await store.load_conversation(f"line:{owner}")
            seen = replace(read, last_seen=NOW)
            await keep(store, seen)
            assert await store.load_conversation(read.key) == seen

    play(scenario)


def test_statements_name_the_columns_they_mean() -> None:
    """A later version may add columns while this one serves."""
    sources = Path(bot.store.__file__).parent.rglob("*.py")
    unnamed = re.compile(r"SELECT \*|RETURNING \*|INSERT INTO \w+ (VALUES|SELECT)")
    assert [each.name for each in sources if unnamed.search(each.read_text("utf-8"))] == []

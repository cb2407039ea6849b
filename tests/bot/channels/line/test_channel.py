"""The whole LINE channel over sockets, against the strict fake."""

import asyncio
import contextlib
import json
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import channels
from bot.channels.line import channel
from bot.channels.line import events as line_events
from bot.channels.line.drawing import render
from bot.channels.line.signature import is_signed, sign
from bot.model.messages import Reply
from bot.presentation.wording import say
from bot.runtime.advisor import Advisor
from bot.settings import LineSettings
from bot.simulator.line import events
from bot.simulator.line.events import signed_body
from bot.simulator.line.server import FakeLine
from bot.simulator.line.state import Sent
from bot.store import Delivery, Outgoing, Store
from bot.store.opening import open_store
from flows.keiei.programme import KEIEI
from knowledge import library
from tests.bot.channels.line.serving import SECRET, TOKEN, Place, free_port, play, post, until
from tests.bot.channels.serving import WATCHING

FIRST_QUESTION = "1年前とくらべて"


def said(sent: list[Sent]) -> str:
    """Everything the bot has sent, as text."""
    return json.dumps([each.message for each in sent], ensure_ascii=False)


async def heard(place: Place, user: str, expected: str, count: int = 1) -> None:
    """Wait until the bot has said this to the user."""
    await until(lambda: said(place.line.replies(user)).count(expected) >= count)


# --- in -------------------------------------------------------------------------------------------


def test_the_official_signature_vector() -> None:
    body = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
    secret = "8c570fa6dd201bb328f1c1eac23a96d8"  # noqa: S105 - LINE's documentation prints it
    assert sign(body, secret) == "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="
    assert is_signed(body, "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=", secret)
    assert not is_signed(body + b" ", "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=", secret)
    assert not is_signed(body, None, secret)
    assert not is_signed(body, "ü", secret)


def test_a_new_friend_is_greeted_and_a_tap_starts_the_interview(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        assert (await place.line.follow("花子")).ok
        await heard(place, "花子", "自動でお答えし、")
        assert (await place.line.press("花子", "診断する")).ok
        await heard(place, "花子", FIRST_QUESTION)
        assert all(call.endpoint == "reply" for call in place.line.calls)

    play(tmp_path, scenario)


def test_an_owner_walks_from_the_first_word_to_the_desk(tmp_path: Path) -> None:
    steps = (
        "v1|flow=qualify",
        "会社です",
        "飲食店で5人",
        "信金と公庫",
        "遅れてる",
        "まだない",
        "税理士がいる",
        "愛媛県松山市",
    )

    async def scenario(place: Place) -> None:
        for step in steps:
            delivered = await (
                place.line.tap("花子", step)
                if step.startswith("v1|")
                else place.line.send_text("花子", step)
            )
            assert delivered.ok
        await heard(place, "花子", "089-970-5771")
        assert "使えそうです" in said(place.line.replies("花子"))

    play(tmp_path, scenario)


def test_the_verify_button_gets_its_200(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        body, signature = signed_body([], SECRET, "U" + "0" * 32)
        assert await post(place.url, body, **{"x-line-signature": signature}) == 200

    play(tmp_path, scenario)


def test_strangers_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        body, signature = signed_body([], SECRET, "U" + "0" * 32)
        assert await post(place.url, body) == 401
        assert await post(place.url, body + b" ", **{"x-line-signature": signature}) == 401
        assert await post(place.url, b"x" * 10_000_000, **{"x-line-signature": signature}) == 413
        for signed in (b"{", b"[]", b'{"events": 3}', b"\xff", b"null", b"[" * 50_000):
            status = await post(place.url, signed, **{"X-Line-Signature": sign(signed, SECRET)})
            assert status == 400, signed[:20]

    play(tmp_path, scenario)


def test_one_odd_event_never_loses_its_neighbours(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        good = place.line.message("花子", events.text("返済がきつい"))
        odd: list[object] = [None, 3, {}, {"type": "message"}, {**good, "message": 7}]
        other = place.line.message("太郎", events.text("返済がきつい"))
        odd[4] = {**odd[4], "webhookEventId": "odd"}  # type: ignore[dict-item]  # built above
        for event in (good, other):
            place.line._happen(event)  # noqa: SLF001 - the fake issues their reply tokens
        body = json.dumps({"destination": "U1", "events": [*odd, good, other]}).encode()
        signature = sign(body, SECRET)
        assert await post(place.url, body, **{"x-line-signature": signature}) == 200
        await heard(place, "花子", FIRST_QUESTION)
        await heard(place, "太郎", FIRST_QUESTION)

    play(tmp_path, scenario)


def test_the_same_event_fifty_times_at_once_is_one_turn(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        event = place.line.message("花子", events.text("返済がきつい"))
        place.line._happen(event)  # noqa: SLF001 - the fake issues its reply token
        await asyncio.gather(*(place.line.post(event) for _ in range(50)))
        await heard(place, "花子", FIRST_QUESTION)
        assert len(place.line.calls) == 1

    play(tmp_path, scenario)


def test_ten_quick_messages_of_one_person_are_ten_turns_in_order(tmp_path: Path) -> None:
    answers = (
        *("診断する", "3", "1", "とくにない", "黒字", "借入はない", "いまはない"),
        *("遅れはない", "半年よりもつ", "わからない"),
    )

    async def scenario(place: Place) -> None:
        sent = [place.line.message("花子", events.text(text)) for text in answers]
        assert (await place.line.send(*sent)).ok
        # Replies that were not sent yet give way to the last one, which is always sent.
        await until(lambda: sent[-1]["replyToken"] in str(place.line.called("reply")))
        store = open_store(place.database_url)
        conversation = await store.load_conversation(f"line:{place.line.user_id('花子')}")
        await store.close()
        assert list(conversation.answers) == [
            "sales", "costs", "profit", "lenders", "bank_help", "arrears", "cash", "wishes",
        ]  # fmt: skip

    play(tmp_path, scenario)


def test_standby_groups_and_unknown_events_are_silent(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        text = events.text("返済がきつい")
        group = {"type": "group", "groupId": "C" + "0" * 32, "userId": place.line.user_id("花子")}
        quiet = (
            place.line.message("花子", text, mode="standby"),
            {**place.line.message("花子", text), "source": group},
            {**place.line.message("花子", text), "type": "from_the_future"},
        )
        assert (await place.line.post(*quiet)).ok
        assert place.line.calls == []

    play(tmp_path, scenario)


def test_a_group_is_declined_once_and_politely(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        source = {"type": "group", "groupId": "C" + "0" * 32}
        joined = events.join(source, place.line.now_ms)
        assert (await place.line.send(joined)).ok
        await until(lambda: len(place.line.called("reply")) == 1)
        assert "1対1のトーク" in str(place.line.called("reply")[0].body)
        assert rows(place, "SELECT key FROM conversations") == []

    play(tmp_path, scenario)


def test_a_group_whose_token_has_gone_is_never_pushed_to(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        source = {"type": "group", "groupId": "C" + "0" * 32}
        joined = events.join(source, place.line.now_ms, replyToken=await _used_token(place))
        assert (await place.line.send(joined)).ok
        await until(lambda: len(place.line.called("reply")) == 2)
        await until(lambda: _is_empty(place))
        assert place.line.called("push") == []

    play(tmp_path, scenario)


def test_a_message_taken_back_leaves_no_words_and_does_not_come_back(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        await place.line.tap("花子", "v1|flow=diagnosis")
        sent = await place.line.send_text("花子", "ぬるぽ、いまのは独り言")
        assert await _unanswered(place) == ("ぬるぽ、いまのは独り言",)
        await place.line.unsend("花子", sent.message_id)
        assert await _unanswered(place) == ()
        calls = len(place.line.calls)
        again = {**sent.event, "webhookEventId": "another-id"}
        assert (await place.line.post(again)).ok
        assert await _unanswered(place) == ()
        assert len(place.line.calls) == calls

    play(tmp_path, scenario)


async def _unanswered(place: Place) -> tuple[str, ...]:
    store: Store = open_store(place.database_url)
    try:
        return tuple(each.text for each in await store.records.list_unanswered())
    finally:
        await store.close()


@pytest.mark.parametrize("farewell", ["unfollow", "消して"])
def test_nothing_is_sent_any_more_of_what_waited_for_who_left(
    tmp_path: Path, farewell: str
) -> None:
    async def scenario(place: Place) -> None:
        place.line.faults.add("reply", "500")
        await place.line.send_text("花子", "返済がきつい")
        await until(lambda: len(place.line.called("reply")) == 1)
        if farewell == "unfollow":
            await place.line.unfollow("花子")
            await place.line.follow("花子")
            await heard(place, "花子", "自動でお答えし、")
        else:
            await place.line.send_text("花子", farewell)
            await until(lambda: bool(place.line.replies("花子")))
        first, *later = place.line.calls
        assert say("conversation.start_heard") in str(first.body["messages"])
        assert all(
            say("conversation.start_heard") not in str(call.body.get("messages")) for call in later
        )

    play(tmp_path, scenario)


def test_a_stranger_who_blocks_us_leaves_nothing_behind(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        await place.line.unfollow("花子")
        assert rows(place, "SELECT key FROM conversations") == []

    play(tmp_path, scenario)


def test_a_number_without_end_loses_nobody(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        good = place.line.message("花子", events.text("返済がきつい"))
        place.line._happen(good)  # noqa: SLF001 - the fake issues its reply token
        place.line.account.webhook_sent(good)
        for digits in (400, 5000):
            where = {"type": "location", "id": "1", "latitude": "HUGE", "longitude": 1}
            odd = {**place.line.message("太郎", where), "webhookEventId": f"odd{digits}"}
            body = json.dumps({"events": [odd, good]}).replace('"HUGE"', "9" * digits).encode()
            signature = sign(body, SECRET)
            assert await post(place.url, body, **{"x-line-signature": signature}) == 200
        await heard(place, "花子", FIRST_QUESTION)

    play(tmp_path, scenario)


def test_a_reply_that_cannot_be_shown_is_an_apology_and_no_log_has_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(replies: tuple[Reply, ...]) -> list[dict[str, Any]]:
        if replies[0].text != say("conversation.something_broke"):
            raise ValueError("返済がきつい")
        return render.messages(replies)

    async def scenario(place: Place) -> None:
        channel._render_once.cache_clear()  # noqa: SLF001 - as in a new process
        await place.line.send_text("花子", "返済がきつい")
        await heard(place, "花子", say("conversation.something_broke"))

    monkeypatch.setattr(channel, "messages", broken)
    play(tmp_path, scenario)
    logged = "".join(capsys.readouterr())
    assert "ValueError" in logged
    assert "返済" not in logged


def test_an_event_that_cannot_be_read_is_503_its_neighbours_are_kept_and_no_log_has_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = line_events.read

    def broken(raw: object) -> line_events.Event:
        if "秘密の言葉" in str(raw):
            raise ValueError(str(raw))
        return real(raw)

    async def scenario(place: Place) -> None:
        odd = place.line.message("太郎", events.text("秘密の言葉"))
        good = place.line.message("花子", events.text("返済がきつい"))
        for event in (odd, good):
            place.line._happen(event)  # noqa: SLF001 - the fake issues their reply tokens
        body = json.dumps({"events": [odd, good]}).encode()
        signature = sign(body, SECRET)
        assert await post(place.url, body, **{"x-line-signature": signature}) == 503
        assert rows(place, "SELECT event_id FROM seen") == [(good["webhookEventId"],)]

    monkeypatch.setattr(line_events, "read", broken)
    play(tmp_path, scenario)
    logged = "".join(capsys.readouterr())
    assert "ValueError" in logged
    assert "秘密" not in logged


def test_who_blocks_us_gets_nothing_more(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        place.line.faults.add("reply", "500", times=5)
        await place.line.send_text("花子", "返済がきつい")
        await until(lambda: len(place.line.calls) >= 1)
        await place.line.unfollow("花子")
        store = open_store(place.database_url)
        assert await store.list_undelivered() == ()
        await store.close()

    play(tmp_path, scenario)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**400)
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.just("\ud800"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
SHAPES = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["message", "postback", "follow", "unsend", "unfollow"]) | JSON,
        "mode": st.sampled_from(["active", "standby"]) | JSON,
        "timestamp": st.integers() | JSON,
        "webhookEventId": st.text(min_size=1, max_size=5) | JSON,
        "replyToken": st.text(max_size=5) | JSON,
        "source": st.fixed_dictionaries(
            {"type": st.sampled_from(["user", "group"]), "userId": st.text(max_size=4)}
        )
        | JSON,
        "message": st.fixed_dictionaries(
            {"type": st.sampled_from(["text", "location", "sticker", "other"])},
            optional={
                "id": st.text(max_size=3) | JSON,
                "text": st.text(max_size=20) | JSON,
                "latitude": st.floats() | JSON,
                "longitude": st.floats() | JSON,
                "address": st.text(max_size=5) | JSON,
            },
        )
        | JSON,
        "postback": st.fixed_dictionaries({"data": st.text(max_size=20) | JSON}) | JSON,
        "unsend": JSON,
    },
)


@given(st.one_of(SHAPES, JSON))
def test_no_event_of_any_shape_raises(raw: object) -> None:
    line_events.read(raw)
    line_events.timestamp(raw)


def test_garbage_that_is_signed_is_answered_and_never_with_500(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        async with aiohttp.ClientSession() as session:

            @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
            @given(st.lists(st.one_of(SHAPES, JSON), max_size=3))
            def collect(raw: list[object]) -> None:
                bodies.append(json.dumps({"events": raw}).encode())

            bodies: list[bytes] = []
            await asyncio.to_thread(collect)
            for body in bodies:
                headers = {"x-line-signature": sign(body, SECRET)}
                url = f"{place.url}/line/webhook"
                async with session.post(url, data=body, headers=headers) as response:
                    assert response.status == 200, body

    play(tmp_path, scenario)


# --- out ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "accept"),
    [("500", False), ("drop", False), ("drop", True), ("rate", False)],
)
def test_a_reply_that_fails_is_delivered_once_in_the_end(
    tmp_path: Path,
    fault: str,
    accept: bool,  # noqa: FBT001 - a case of the fake
) -> None:
    async def scenario(place: Place) -> None:
        place.line.faults.add("reply", fault, times=2, accept=accept)
        await place.line.send_text("花子", "返済がきつい")
        await heard(place, "花子", FIRST_QUESTION)
        await until(lambda: _is_empty(place))
        assert said(place.line.replies("花子")).count(FIRST_QUESTION) >= 1
        assert len(place.line.replies("花子")) == 1

    play(tmp_path, scenario)


def _is_empty(place: Place) -> bool:
    return rows(place, "SELECT id FROM outbox") == []


def rows(place: Place, query: str) -> list[tuple[Any, ...]]:
    """Query the database file itself."""
    path = place.database_url.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(path)) as database:
        return database.execute(query).fetchall()


def test_a_reply_token_that_has_gone_is_followed_by_a_push(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        used = await _used_token(place)
        assert (await place.line.send_text("花子", "返済がきつい", replyToken=used)).ok
        await heard(place, "花子", FIRST_QUESTION)
        assert [call.endpoint for call in place.line.calls] == ["reply", "reply", "push"]

    play(tmp_path, scenario)


async def _used_token(place: Place) -> str:
    """Return a reply token that has been spent.

    All LINE says of such a token is that it is invalid.
    """
    sent = await place.line.send_text("花子", "こんにちは")
    await heard(place, "花子", "自動でお答えし、")
    return sent.reply_token


def test_what_the_monthly_quota_holds_back_comes_with_the_next_reply(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        used = await _used_token(place)
        place.line.faults.add("push", "quota", times=5)
        await place.line.send_text("花子", "返済がきつい", replyToken=used)
        await until(lambda: bool(place.line.called("push")))
        assert FIRST_QUESTION not in said(place.line.replies("花子"))
        await place.line.send_text("花子", "使い方")
        await heard(place, "花子", "できること")
        assert FIRST_QUESTION in said(place.line.replies("花子"))
        await until(lambda: _is_empty(place))

    play(tmp_path, scenario)


def attempt(
    unsure: bool,  # noqa: FBT001 - a case
    token: str = "spent",  # noqa: S107 - of the fake only
    *,
    late: float = -50,
    reachable: bool = True,
) -> tuple[channels.Outcome, list[str]]:
    """Make one attempt at a strict LINE that does not know the token.

    Returns the outcome and the calls made. `late` is how many seconds ago the reply was due.
    """
    now = datetime.now(UTC)
    until = now - timedelta(seconds=late)
    outgoing = Outgoing("line", [{"type": "text", "text": "はい"}], token, until)
    retry_key = "123e4567-e89b-12d3-a456-426614174000"

    async def run() -> tuple[channels.Outcome, list[str]]:
        async with FakeLine(secret=SECRET, token=TOKEN) as line:
            line.stranger("花子")
            delivery = Delivery(1, f"line:{line.user_id('花子')}", outgoing, retry_key, 1)
            base = line.base_url if reachable else f"http://127.0.0.1:{free_port()}"
            store = open_store("sqlite:///:memory:", up_to_date=True)
            tried = channel.LineChannel(
                LineSettings(SECRET, TOKEN, base),
                store,
                Advisor(library.load, KEIEI),
                lambda _: None,
            )
            await tried.start()
            outcome = await tried.deliver(replace(delivery, unsure=unsure), now)
            await tried.stop()
            await store.close()
            return outcome, [call.endpoint for call in line.calls]

    return asyncio.run(run())


def test_a_reply_certainly_not_taken_is_pushed_when_its_token_has_gone() -> None:
    assert attempt(unsure=False)[1] == ["reply", "push"]


@pytest.mark.parametrize("late", [-50.0, 5.0])
def test_a_reply_perhaps_taken_is_settled_by_its_token_within_the_minute(late: float) -> None:
    outcome, calls = attempt(unsure=True, late=late)
    assert isinstance(outcome, channels.Sent)
    assert calls == ["reply"]


def test_after_the_minute_a_reply_perhaps_taken_is_pushed_rather_than_lost() -> None:
    _, calls = attempt(unsure=True, late=30)
    assert calls == ["push"]


def test_a_reply_that_never_got_there_was_certainly_not_taken() -> None:
    outcome, _ = attempt(unsure=False, reachable=False)
    assert isinstance(outcome, channels.Later)
    assert not outcome.unsure


# --- for those who watch ----------------------------------------------------------------------------


def test_health_readiness_and_metrics(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        await place.line.send_text("花子", "返済がきつい")
        async with aiohttp.ClientSession() as session:
            for path in ("healthz", "readyz", "metrics"):
                async with session.get(f"{place.url}/{path}", headers=WATCHING) as response:
                    assert response.status == 200
                    text = await response.text()
            assert "kaizen_navi_events_total" in text
            assert "返済" not in text

    play(tmp_path, scenario)

"""LINE, whole: webhooks in, replies out, over sockets, against the strict fake."""

import asyncio
import json
from pathlib import Path

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.line import events as line_events
from bot.channels.line.signature import is_signed, sign
from bot.simulator.line import events
from bot.simulator.line.events import signed_body
from bot.simulator.line.state import Sent
from bot.store import Store
from bot.store.opening import open_store
from tests.bot.channels.line.serving import SECRET, Place, play, post, until

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
        await heard(place, "花子", "自動でお答えします")
        assert (await place.line.press("花子", "診断する")).ok
        await heard(place, "花子", FIRST_QUESTION)
        assert all(call.endpoint == "reply" for call in place.line.calls)

    play(tmp_path, scenario)


def test_an_owner_walks_from_the_first_word_to_the_desk(tmp_path: Path) -> None:
    steps = (
        "v1|flow=qualify",
        "会社です",
        "飲食店で5人",
        "信金",
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
        await until(lambda: len(place.line.called("reply")) == 10)
        store = open_store(place.database_url)
        conversation = await store.conversation(f"line:{place.line.user_id('花子')}")
        await store.close()
        assert list(conversation.answers) == [
            "sales", "cause", "costs", "profit", "lenders", "bank_help", "arrears", "cash", "wishes",
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

    play(tmp_path, scenario)


def test_a_message_taken_back_leaves_no_words_and_does_not_come_back(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        await place.line.tap("花子", "v1|flow=diagnosis")
        sent = await place.line.send_text("花子", "ぬるぽ、これは見なかったことに")
        assert await _unanswered(place) == ("ぬるぽ、これは見なかったことに",)
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
        return await store.unanswered()
    finally:
        await store.close()


def test_who_blocks_us_gets_nothing_more(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        place.line.faults.add("reply", "500", times=5)
        await place.line.send_text("花子", "返済がきつい")
        await until(lambda: len(place.line.calls) >= 1)
        await place.line.unfollow("花子")
        store = open_store(place.database_url)
        assert await store.undelivered() == ()
        await store.close()

    play(tmp_path, scenario)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
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
        assert said(place.line.replies("花子")).count("【1/14】") >= 1
        assert len(place.line.replies("花子")) == 1

    play(tmp_path, scenario)


def _is_empty(place: Place) -> bool:
    import sqlite3  # noqa: PLC0415 - only this check looks into the file itself

    path = place.database_url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as database:
        found: int = database.execute("SELECT count(*) FROM outbox").fetchone()[0]
    database.close()
    return found == 0


def test_a_reply_token_that_has_gone_is_followed_by_a_push(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        used = await _used_token(place)
        assert (await place.line.send_text("花子", "返済がきつい", replyToken=used)).ok
        await heard(place, "花子", FIRST_QUESTION)
        assert [call.endpoint for call in place.line.calls] == ["reply", "reply", "push"]

    play(tmp_path, scenario)


async def _used_token(place: Place) -> str:
    """A reply token that has been spent: all LINE says of it is that it is invalid."""
    sent = await place.line.send_text("花子", "こんにちは")
    await heard(place, "花子", "自動でお答えします")
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


# --- for those who watch ----------------------------------------------------------------------------


def test_health_readiness_and_metrics(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        await place.line.send_text("花子", "返済がきつい")
        async with aiohttp.ClientSession() as session:
            for path in ("healthz", "readyz", "metrics"):
                async with session.get(f"{place.url}/{path}") as response:
                    assert response.status == 200
                    text = await response.text()
            assert "kaizen_navi_events_total" in text
            assert "返済" not in text

    play(tmp_path, scenario)

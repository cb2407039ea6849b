"""What strangers and broken senders may send: 4xx or 200, never 500, no trace, nothing kept."""

from __future__ import annotations

import asyncio
import io
import json
import sqlite3
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.slack.web import guard
from bot.presentation.wording import say
from bot.simulator.slack.wire import events as made_by_slack
from bot.simulator.slack.wire.events import sign_request
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.interviews import Interview
from tests.bot.channels.slack.serving import HANAKO, SIGNING_SECRET, Place, until

JSON_TYPE, FORM_TYPE = "application/json", "application/x-www-form-urlencoded"


def signed(body: bytes, *, ago: float = 0, secret: str = SIGNING_SECRET) -> dict[str, str]:
    stamp = str(int(time.time() - ago))
    return {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": sign_request(secret, stamp, body),
    }


async def send(
    place: Place, body: bytes, headers: Mapping[str, str], kind: str = JSON_TYPE
) -> tuple[int, str]:
    """Send it, and read the status and the words of the answer."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            f"{place.url}/slack/events",
            data=io.BytesIO(body),
            headers={"Content-Type": kind, **headers},
        ) as response,
    ):
        return response.status, await response.text()


def rows(place: Place, query: str) -> list[Any]:
    connection = sqlite3.connect(place.database_url.removeprefix("sqlite:///"))
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def kept(place: Place) -> list[Any]:
    """Everything that a turn leaves."""
    return [
        *rows(place, "SELECT * FROM seen WHERE event_id NOT LIKE 'set:%'"),
        *rows(place, "SELECT * FROM conversations"),
        *rows(place, "SELECT * FROM outbox"),
    ]


def has_no_trace(said: str) -> bool:
    return "Traceback" not in said and "Error" not in said and ".py" not in said


def a_message(text: str = "こんにちは", **more: Any) -> dict[str, Any]:
    """Make a whole event of a direct message, as Slack sends it."""
    event = {
        "type": "message",
        "channel": "D0HANAKO",
        "channel_type": "im",
        "user": HANAKO,
        "ts": "1795877229.000100",
        "text": text,
        "team": "T0SIMULATOR",
        **more,
    }
    return made_by_slack.wrap_event(event, int(time.time()))


@pytest.fixture
def play(tmp_path: Path) -> Callable[[Callable[[Place], Awaitable[None]]], None]:
    def run(scenario: Callable[[Place], Awaitable[None]]) -> None:
        serving.play(tmp_path, scenario)

    return run


Play = Callable[[Callable[[Place], Awaitable[None]]], None]


# --- refused --------------------------------------------------------------------------------------


def test_guard_refuses_what_is_not_signed_now_and_keeps_nothing(play: Play) -> None:
    body = json.dumps(a_message()).encode()
    good = signed(body)
    wrong: list[tuple[bytes, dict[str, str]]] = [
        (body, {}),
        (body, {**good, "X-Slack-Signature": ""}),
        (body, {**good, "X-Slack-Signature": "v0=" + "0" * 64}),
        (body, {**good, "X-Slack-Signature": good["X-Slack-Signature"].upper()}),
        (body, {**good, "X-Slack-Signature": good["X-Slack-Signature"] + "0"}),
        (body, {**good, "X-Slack-Signature": "é"}),
        (body, {"X-Slack-Signature": good["X-Slack-Signature"]}),
        (body, signed(body, ago=guard.OLDEST + 9)),
        (body, signed(body, ago=-guard.OLDEST - 60)),
        (body, signed(body, secret="another")),  # noqa: S106 - nobody's
        (body + b" ", good),
    ]
    wrong += [
        (body, {**good, "X-Slack-Request-Timestamp": stamp})
        for stamp in ("", "abc", "-1", "1e9", "NaN", "9" * 400, "１７９５８７７２２９", " ", "0x1")
    ]

    async def scenario(place: Place) -> None:
        for content, headers in wrong:
            status, said = await send(place, content, headers)
            assert status == 401, headers
            assert has_no_trace(said)
        assert kept(place) == []

    play(scenario)


def test_guard_takes_a_request_of_almost_five_minutes_ago(play: Play) -> None:
    async def scenario(place: Place) -> None:
        for number, ago in enumerate((guard.OLDEST - 3, 3 - guard.OLDEST)):
            body = json.dumps(a_message(ts=f"1795877229.00010{number}")).encode()
            assert (await send(place, body, signed(body, ago=ago)))[0] == 200
        await until(
            lambda: len(rows(place, "SELECT * FROM seen WHERE event_id NOT LIKE 'set:%'")) == 2
        )

    play(scenario)


UNREADABLE = (
    b"", b"{", b"[]", b"null", b'"text"', b"1", b"\xff\xfe", b'{"a":\xff}', b"[" * 50_000,
    b'{"a":' * 50_000, b'{"type":"event_callback","event_id":"\xed\xa0\x80"}', b"{}{}", b"\0",
)  # fmt: skip


@pytest.mark.parametrize("kind", [JSON_TYPE, FORM_TYPE, "text/plain", "", "multipart/form-data"])
def test_guard_answers_400_to_a_signed_unreadable_body(play: Play, kind: str) -> None:
    bodies = UNREADABLE if kind != FORM_TYPE else (*UNREADABLE, *map(_as_payload, UNREADABLE))

    async def scenario(place: Place) -> None:
        for body in bodies:
            status, said = await send(place, body, signed(body), kind)
            # As a form, an odd name with an odd value can be read, and says nothing to us.
            assert status == 400 or (kind == FORM_TYPE and status == 200), body[:40]
            assert has_no_trace(said)
        assert kept(place) == []

    play(scenario)


def _as_payload(body: bytes) -> bytes:
    return b"payload=" + quote(body).encode()


def test_guard_answers_413_to_a_body_too_large(play: Play) -> None:
    async def scenario(place: Place) -> None:
        body = b'{"a":"' + b"x" * guard.LARGEST_BODY + b'"}'
        assert (await send(place, body, signed(body)))[0] == 413

        async def chunks() -> Any:
            for at in range(0, len(body), 65536):
                yield body[at : at + 65536]

        async with aiohttp.ClientSession() as session:
            url = f"{place.url}/slack/events"
            # The server may answer, and close, before everything was sent.
            try:
                async with session.post(url, data=chunks(), headers=signed(body)) as response:
                    assert response.status == 413
            except aiohttp.ClientConnectionError:
                pass
        assert kept(place) == []
        body = json.dumps(a_message("あ" * 100_000)).encode()
        assert (await send(place, body, signed(body)))[0] == 200

    play(scenario)


def test_guard_survives_other_methods_and_a_sender_who_hangs_up(
    play: Play, capsys: pytest.CaptureFixture[str]
) -> None:
    async def scenario(place: Place) -> None:
        async with aiohttp.ClientSession() as session:
            for method in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS"):
                async with session.request(method, f"{place.url}/slack/events") as response:
                    assert response.status == 405
        host, port = place.url.removeprefix("http://").split(":")
        _, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
        await writer.drain()
        writer.close()
        await Interview(place).says("こんにちは")

    play(scenario)
    logged = "".join(capsys.readouterr())
    assert "Traceback" not in logged
    assert "ClientDisconnect" not in logged


# --- let through ----------------------------------------------------------------------------------


def test_events_address_answers_slacks_checks(play: Play) -> None:
    async def scenario(place: Place) -> None:
        checked = await place.slack.verify_url()
        assert checked.status == 200
        assert checked.answer == {"challenge": "3eZbrw1aB10FEMAGAZd4FyFQ"}
        body = urlencode({"ssl_check": "1", "token": "x"}).encode()
        assert (await send(place, body, signed(body), FORM_TYPE))[0] == 200
        # Neither without a signature: a stranger learns nothing.
        assert (await send(place, body, {}, FORM_TYPE))[0] == 401
        assert kept(place) == []

    play(scenario)


def test_event_not_asked_for_is_acknowledged(play: Play) -> None:
    async def scenario(place: Place) -> None:
        unknown: list[dict[str, Any]] = [
            {"type": "app_rate_limited", "team_id": "T0SIMULATOR", "minute_rate_limited": 1},
            made_by_slack.wrap_event({"type": "team_join", "user": {"id": "U1"}}, 1),
            made_by_slack.wrap_event({"type": "message", "subtype": "channel_join"}, 1),
            {"type": "something_new"},
            {"type": "function_executed"},
        ]
        for each in unknown:
            body = json.dumps(each).encode()
            assert await send(place, body, signed(body)) == (200, ""), each["type"]
        interactive: list[dict[str, Any]] = [
            {"type": "view_closed", "view": {"callback_id": "x"}, "user": {"id": HANAKO}},
            {"type": "block_suggestion", "action_id": "x", "value": "a"},
            {"type": "workflow_step_edit"},
            {"type": "dialog_submission", "callback_id": "x"},
            {"type": "interactive_message", "callback_id": "x", "actions": [{"name": "a"}]},
        ]
        for each in interactive:
            body = urlencode({"payload": json.dumps(each)}).encode()
            assert (await send(place, body, signed(body), FORM_TYPE))[0] == 200, each["type"]
        body = urlencode({"command": "/other", "user_id": HANAKO, "trigger_id": "1"}).encode()
        assert (await send(place, body, signed(body), FORM_TYPE))[0] == 200
        assert kept(place) == []

    play(scenario)


def test_event_not_stored_is_503_and_answered_next_time(play: Play) -> None:
    async def scenario(place: Place) -> None:
        slack = place.slack
        slack.retry_times, slack.retry_after = 3, 0.2
        connection = sqlite3.connect(
            place.database_url.removeprefix("sqlite:///"), isolation_level=None
        )
        connection.execute("BEGIN EXCLUSIVE")
        sent = await slack.say(HANAKO, "こんにちは")
        assert sent.status == 503
        assert has_no_trace(str(sent.answer))
        connection.execute("ROLLBACK")
        connection.close()
        await until(lambda: len(slack.messages(HANAKO)) == 2)
        await slack.settled()
        assert sent.ok
        assert len(slack.messages(HANAKO)) == 2

    play(scenario)


def test_event_of_an_unknown_person_is_503_and_answered_next_time(
    play: Play,
) -> None:
    async def scenario(place: Place) -> None:
        slack = place.slack
        slack.retry_times, slack.retry_after = 3, 0.1
        slack.faults.add("users.info", "500")
        sent = await slack.say(HANAKO, "こんにちは")
        assert sent.status == 503
        await until(lambda: len(slack.messages(HANAKO)) == 2)

    play(scenario)


# --- anything at all ------------------------------------------------------------------------------

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**400)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(
        [HANAKO, "T0SIMULATOR", "message", "im", "v1|flow=diagnosis", "\0", "x" * 3000]
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)

PRESS: dict[str, Any] = {
    "type": "block_actions",
    "user": {"id": HANAKO, "team_id": "T0SIMULATOR"},
    "team": {"id": "T0SIMULATOR"},
    "trigger_id": "1.2.3",
    "channel": {"id": "D0HANAKO"},
    "message": {"ts": "1.2", "thread_ts": "1.2"},
    "container": {"type": "message", "message_ts": "1.2", "channel_id": "D0HANAKO"},
    "actions": [
        {
            "type": "static_select",
            "action_id": "choice:0:1",
            "block_id": "b",
            "value": "v1|sales=up",
            "selected_option": {"value": "v1|prefecture=38"},
        }
    ],
    "response_url": "http://127.0.0.1:9/none",
}
SHORTCUT: dict[str, Any] = {
    "type": "shortcut",
    "callback_id": "interview",
    "user": {"id": HANAKO},
    "team": {"id": "T0SIMULATOR"},
    "trigger_id": "1.2.4",
}
ON_MESSAGE: dict[str, Any] = {
    **SHORTCUT,
    "type": "message_action",
    "callback_id": "add_to_faq",
    "channel": {"id": "C0DESK"},
    "message": {"ts": "1.2", "text": "x"},
}
SUBMISSION: dict[str, Any] = {
    "type": "view_submission",
    "user": {"id": HANAKO},
    "team": {"id": "T0SIMULATOR"},
    "trigger_id": "1.2.5",
    "view": {
        "id": "V1",
        "hash": "h",
        "callback_id": "case:write",
        "private_metadata": "{}",
        "state": {"values": {"words": {"words": {"type": "plain_text_input", "value": "x"}}}},
    },
}
COMMAND: dict[str, Any] = {
    "command": "/keiei",
    "text": "リスケとは",
    "user_id": HANAKO,
    "team_id": "T0SIMULATOR",
    "channel_id": "C0DESK",
    "trigger_id": "1.2.6",
}
CHANGED: dict[str, Any] = a_message(
    subtype="message_changed",
    message={"user": HANAKO, "ts": "1.2", "text": "b", "thread_ts": "1.1"},
    previous_message={"user": HANAKO, "ts": "1.2", "text": "a", "thread_ts": "1.1"},
)
WHOLE = (
    a_message(), a_message(files=[{"id": "F1"}]), a_message(channel_type="channel", thread_ts="1.1"),
    CHANGED, PRESS, SHORTCUT, ON_MESSAGE, SUBMISSION, COMMAND,
)  # fmt: skip


@st.composite
def broken(draw: st.DrawFn) -> Any:
    """Draw a payload in which one or two values are wrong or gone."""
    payload = json.loads(json.dumps(draw(st.sampled_from(WHOLE))))
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from(list(_paths(payload))))
        inside = payload
        for step in path[:-1]:
            inside = inside[step]
        if isinstance(inside, dict) and draw(st.booleans()):
            del inside[path[-1]]
        else:
            inside[path[-1]] = draw(VALUES)
    return payload


def _paths(value: Any, so_far: tuple[Any, ...] = ()) -> Any:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inner:
        yield (*so_far, key)
        if isinstance(each, dict | list):
            yield from _paths(each, (*so_far, key))


def _encoded(payload: Any) -> tuple[bytes, str]:
    if isinstance(payload, dict) and payload.get("type") in ("event_callback", None):
        if "command" not in payload:
            return json.dumps(payload).encode(), JSON_TYPE
        return urlencode({key: str(each) for key, each in payload.items()}).encode(), FORM_TYPE
    return urlencode({"payload": json.dumps(payload)}).encode(), FORM_TYPE


def test_guard_never_answers_500_to_anything_sent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One server for all examples; each is sent unsigned and signed."""

    async def scenario(place: Place) -> None:
        loop, answers = asyncio.get_running_loop(), []

        def tell(body: bytes, headers: Mapping[str, str], kind: str) -> tuple[int, str]:
            sending = send(place, body, headers, kind)
            return asyncio.run_coroutine_threadsafe(sending, loop).result(20)

        @settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(broken() | VALUES, st.binary(max_size=40) | st.none())
        def anything(payload: Any, raw: bytes | None) -> None:
            body, kind = _encoded(payload)
            if raw is not None:
                body = raw
            status, said = tell(body, {}, kind)
            assert status in {400, 401}
            status, said = tell(body, signed(body), kind)
            answers.append(status)
            assert status == 200 or 400 <= status < 500, payload
            assert has_no_trace(said)

        await asyncio.to_thread(anything)
        assert {200, 400} <= set(answers)
        interview = Interview(place)
        assert (await place.slack.say(HANAKO, "消して")).ok
        await until(
            lambda: any(say("conversation.forgotten") in each.text for each in interview.own())
        )

    serving.play(tmp_path, scenario)
    logged = "".join(capsys.readouterr())
    assert "Traceback" not in logged
    assert "リスケとは" not in logged

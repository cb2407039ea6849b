"""Strangers and broken senders get 4xx or 200, and leave no trace."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
import pytest

from bot.channels.slack.web import guard
from bot.simulator.slack.wire import events as made_by_slack
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.interviews import Interview
from tests.bot.channels.slack.serving import HANAKO, Place, until
from tests.bot.channels.slack.web.requests import (
    FORM_TYPE,
    JSON_TYPE,
    a_message,
    has_no_trace,
    kept,
    rows,
    send,
    signed,
)


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
            place.database_url.removeprefix("sqlite:///"),
            timeout=60,
            isolation_level=None,
            check_same_thread=False,
        )
        # In a thread: the server may hold the lock, and it serves in this loop.
        await asyncio.to_thread(connection.execute, "BEGIN EXCLUSIVE")
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

"""A stranger is answered while the body is still to come, and the body is not read."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from bot.channels.line.channel import LARGEST_BODY
from bot.channels.line.signature import sign
from bot.channels.slack.web import guard
from bot.simulator.slack.wire.events import sign_request
from tests.bot.channels.line.serving import SECRET
from tests.bot.channels.serving import LONGEST
from tests.bot.channels.slack.serving import SIGNING_SECRET, Place, play
from tests.bot.door.callers import answer, status, strangers

LINE, SLACK = b"/line/webhook", b"/slack/events"
NOW, OLD = "now", "old"
"""Placeholders for times of the test itself.

Times of the collection are too old by then.
"""


def at_their_time(headers: dict[str, str]) -> dict[str, str]:
    """The headers with the times filled in."""
    times = {NOW: str(int(time.time())), OLD: str(int(time.time()) - 400)}
    return {name: times.get(value, value) for name, value in headers.items()}


def head(path: bytes, length: int, **headers: str) -> bytes:
    """A header that announces a body."""
    lines = (f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n%s\r\n" % (
        path,
        length,
        "".join(lines).encode("latin-1"),
    )


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (LINE, {}),
        (LINE, {"x_line_signature": ""}),
        (LINE, {"x_line_signature": "A" * 44}),
        (LINE, {"x_line_signature": "A" * 42 + "=="}),
        (LINE, {"x_line_signature": "A" * 440}),
        (LINE, {"x_line_signature": "Ä" * 43 + "="}),
        (SLACK, {}),
        (SLACK, {"x_slack_request_timestamp": NOW}),
        (SLACK, {"x_slack_signature": "v0=" + "a" * 64}),
        (SLACK, {"x_slack_request_timestamp": NOW, "x_slack_signature": "v0=" + "A" * 64}),
        (SLACK, {"x_slack_request_timestamp": NOW, "x_slack_signature": "a" * 64}),
        (SLACK, {"x_slack_request_timestamp": OLD, "x_slack_signature": "v0=" + "a" * 64}),
        (SLACK, {"x_slack_request_timestamp": "soon", "x_slack_signature": "v0=" + "a" * 64}),
    ],
)
def test_without_a_signature_in_form_the_answer_comes_before_the_body(
    tmp_path: Path, path: bytes, headers: dict[str, str]
) -> None:
    async def scenario(place: Place) -> None:
        async with strangers(place.url) as connect:
            reader, _ = await connect(
                head(path, 1_000_000, **at_their_time(headers))
            )  # and never sends it
            async with asyncio.timeout(LONGEST):
                assert status(await reader.readuntil(b"\r\n\r\n")) == 401

    play(tmp_path, scenario)


def test_who_waits_to_be_asked_for_the_body_is_not_asked(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        async with strangers(place.url) as connect:
            reader, _ = await connect(head(LINE, 1000, expect="100-continue"))
            assert status(await reader.readuntil(b"\r\n\r\n")) == 401

    play(tmp_path, scenario)


@pytest.mark.parametrize(
    ("path", "most", "headers"),
    [
        (LINE, LARGEST_BODY, {"x_line_signature": "A" * 43 + "="}),
        (
            SLACK,
            guard.LARGEST_BODY,
            {"x_slack_request_timestamp": NOW, "x_slack_signature": "v0=" + "a" * 64},
        ),
    ],
)
def test_a_body_that_is_said_to_be_too_long_is_refused_before_it_comes(
    tmp_path: Path, path: bytes, most: int, headers: dict[str, str]
) -> None:
    async def scenario(place: Place) -> None:
        async with strangers(place.url) as connect:
            for length in (most + 1, 10**30):
                reader, _ = await connect(head(path, length, **at_their_time(headers)))
                async with asyncio.timeout(LONGEST):
                    assert status(await reader.readuntil(b"\r\n\r\n")) in {413, 400}

    play(tmp_path, scenario)


def test_a_line_body_in_chunks_is_read_no_further_than_64_kb(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        async with strangers(place.url) as connect:
            begin = b"POST /line/webhook HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
            chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
            form = b"x-line-signature: " + b"A" * 43 + b"=\r\n\r\n"
            reader, _ = await connect(begin + form + chunk)
            assert status(await reader.readuntil(b"\r\n\r\n")) == 413

    play(tmp_path, scenario)


def test_the_largest_signed_line_body_is_heard(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        body = b'{"events": []' + b" " * (LARGEST_BODY - 14) + b"}"
        assert len(body) == LARGEST_BODY
        async with strangers(place.url) as connect:
            signed = head(LINE, len(body), x_line_signature=sign(body, SECRET))
            reader, _ = await connect(signed + body)
            assert status(await reader.readuntil(b"\r\n\r\n")) == 200

    play(tmp_path, scenario)


def test_a_slack_request_signed_well_is_read(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        body = b'{"type": "url_verification", "challenge": "c", "token": "t"}'
        now = str(int(time.time()))
        async with strangers(place.url) as connect:
            signed = head(
                SLACK,
                len(body),
                content_type="application/json",
                x_slack_request_timestamp=now,
                x_slack_signature=sign_request(SIGNING_SECRET, now, body),
                connection="close",
            )
            reader, _ = await connect(signed + body)
            assert status(said := await answer(reader)) == 200, said

    play(tmp_path, scenario)

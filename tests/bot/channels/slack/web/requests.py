"""Requests as Slack signs and sends them, and the traces they leave."""

from __future__ import annotations

import io
import sqlite3
import time
from collections.abc import Mapping
from typing import Any

import aiohttp

from bot.simulator.slack.wire import events as made_by_slack
from bot.simulator.slack.wire.events import sign_request
from tests.bot.channels.slack.serving import HANAKO, SIGNING_SECRET, Place

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
    """Send a body, and read the status and the words of the answer."""
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
    """Make the whole event of a direct message, as Slack sends it."""
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

"""Show the traffic between LINE and the bot.

Signed webhooks, API calls and the limits they use.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from bot.channels.line.drawing.render import ALT_TEXT, BUBBLE_BYTES, CAROUSEL_BYTES, size
from bot.demo.owners import Doing
from bot.presentation.limits import LINE, utf16_units
from bot.simulator.line.events import signed_body
from bot.simulator.line.server import BOT, Call

Json = dict[str, Any]

SENDING = ("reply", "push")

LATEST = 60
"""Latest items that are shown."""

T = TypeVar("T")


def lines(doings: list[Doing], calls: list[Call]) -> list[Json]:
    """List each webhook, and each call that an owner notices."""
    webhooks = [_webhook_line(number, doing) for number, doing in latest(doings)]
    asked = [
        _call_line(number, call, doings)
        for number, call in latest(calls)
        if call.endpoint in (*SENDING, "loading")
    ]
    return [*webhooks, *asked]


def latest(things: Sequence[T]) -> Iterator[tuple[int, T]]:
    """Give each of the last things its number, since a session may be long."""
    first = max(0, len(things) - LATEST)
    return enumerate(things[first:], start=first)


def _webhook_line(number: int, doing: Doing) -> Json:
    event, last = doing.delivered.event, doing.delivered.attempts[-1]
    kind = event["type"]
    what = f"{kind} · {event['message']['type']}" if kind == "message" else kind
    return {
        "id": f"line-webhook-{number}",
        "way": "in",
        "what": f"LINE {what}",
        "status": last.status or last.outcome.value,
        "ok": doing.delivered.ok,
        "milliseconds": round(last.seconds * 1000, 1),
        "attempts": len(doing.delivered.attempts),
        "at": event["timestamp"] / 1000,
    }


def _call_line(number: int, call: Call, doings: list[Doing]) -> Json:
    return {
        "id": f"line-call-{number}",
        "way": "out",
        "what": f"LINE {call.endpoint}",
        "status": call.status,
        "ok": call.accepted,
        "milliseconds": _since_webhook(call, doings),
        "attempts": 1,
        "at": call.at,
    }


def _since_webhook(call: Call, doings: list[Doing]) -> float | None:
    """Count the milliseconds from the event to its reply.

    None for a call that is no reply.
    """
    token = call.body.get("replyToken")
    events = (doing.delivered.event for doing in doings[-LATEST:] if token)
    event = next((each for each in events if each.get("replyToken") == token), None)
    return round((call.at - event["timestamp"] / 1000) * 1000, 1) if event else None


def webhook(doing: Doing, secret: str) -> Json:
    """Show a webhook as it was posted, with the result of each attempt."""
    body, signature = signed_body(doing.delivered.events, secret, str(BOT["userId"]))
    return {
        "request": {
            "method": "POST",
            "path": "/line/webhook",
            "headers": {"x-line-signature": signature},
            "body": json.loads(body),
        },
        "attempts": [
            {**asdict(attempt), "milliseconds": round(attempt.seconds * 1000, 1)}
            for attempt in doing.delivered.attempts
        ],
        "limits": [],
    }


def api_call(call: Call) -> Json:
    """Show a call, its answer, and the used part of each limit."""
    headers = {"X-Line-Retry-Key": call.retry_key} if call.retry_key else {}
    return {
        "request": {
            "method": call.method,
            "path": call.path,
            "headers": headers,
            "body": call.body,
        },
        "answer": {"status": call.status, "body": call.answer},
        "limits": list(limits_used(call.body.get("messages", []))),
    }


def limits_used(messages: list[Json]) -> Iterator[Json]:
    """Measure how near a call's messages come to LINE's limits, by kind."""
    if not messages:
        return
    yield limit("メッセージ", len(messages), LINE.replies)
    yield limit("クイックリプライ", max(map(_quick_replies, messages)), LINE.buttons)
    texts = [utf16_units(each["text"]) for each in messages if each["type"] == "text"]
    if texts:
        yield limit("本文（文字）", max(texts), LINE.text)
    flexes = [each for each in messages if each["type"] == "flex"]
    if flexes:
        yield limit(
            "altText（文字）", max(utf16_units(each["altText"]) for each in flexes), ALT_TEXT
        )
    contents = [each["contents"] for each in flexes]
    bubbles = [size(bubble) for each in contents for bubble in _bubbles(each)]
    if bubbles:
        yield limit("バブル", max(bubbles), BUBBLE_BYTES, "KB")
    carousels = [size(each) for each in contents if each["type"] == "carousel"]
    if carousels:
        yield limit("カルーセル", max(carousels), CAROUSEL_BYTES, "KB")


def _quick_replies(message: Json) -> int:
    return len(message.get("quickReply", {}).get("items", []))


def _bubbles(contents: Json) -> list[Json]:
    return list(contents["contents"]) if contents["type"] == "carousel" else [contents]


def limit(name: str, used: int, most: int, unit: str = "") -> Json:
    """Compute how much of a limit was used."""
    return {"name": name, "used": used, "most": most, "unit": unit}

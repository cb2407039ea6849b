"""Show the traffic between Slack and the bot.

Events and interactions, Web API calls, the limits they use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from bot.channels.slack.ui.blocks import BLOCKS, BUTTONS, TOTAL, VIEW_BLOCKS, count_characters
from bot.demo.desk import Told
from bot.demo.line_wire import latest, limit
from bot.simulator.slack.wire.gateway import Call
from bot.simulator.slack.wire.postman import Kind

Json = dict[str, Any]

SHOWN = ("chat.", "views.", "reactions.", "response_url")
"""The beginnings of the calls that staff notice."""

MODAL_DATA = 3000
"""Characters a modal may carry unseen (private_metadata), by Slack's reference of views."""


def lines(told: list[Told], calls: list[Call]) -> list[Json]:
    """List the events for the bot, and the calls that staff notice."""
    events = [_event_line(number, each) for number, each in latest(told)]
    asked = [
        _call_line(number, call) for number, call in latest(calls) if call.method.startswith(SHOWN)
    ]
    return [*events, *asked]


def _event_line(number: int, told: Told) -> Json:
    delivered = told.delivered
    last = delivered.attempts[-1]
    return {
        "id": f"slack-event-{number}",
        "way": "in",
        "what": f"Slack {_kind(delivered.kind, delivered.payload)}",
        "status": last.status or last.outcome.value,
        "ok": delivered.ok,
        "milliseconds": round(last.seconds * 1000, 1),
        "attempts": len(delivered.attempts),
        "at": told.at,
    }


def _kind(kind: Kind, payload: Mapping[str, Any]) -> str:
    if kind is Kind.COMMAND:
        return str(payload["command"])
    return str(payload.get("event", payload).get("type"))


def _call_line(number: int, call: Call) -> Json:
    return {
        "id": f"slack-call-{number}",
        "way": "out",
        "what": f"Slack {call.method}",
        "status": call.error or call.status,
        "ok": call.accepted and not call.error,
        "milliseconds": None,
        "attempts": 1,
        "at": call.at,
    }


def event(told: Told) -> Json:
    """Show an event for the bot, with the result of each attempt."""
    delivered = told.delivered
    return {
        "request": {"method": "POST", "path": "/slack/events", "body": delivered.payload},
        "attempts": [
            {**asdict(attempt), "milliseconds": round(attempt.seconds * 1000, 1)}
            for attempt in delivered.attempts
        ],
        "limits": [],
    }


def api_call(call: Call) -> Json:
    """Show a call, its answer, and the used part of each limit."""
    return {
        "request": {"method": "POST", "path": f"/api/{call.method}", "body": call.arguments},
        "answer": {"status": call.status, "body": call.answer},
        "limits": list(limits_used(call.arguments)),
    }


def limits_used(arguments: Mapping[str, Any]) -> Iterator[Json]:
    """List how near the blocks of a call come to Slack's limits."""
    view = arguments.get("view")
    given = view if isinstance(view, dict) else arguments
    blocks = given.get("blocks")
    if not isinstance(blocks, list):
        return
    yield limit("ブロック", len(blocks), VIEW_BLOCKS if given is view else BLOCKS)
    yield limit("文字", count_characters(blocks), TOTAL)
    rows = [len(block["elements"]) for block in blocks if block["type"] == "actions"]
    if rows:
        yield limit("並んだボタン", max(rows), BUTTONS)
    if given is view and given.get("private_metadata"):
        yield limit("private_metadata", len(given["private_metadata"]), MODAL_DATA)

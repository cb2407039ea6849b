"""List the traffic of both platforms, and show each exchange in full."""

from __future__ import annotations

from typing import Any

from bot.demo import line_wire, slack_wire
from bot.demo.desk import Desk
from bot.demo.owners import Owners

Json = dict[str, Any]

SHOWN = 40
"""Exchanges listed at once, the latest."""


def exchanges(owners: Owners, desk: Desk) -> list[Json]:
    """List the latest webhooks, events and calls in order."""
    lines = [
        *line_wire.lines(owners.doings, owners.line.calls),
        *slack_wire.lines(desk.told, desk.slack.calls),
    ]
    return sorted(lines, key=lambda line: float(line["at"]))[-SHOWN:]


def details(id_: str, owners: Owners, desk: Desk, line_secret: str) -> Json:
    """Show one exchange in full. Raises LookupError or ValueError for other ids."""
    kind, _, number = id_.rpartition("-")
    at = int(number)
    match kind:
        case "line-webhook":
            return line_wire.webhook(owners.doings[at], line_secret)
        case "line-call":
            return line_wire.api_call(owners.line.calls[at])
        case "slack-event":
            return slack_wire.event(desk.told[at])
        case "slack-call":
            return slack_wire.api_call(desk.slack.calls[at])
    raise LookupError(id_)

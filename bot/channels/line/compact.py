"""Keep replies in the outbox as words, a tenth of LINE's drawn messages.

A reply is nearly always sent within a moment and its row deleted. Only a killed process leaves a
row behind, which is then drawn again.
"""

from __future__ import annotations

from typing import Any

import orjson

from bot.model.messages import Card, Choice, Link, LinkKind, Progress, Reply, Section, Tone


def write_compact(replies: tuple[Reply, ...]) -> bytes:
    """Write the replies as JSON."""
    return orjson.dumps(replies)


def read_compact(kept: bytes) -> tuple[Reply, ...]:
    """Read the replies that `write_compact` wrote."""
    return tuple(map(_reply, orjson.loads(kept)))


def _reply(data: dict[str, Any]) -> Reply:
    progress, card = data["progress"], data["card"]
    return Reply(
        data["text"],
        _choices(data["choices"]),
        _choices(data["controls"]),
        _card(card) if card else None,
        Progress(**progress) if progress else None,
        data["several"],
        data.get("place", ""),
        data.get("quote", ""),
    )


def _choices(data: list[dict[str, Any]]) -> tuple[Choice, ...]:
    return tuple(Choice(**each) for each in data)


def _card(data: dict[str, Any]) -> Card:
    sections = tuple(
        Section(each["heading"], tuple(each["lines"]), each["small"]) for each in data["sections"]
    )
    links = tuple(
        Link(LinkKind(each["kind"]), each["label"], each["target"], each.get("note", ""))
        for each in data["links"]
    )
    return Card(
        data["title"],
        sections,
        links,
        data["subtitle"],
        Tone(data.get("tone", Tone.PLAIN)),
        links_first=data.get("links_first", False),
    )

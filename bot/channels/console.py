"""Replies for a terminal: as JSON for programs, as plain text for a pipe."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from bot.messages import Reply
from bot.turn import Turn


class Console: ...


def reply_as_dict(reply: Reply) -> dict[str, Any]:
    """A reply as JSON-able data; `choices` holds everything that can be tapped."""
    return {
        "text": reply.text,
        "choices": [{"label": button.label, "value": button.value} for button in reply.buttons],
        "card": asdict(reply.card) if reply.card else None,
        "progress": asdict(reply.progress) if reply.progress else None,
    }


def as_json(line: str, turn: Turn, state: str) -> str:
    """One line of JSON: what was typed, the replies, and where the conversation stands."""
    replies = [reply_as_dict(reply) for reply in turn.replies]
    return json.dumps({"input": line, "replies": replies, "state": state}, ensure_ascii=False)


def as_plain(turn: Turn) -> str:
    out = []
    for reply in turn.replies:
        out.append(reply.text)
        if reply.buttons:
            out.append("\n".join(f"  {n}. {b.label}" for n, b in enumerate(reply.buttons, 1)))
    return "\n\n".join(out) + "\n" + "─" * 40

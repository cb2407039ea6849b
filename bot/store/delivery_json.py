"""Write deliveries as JSON and read them back, for every store."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson

from bot.store import Outgoing


def dump_outgoing(outgoing: Outgoing) -> bytes:
    """Write an `Outgoing` for the outbox, without its `key` and `replaces`."""
    return orjson.dumps(
        {
            "channel": outgoing.channel,
            **_dump_content(outgoing),
            "reply_token": outgoing.reply_token,
            "reply_until": outgoing.reply_until,
            "receipt": outgoing.receipt,
            **({"push_until": outgoing.push_until} if outgoing.push_until else {}),
        }
    )


def load_outgoing(kept: bytes) -> Outgoing:
    """Read an `Outgoing` written by `dump_outgoing`."""
    data = orjson.loads(kept)
    return Outgoing(
        data["channel"],
        data.get("messages", ()),
        data["reply_token"],
        _read_moment(data["reply_until"]),
        receipt=data.get("receipt", ""),
        # "kept" is older than the name `compact`: rows of an earlier version still have it.
        compact=orjson.dumps(data["kept"]) if "kept" in data else b"",
        push_until=_read_moment(data.get("push_until")),
    )


def _read_moment(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None


def _dump_content(outgoing: Outgoing) -> dict[str, Any]:
    if outgoing.compact:
        return {"kept": orjson.Fragment(outgoing.compact)}
    return {"messages": list(outgoing.messages)}

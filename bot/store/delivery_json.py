"""Write what is to be sent as JSON, and read it back: the same for every store."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson

from bot.store import Outgoing


def dump_outgoing(outgoing: Outgoing) -> bytes:
    """Write an `Outgoing` for the outbox; `key` and `replaces` are not in it."""
    return orjson.dumps(
        {
            "channel": outgoing.channel,
            **_dump_content(outgoing),
            "reply_token": outgoing.reply_token,
            "reply_until": outgoing.reply_until,
            "receipt": outgoing.receipt,
        }
    )


def load_outgoing(kept: bytes) -> Outgoing:
    """Read what `dump_outgoing` wrote."""
    data = orjson.loads(kept)
    until = data["reply_until"]
    return Outgoing(
        data["channel"],
        data.get("messages", ()),
        data["reply_token"],
        datetime.fromisoformat(until) if until else None,
        receipt=data.get("receipt", ""),
        # "kept" is older than the name `compact`: rows of an earlier version still have it.
        compact=orjson.dumps(data["kept"]) if "kept" in data else b"",
    )


def _dump_content(outgoing: Outgoing) -> dict[str, Any]:
    if outgoing.compact:
        return {"kept": orjson.Fragment(outgoing.compact)}
    return {"messages": list(outgoing.messages)}

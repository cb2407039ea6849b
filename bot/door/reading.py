"""A body, read no further than is allowed."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import Receive


async def read_body(headers: Mapping[str, str], receive: Receive, most: int) -> bytes | None:
    """The raw body, or None when it is longer than `most` bytes, said or sent.

    That of a caller who hangs up ends early: its signature does not match.
    """
    if _length(headers) > most:
        return None
    body, more = bytearray(), True
    while more and len(body) <= most:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return bytes(body) if len(body) <= most else None


def _length(headers: Mapping[str, str]) -> float:
    """What the header says, 0 when it says nothing to be read."""
    said = headers.get("content-length", "")
    return float(said) if said.isascii() and said.isdigit() else 0

"""A body, read no further than is allowed."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import Receive


async def read_body(headers: Mapping[str, str], receive: Receive, most: int) -> bytes | None:
    """Read the raw body; None when it is longer than `most` bytes, said or sent.

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
    """Read what the header says; 0 when it says nothing that can be read."""
    said = headers.get("content-length", "")
    return float(said) if said.isascii() and said.isdigit() else 0

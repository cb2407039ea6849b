"""A body, read no further than is allowed."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import Receive


async def read_body(headers: Mapping[str, str], receive: Receive, most: int) -> bytes | None:
    """Read the raw body, or None when it is too long.

    It is longer than `most` bytes by its header or in fact. The body of a caller who hangs up ends
    early, and its signature does not match.
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
    """Read the header's length, or 0 without a readable one."""
    said = headers.get("content-length", "")
    return float(said) if said.isascii() and said.isdigit() else 0

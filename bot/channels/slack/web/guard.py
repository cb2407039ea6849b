"""Admit only requests that Slack has signed just now.

Bolt reads a body before it checks the signature and answers a stranger's garbage with a 500; so
everything is checked here first, on the raw bytes. Source: Slack, "Verifying requests from Slack".
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

import orjson
from starlette.requests import Request

from bot.door.reading import read_body

LARGEST_BODY = 1_000_000
"""Bytes of a request that are read. Slack's are far smaller, a view has at most 250 kB."""

OLDEST = 300
"""Seconds a request may be old, or ahead of our clock."""

FORM = "application/x-www-form-urlencoded"


class RefusedError(Exception):
    """A request that is refused, with a status and a sentence."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        self.status, self.why = status, why
        super().__init__(why)


async def admit_request(request: Request, secret: str, now: float) -> tuple[bytes, dict[str, Any]]:
    """Read the raw body and its data.

    `now` is in seconds since 1970. Raises RefusedError.
    """
    _check_headers(request.headers, now)
    body = await read_body(request.headers, request.receive, LARGEST_BODY)
    if body is None:
        raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the body is too large")
    _check_signature(body, request.headers, secret)
    return body, parse_body(body, request.headers.get("content-type", ""))


def _check_headers(headers: Mapping[str, str], now: float) -> None:
    """Refuse by the headers requests that need not be read."""
    stamp = headers.get("x-slack-request-timestamp", "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < _LONGEST_STAMP):
        raise RefusedError(HTTPStatus.UNAUTHORIZED, "the timestamp is missing")
    if abs(now - int(stamp)) > OLDEST:
        raise RefusedError(HTTPStatus.UNAUTHORIZED, "the request is too old")
    if not _SIGNATURE.fullmatch(headers.get("x-slack-signature", "")):
        raise RefusedError(HTTPStatus.UNAUTHORIZED, "the signature is missing")


def _check_signature(body: bytes, headers: Mapping[str, str], secret: str) -> None:
    stamp = headers["x-slack-request-timestamp"]
    signed = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
    given = headers["x-slack-signature"]
    if not hmac.compare_digest(f"v0={signed.hexdigest()}", given):
        raise RefusedError(HTTPStatus.UNAUTHORIZED, "the signature does not match")


_SIGNATURE = re.compile("v0=[0-9a-f]{64}")
"""Version and HMAC-SHA256 in hexadecimal digits."""

_LONGEST_STAMP = 15
"""Digits of a timestamp. A longer one is refused unread."""


def parse_body(body: bytes, content_type: str) -> dict[str, Any]:
    """Parse a body of JSON, a form's `payload`, or the form itself.

    Raises RefusedError.
    """
    if content_type.split(";", maxsplit=1)[0].strip().lower() != FORM:
        return _parse_object(body)
    try:
        form = parse_qs(body.decode(), strict_parsing=True, keep_blank_values=True)
    except ValueError:
        raise _refuse_unreadable() from None
    if "payload" in form:
        return _parse_object(form["payload"][0].encode())
    return {name: values[0] for name, values in form.items()}


def _parse_object(text: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(text)
    except ValueError:  # also for what is nested too deeply
        raise _refuse_unreadable() from None
    if not isinstance(found, dict):
        raise _refuse_unreadable()
    return found


def _refuse_unreadable() -> RefusedError:
    return RefusedError(HTTPStatus.BAD_REQUEST, "the body cannot be read")

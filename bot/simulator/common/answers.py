"""Write the answers of a fake, apart from any HTTP library."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from aiohttp import web

Json = dict[str, Any]

NO_ANSWER = 0
"""The status of a call whose connection was dropped or left hanging."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold an answer of the platform.

    `content` instead of `body` is for pictures, files and plain text.
    """

    body: Json = field(default_factory=dict)
    status: int = HTTPStatus.OK
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""
    content_type: str = "application/json"


NOTHING = Answer()
"""Stands for an answer where the platform did no work."""


def make_response(answer: Answer, headers: Mapping[str, str]) -> web.Response:
    """Write an answer as HTTP, its own headers before `headers`."""
    return web.Response(
        status=answer.status,
        body=answer.content or json.dumps(answer.body).encode(),
        headers={**headers, **answer.headers},
        content_type=answer.content_type,
    )


def read_json_object(body: bytes) -> Json:
    """Read a body for the record of calls, or {} for anything else.

    Such as a picture, or a body that was refused already.
    """
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}

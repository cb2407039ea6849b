"""What a fake answers, apart from any HTTP library."""

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
    """What the platform answers; `content` instead of `body` for pictures, files and plain text."""

    body: Json = field(default_factory=dict)
    status: int = HTTPStatus.OK
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""
    content_type: str = "application/json"


NOTHING = Answer()
"""What stands for an answer where the platform did no work."""


def make_response(answer: Answer, headers: Mapping[str, str]) -> web.Response:
    """Write an answer as HTTP; its own headers win over `headers`."""
    return web.Response(
        status=answer.status,
        body=answer.content or json.dumps(answer.body).encode(),
        headers={**headers, **answer.headers},
        content_type=answer.content_type,
    )


def read_json_object(body: bytes) -> Json:
    """Read a body for the record of calls; {} for a picture, or what was refused already."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}

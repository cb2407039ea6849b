"""Answers and refusals of Web API methods, apart from any HTTP library."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from bot.simulator.common.answers import Answer, Json


class RefusedError(Exception):
    """Slack refuses a call.

    That is nearly always a status 200 and a body that says why. Source:
    https://docs.slack.dev/apis/web-api/ (evaluating responses)
    """

    def __init__(
        self,
        error: str,
        status: int = HTTPStatus.OK,
        *,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(error)
        self.answer = Answer({"ok": False, "error": error, **more}, status, headers or {})


def refuse_arguments(*problems: str, error: str = "invalid_arguments") -> RefusedError:
    """Make the refusal of arguments, with a sentence on each."""
    messages = [f"[ERROR] {problem}" for problem in problems]
    return RefusedError(error, response_metadata={"messages": messages})


def refuse_rate(seconds: int) -> RefusedError:
    """Make the refusal of a call that comes too soon.

    Source: https://docs.slack.dev/apis/web-api/rate-limits
    """
    headers = {"Retry-After": str(seconds)}
    return RefusedError("ratelimited", HTTPStatus.TOO_MANY_REQUESTS, headers=headers)


def answer_ok(**body: Any) -> Answer:
    """Answer a call that went well."""
    return Answer({"ok": True, **body})


Handler = Callable[[Json], Answer]
"""Answers a method's arguments, or raises RefusedError."""

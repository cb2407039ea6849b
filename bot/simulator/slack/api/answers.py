"""What a Web API method is asked and what it answers, apart from any HTTP library."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from bot.simulator.common.answers import Answer, Json


class RefusedError(Exception):
    """Slack refuses a call: nearly always a status 200 and a body that says why.

    Source: https://docs.slack.dev/apis/web-api/ (evaluating responses)
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


def invalid(*problems: str, error: str = "invalid_arguments") -> RefusedError:
    """The refusal of arguments, with a sentence on each."""
    messages = [f"[ERROR] {problem}" for problem in problems]
    return RefusedError(error, response_metadata={"messages": messages})


def limited(seconds: int) -> RefusedError:
    """The refusal of a call that comes too soon.

    Source: https://docs.slack.dev/apis/web-api/rate-limits
    """
    headers = {"Retry-After": str(seconds)}
    return RefusedError("ratelimited", HTTPStatus.TOO_MANY_REQUESTS, headers=headers)


def good(**body: Any) -> Answer:
    """An answer to a call that went well."""
    return Answer({"ok": True, **body})


Handler = Callable[[Json], Answer]
"""A method: the arguments it was called with, its answer. It raises RefusedError to refuse."""

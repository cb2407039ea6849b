"""What LINE's refusal of a call means for what was to be sent."""

from __future__ import annotations

from http import HTTPStatus

from bot.channels import Later, Refused
from bot.channels.line.client import NO_ANSWER, Answer


def is_unsettled(answer: Answer) -> bool:
    """Tell whether LINE may or may not have done its work."""
    return answer.status in (NO_ANSWER, HTTPStatus.REQUEST_TIMEOUT) or answer.status >= 500  # noqa: PLR2004 - 5xx


def judge_failure(answer: Answer) -> Later | Refused:
    """Judge a failed call, to be tried again at a time or never."""
    why = f"{answer.status or 'no answer'} {answer.message}".strip()
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        monthly = "monthly limit" in answer.message.lower()
        return Later(why, answer.retry_after, held=monthly)
    if is_unsettled(answer):
        return Later(why, answer.retry_after)
    if answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        # Our token, not this message: staff set it right and the message still goes out.
        return Later(why, 60)
    return Refused(why)

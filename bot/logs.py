"""Log the kind of each event, with people only as hashes and no words."""

from __future__ import annotations

import hmac
import logging
import os
import secrets
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

FRAMES = 8
"""The innermost calls of an error that a log names."""


class _People:
    """Hold the secret by which people are named in logs.

    It is one of this process until the store's is known.
    """

    secret = secrets.token_bytes(32)


def name_people_by(secret: bytes) -> None:
    """Name people in logs by the store's secret, alike in every process."""
    _People.secret = secret


def person(key: str) -> str:
    """Hash a key ("line:U1") for a log.

    That is enough to follow one case, not to find anyone. Without the secret nobody can try ids
    until one fits.
    """
    return hmac.digest(_People.secret, key.encode(), "sha256").hex()[:10]


def fault(error: BaseException) -> dict[str, Any]:
    """Describe an error for a log by its type and place, without its text.

    The text of an error often quotes what could not be read, which may be an owner's words. A
    database's own name of its trouble does not (`StoreError.reason`).
    """
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    reason = getattr(error, "reason", "")
    return {"fault": type(error).__name__, "frames": where} | ({"reason": reason} if reason else {})


def _without_words(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Put `fault` in place of a traceback, which ends with the error's text."""
    given = event.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else given
    if error is True:
        error = sys.exc_info()[1]
    return {**event, **fault(error)} if isinstance(error, BaseException) else event


def _shows_colours() -> bool:
    """Tell whether logs go to a terminal that may be coloured (https://no-color.org)."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR")


def configure(level: str, log_format: str) -> None:
    """Set up structlog with one line per event on standard error.

    The line is JSON, or for reading.
    """
    as_json = log_format == "json"
    last = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=_shows_colours())
    )
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_words,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )

"""Let Slack's own framework sort and answer requests.

Bolt answers an event before its work is done unless told otherwise; here the work is a commit of a
millisecond, so it comes first, and what could not be kept is answered with 503: Slack then sends it
again (docs/decisions/0009-slack.md).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.logs import fault

Hear = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any] | None]]
"""Takes a payload and returns Slack's answer (a form's errors, say), or None."""

_EVERY = re.compile(".*", re.DOTALL)
"""Any name at all."""

_LOG = structlog.get_logger("slack")


def build_app(
    client: AsyncWebClient, authorize: Callable[[], Awaitable[AuthorizeResult]], hear: Hear
) -> AsyncApp:
    """Build a Bolt app that answers once `hear` has returned.

    Requests are taken as verified: the guard in front checks their raw bytes.
    """
    quiet = logging.getLogger("kaizen_navi.bolt")
    quiet.setLevel(logging.CRITICAL)  # its own log lines may quote payloads

    async def authorized() -> AuthorizeResult:  # Bolt would pass a method its own `self`
        return await authorize()

    app = AsyncApp(
        logger=quiet,
        client=client,
        authorize=authorized,
        process_before_response=True,
        request_verification_enabled=False,
        raise_error_for_unhandled_request=True,
    )

    async def listener(body: Mapping[str, Any]) -> BoltResponse:
        try:
            answer = await hear(body)
        except Exception as error:  # noqa: BLE001 - whatever it was, Slack is to send it again
            _LOG.error("event not kept", **fault(error))
            return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE, body="try again")
        return BoltResponse(status=HTTPStatus.OK, body=dict(answer) if answer else "")

    async def unheard(error: Exception) -> BoltResponse:
        if isinstance(error, BoltUnhandledRequestError):  # nothing we know: no use to send it again
            return BoltResponse(status=HTTPStatus.OK)
        _LOG.warning("request not understood", **fault(error))
        return BoltResponse(status=HTTPStatus.BAD_REQUEST, body="it cannot be understood")

    for kind in (app.event, app.action, app.command, app.shortcut, app.view):
        kind(_EVERY)(listener)  # also what we have not asked for: an unhandled event is sent again
    app.error(unheard)
    return app

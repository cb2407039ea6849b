"""Post signed webhooks, failed when the answer is not 2xx in two seconds."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from typing import Any

import aiohttp

from bot.simulator.common.calling import Caller
from bot.simulator.line.events import Event, signed_body

WEBHOOK_SECONDS = 2.0
"""Source: https://developers.line.biz/en/docs/partner-docs/development-guidelines/"""


class Outcome(StrEnum):
    """Name the result of a delivery, in the words of LINE's error statistics.

    Source: https://developers.line.biz/en/docs/messaging-api/check-webhook-error-statistics/
    """

    OK = "OK"
    COULD_NOT_CONNECT = "COULD_NOT_CONNECT"
    REQUEST_TIMEOUT = "REQUEST_TIMEOUT"
    ERROR_STATUS_CODE = "ERROR_STATUS_CODE"
    UNCLASSIFIED = "UNCLASSIFIED"


@dataclass(frozen=True, slots=True)
class Attempt:
    """Hold the outcome of one POST.

    `status` is 0 without an answer.
    """

    outcome: Outcome
    status: int = 0
    seconds: float = 0.0
    detail: str = ""


@dataclass(slots=True)
class Delivered:
    """Hold the events of one POST, with every attempt so far."""

    events: tuple[Event, ...]
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Tell whether the bot has taken the events."""
        return any(attempt.outcome is Outcome.OK for attempt in self.attempts)

    @property
    def status(self) -> int:
        """The status of the last attempt, or 0 without an answer."""
        return self.attempts[-1].status if self.attempts else 0

    @property
    def event(self) -> Event:
        """The first event."""
        return self.events[0]

    @property
    def event_id(self) -> str:
        """The ID of the first event."""
        return str(self.event["webhookEventId"])

    @property
    def reply_token(self) -> str:
        """The reply token of the first event, or ""."""
        return str(self.event.get("replyToken", ""))

    @property
    def message_id(self) -> str:
        """The ID of the first event's message, or ""."""
        message: dict[str, Any] = self.event.get("message", {})
        return str(message.get("id", ""))


class Postman(Caller):
    """Carries events to the webhook."""

    def __init__(self, secret: str, destination: str, timeout: float = WEBHOOK_SECONDS) -> None:
        self._secret = secret
        self._destination = destination
        super().__init__(timeout)

    async def post(self, url: str, events: Iterable[Event]) -> Attempt:
        """Send events in one POST and return the attempt."""
        started = time.perf_counter()
        outcome, status, detail = await self._try(url, events)
        return Attempt(outcome, status, time.perf_counter() - started, detail)

    async def _try(self, url: str, events: Iterable[Event]) -> tuple[Outcome, int, str]:
        try:
            status, said = await self._send(url, events)
        except TimeoutError:
            return Outcome.REQUEST_TIMEOUT, 0, "Request timeout"
        except aiohttp.ClientConnectorError as error:
            return Outcome.COULD_NOT_CONNECT, 0, str(error)
        except (aiohttp.ClientError, ValueError) as error:
            return Outcome.UNCLASSIFIED, 0, str(error) or type(error).__name__
        ok = HTTPStatus(200) <= status < HTTPStatus(300)
        return (Outcome.OK if ok else Outcome.ERROR_STATUS_CODE), status, said

    async def _send(self, url: str, events: Iterable[Event]) -> tuple[int, str]:
        body, signature = signed_body(events, self._secret, self._destination)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "LineBotWebhook/2.0",
            "x-line-signature": signature,
        }
        # A redirect is an answer that is not 2xx.
        async with self._session.post(
            url, data=body, headers=headers, allow_redirects=False
        ) as response:
            said = await response.content.read(200)
            return response.status, said.decode("utf-8", "replace")

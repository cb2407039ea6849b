"""Send signed requests to the app, which has three seconds to answer."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import aiohttp

from bot.simulator.common.answers import Json
from bot.simulator.common.calling import Caller
from bot.simulator.slack.wire.events import sign_request

ACK_SECONDS = 3.0
"""Sources: https://docs.slack.dev/apis/events-api,
https://docs.slack.dev/interactivity/handling-user-interaction
"""


class Outcome(StrEnum):
    """The outcome of an attempt.

    All but `ok` are Slack's reasons to try again. Source: https://docs.slack.dev/apis/events-api
    (retries)
    """

    OK = "ok"
    TIMEOUT = "http_timeout"
    ERROR = "http_error"
    CONNECTION = "connection_failed"
    UNKNOWN = "unknown_error"


class Kind(StrEnum):
    """The kind of a request."""

    EVENT = "event"
    COMMAND = "command"
    INTERACTIVE = "interactive"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to reach the app.

    `status` is 0 without an answer, `said` is what was answered. `retry` is 0 for the first.
    `again` is False when the app asks not to be told again.
    """

    outcome: Outcome
    status: int = 0
    seconds: float = 0.0
    said: str = ""
    retry: int = 0
    again: bool = True


@dataclass(slots=True)
class Dispatch:
    """Something somebody did, with every attempt to tell the app.

    `ts` names the message that was written, if one was. `payload` is what the app is told; without
    attempts it was not told at all: the bot is not in the channel, or did not ask for such events.
    `also` are further events of the same doing. `trouble` is what Slack has against the answer.
    """

    kind: Kind = Kind.EVENT
    payload: Json = field(default_factory=dict)
    ts: str = ""
    attempts: list[Attempt] = field(default_factory=list)
    also: tuple[Dispatch, ...] = ()
    trouble: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    """Errors in the answer to a submission, by `block_id`."""

    @property
    def ok(self) -> bool:
        """Tell whether the app has taken the event, and answered well."""
        return any(each.outcome is Outcome.OK for each in self.attempts) and not self.trouble

    @property
    def status(self) -> int:
        """The status of the last attempt, 0 without an answer."""
        return self.attempts[-1].status if self.attempts else 0

    @property
    def answer(self) -> Any:
        """The answer to the last attempt.

        JSON is given as a value, anything else as text; None if nothing came.
        """
        said = self.attempts[-1].said if self.attempts else ""
        try:
            return json.loads(said) if said else None
        except ValueError:
            return said

    @property
    def event(self) -> Json:
        """The event inside the envelope, or {}."""
        inner: Json = self.payload.get("event", {})
        return inner

    @property
    def event_id(self) -> str:
        """The ID by which the app knows an event again."""
        return str(self.payload.get("event_id", ""))

    @property
    def trigger_id(self) -> str:
        """The trigger that opens a modal, empty for events."""
        return str(self.payload.get("trigger_id", ""))

    @property
    def response_url(self) -> str:
        """The address for an answer in the conversation, if there is one."""
        return str(self.payload.get("response_url", ""))


class Postman(Caller):
    """Carry events to the app over HTTP."""

    def __init__(
        self, secret: str, clock: Callable[[], float], ack_seconds: float = ACK_SECONDS
    ) -> None:
        super().__init__()
        self._secret = secret
        self._clock = clock
        self.ack_seconds = ack_seconds

    async def carry(self, url: str, sent: Dispatch, retry: int = 0, reason: str = "") -> Attempt:
        """Tell the app once, and return the attempt.

        `retry` counts from 0, the first attempt.
        """
        started = time.perf_counter()
        try:
            status, said, again = await self._send(url, sent, retry, reason)
        except TimeoutError:
            outcome, status, said, again = Outcome.TIMEOUT, 0, "", True
        except aiohttp.ClientConnectionError as error:
            outcome, status, said, again = Outcome.CONNECTION, 0, str(error), True
        except (aiohttp.ClientError, ValueError) as error:
            outcome, status, said, again = Outcome.UNKNOWN, 0, str(error), True
        else:
            ok = HTTPStatus(200) <= status < HTTPStatus(300)
            outcome = Outcome.OK if ok else Outcome.ERROR
        return Attempt(outcome, status, time.perf_counter() - started, said, retry, again)

    async def _send(
        self, url: str, sent: Dispatch, retry: int, reason: str
    ) -> tuple[int, str, bool]:
        body, kind = encode_request(sent.kind, sent.payload)
        timestamp = str(int(self._clock()))
        headers = {
            "Content-Type": kind,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": sign_request(self._secret, timestamp, body),
        }
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason}
        timeout = aiohttp.ClientTimeout(total=self.ack_seconds)
        # Slack would follow two redirects; here one is an answer that is not 2xx.
        async with self._session.post(
            url, data=body, headers=headers, timeout=timeout, allow_redirects=False
        ) as response:
            said = (await response.read()).decode("utf-8", "replace")
            again = response.headers.get("x-slack-no-retry") != "1"
            return response.status, said, again


def encode_request(kind: Kind, payload: Json) -> tuple[bytes, str]:
    """Encode the body of a request, and name its content type.

    Events go as JSON, all else as a form.
    """
    if kind is Kind.EVENT:
        return json.dumps(payload).encode(), "application/json"
    form = payload if kind is Kind.COMMAND else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"

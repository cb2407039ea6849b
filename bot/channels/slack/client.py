"""Slack's Web API through one pooled session: slack_sdk's client, without its repetitions.

By default the SDK posts a message again after a dropped connection, which may double it; so it
repeats nothing here, and the outbox decides (docs/decisions/0009-slack.md).
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import SlackSettings

TIMEOUT = aiohttp.ClientTimeout(total=15, connect=3)

NO_ANSWER = "no_answer"
"""The error of a call that got no answer at all."""

NOT_JSON = "no_json"
"""The error of an answer that is not Slack's: a proxy's, or a 5xx."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What Slack answered: its data, or the name of its error and what it says besides.

    `retry_after` are seconds to wait when calls came too fast; `scopes` those of the token.
    """

    data: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""
    retry_after: float | None = None
    scopes: frozenset[str] = frozenset()

    @property
    def ok(self) -> bool:
        """Whether Slack did what it was asked."""
        return not self.error


class Client:
    """One long-lived client: use `start` in the running loop, and `stop` at the end."""

    def __init__(self, settings: SlackSettings) -> None:
        self._settings = settings
        self._session: aiohttp.ClientSession | None = None
        self.web: AsyncWebClient = AsyncWebClient()

    async def start(self) -> None:
        """Open the pool."""
        self._session = aiohttp.ClientSession(timeout=TIMEOUT)
        self.web = AsyncWebClient(
            token=self._settings.bot_token,
            base_url=self._settings.api_base,
            session=self._session,
            retry_handlers=[],
        )

    async def stop(self) -> None:
        """Close it."""
        if self._session:
            await self._session.close()

    async def call(self, method: str, arguments: Mapping[str, Any]) -> Answer:
        """Call a method that takes JSON; never raises for what Slack or the network does."""
        return await self._call(method, json=dict(arguments))

    async def ask(self, method: str, **arguments: str | int | bool) -> Answer:
        """Call a method that reads; those take a form, not JSON."""
        return await self._call(method, data=dict(arguments))

    async def respond(self, response_url: str, message: Mapping[str, Any]) -> None:
        """Answer where something was pressed (five times within half an hour); best effort."""
        if not self._session or not response_url:
            return
        with contextlib.suppress(aiohttp.ClientError, TimeoutError, OSError):
            async with self._session.post(response_url, json=dict(message)):
                pass

    async def _call(self, method: str, **body: Any) -> Answer:
        try:
            response = await self.web.api_call(method, **body)
        except SlackApiError as error:
            return _refusal(error)
        except (aiohttp.ClientError, TimeoutError, OSError):
            return Answer(error=NO_ANSWER)
        scopes = str(_header(response.headers, "x-oauth-scopes") or "")
        data = response.data if isinstance(response.data, dict) else {}
        return Answer(data, scopes=frozenset(filter(None, scopes.replace(" ", "").split(","))))


def _refusal(error: SlackApiError) -> Answer:
    response = error.response
    data = getattr(response, "data", response)
    if not isinstance(data, Mapping) or not data.get("error"):
        return Answer(error=NOT_JSON)
    headers = getattr(response, "headers", {})
    wait = str(_header(headers, "retry-after") or "")
    seconds = float(wait) if wait.isascii() and wait.isdigit() else None
    return Answer(data, str(data["error"]), seconds)


def _header(headers: Mapping[str, Any], name: str) -> object:
    return next((value for each, value in headers.items() if each.lower() == name), None)

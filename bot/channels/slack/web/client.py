"""Call Slack's Web API through one pooled session.

By default the SDK posts a message again after a dropped connection, which may double it; so it
repeats nothing here, and the outbox decides (docs/decisions/0009-slack.md).
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.proxies import proxy_for
from bot.settings import SlackSettings

TIMEOUT = aiohttp.ClientTimeout(total=15, connect=3)

NO_ANSWER = "no_answer"
"""The error of a call that got no answer at all."""

NOT_JSON = "no_json"
"""Error of an answer that a proxy gave, or of a 5xx."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold Slack's data, or the name of its error.

    `retry_after` are seconds to wait when calls came too fast; `scopes` those of the token.
    """

    data: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""
    retry_after: float | None = None
    scopes: frozenset[str] = frozenset()

    @property
    def ok(self) -> bool:
        """Tell whether Slack accepted the call."""
        return not self.error


class Client:
    """A long-lived client of the Web API.

    Use `start` in the running loop, and `stop` at the end.
    """

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
        # Set afterwards: given None the SDK takes a proxy from the environment and knows no NO_PROXY.
        self.web.proxy = proxy_for(self._settings.api_base)

    async def stop(self) -> None:
        """Close the session."""
        if self._session:
            await self._session.close()

    async def call(self, method: str, arguments: Mapping[str, Any]) -> Answer:
        """Call a method that takes JSON.

        Never raises for what Slack or the network does.
        """
        return await self._call(method, json=dict(arguments))

    async def ask(self, method: str, **arguments: str | int | bool) -> Answer:
        """Call a method that reads, which takes a form and no JSON."""
        return await self._call(method, data=dict(arguments))

    async def respond(self, response_url: str, message: Mapping[str, Any]) -> None:
        """Answer at the place of a press, as far as Slack takes it.

        A response_url works five times within half an hour. Source: Slack, "Handling user
        interaction".
        """
        if not self._session or not self._leads_to_slack(response_url):
            return
        with contextlib.suppress(aiohttp.ClientError, TimeoutError, OSError):
            asked = self._session.post(
                response_url,
                json=dict(message),
                allow_redirects=False,
                proxy=proxy_for(response_url),
            )
            async with asked:
                pass

    def _leads_to_slack(self, address: str) -> bool:
        """Tell whether an address is Slack's, so that no request sends us elsewhere.

        Slack's are at hooks.slack.com, beside the Web API at slack.com. Source: Slack, "Handling
        user interaction".
        """
        origin, api = _parse_origin(address), _parse_origin(self._settings.api_base)
        if origin is None or api is None:
            return False
        scheme, host, port = api
        return origin in {api, (scheme, f"hooks.{host}", port)}

    async def _call(self, method: str, **body: Any) -> Answer:
        try:
            response = await self.web.api_call(method, **body)
        except SlackApiError as error:
            return _read_refusal(error)
        except (aiohttp.ClientError, TimeoutError, OSError):
            return Answer(error=NO_ANSWER)
        scopes = str(_find_header(response.headers, "x-oauth-scopes") or "")
        data = response.data if isinstance(response.data, dict) else {}
        return Answer(data, scopes=frozenset(filter(None, scopes.replace(" ", "").split(","))))


def _parse_origin(address: str) -> tuple[str, str, int | None] | None:
    """Parse scheme, host and port, or return None if hidden."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if "@" in parts.netloc or "\\" in address or not parts.hostname:
        return None
    return parts.scheme, parts.hostname, port


def _read_refusal(error: SlackApiError) -> Answer:
    response = error.response
    data = getattr(response, "data", response)
    if not isinstance(data, Mapping) or not data.get("error"):
        return Answer(error=NOT_JSON)
    headers = getattr(response, "headers", {})
    wait = str(_find_header(headers, "retry-after") or "")
    seconds = float(wait) if wait.isascii() and wait.isdigit() else None
    return Answer(data, str(data["error"]), seconds)


def _find_header(headers: Mapping[str, Any], name: str) -> object:
    return next((value for each, value in headers.items() if each.lower() == name), None)

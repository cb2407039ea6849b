"""LINE's Messaging API, the calls of every day, through one pooled session.

line-bot-sdk is used where it pays (set-up, models in tests); on the hot path its client costs four
times this one, so prepared bodies are posted as they are (docs/decisions/0007-line.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson

from bot.proxies import proxy_for
from bot.settings import LineSettings

TIMEOUT = aiohttp.ClientTimeout(total=10, connect=3)
"""Seconds. LINE answers within fractions of one."""

NO_ANSWER = 0
"""Status of a call that was dropped, refused or timed out."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold LINE's answer to one call.

    `message` is LINE's own text about an error. `reached` is False when the call never got to LINE,
    so that it certainly did nothing.
    """

    status: int
    message: str = ""
    request_id: str = ""
    retry_after: float | None = None
    reached: bool = True

    @property
    def ok(self) -> bool:
        """Tell whether LINE accepted the call."""
        return self.status == 200  # noqa: PLR2004 - HTTP 200


_OK = Answer(200)


class Client:
    """Call LINE over one long-lived session.

    Call `start` in the running loop, and `stop` at the end.
    """

    def __init__(self, settings: LineSettings) -> None:
        self._base = settings.api_base
        self._headers = {
            "Authorization": f"Bearer {settings.channel_access_token}",
            "Content-Type": "application/json",
        }
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Open the pool."""
        connector = aiohttp.TCPConnector(limit=100, keepalive_timeout=60)
        self._session = aiohttp.ClientSession(
            connector=connector,
            headers=self._headers,
            timeout=TIMEOUT,
            proxy=proxy_for(self._base),
        )

    async def stop(self) -> None:
        """Close the pool."""
        if self._session:
            await self._session.close()

    async def reply(self, reply_token: str, messages: Sequence[Any]) -> Answer:
        """Answer an event with at most five messages.

        This is free of charge, and works once within a minute of the event.
        """
        return await self._post(
            "/v2/bot/message/reply", {"replyToken": reply_token, "messages": list(messages)}
        )

    async def push(self, user: str, messages: Sequence[Any], retry_key: str) -> Answer:
        """Send messages unasked.

        They count against the monthly quota. A second call with the same retry key sends nothing.
        """
        return await self._post(
            "/v2/bot/message/push",
            {"to": user, "messages": list(messages)},
            {"X-Line-Retry-Key": retry_key},
        )

    async def show_loading(self, user: str, seconds: int = 20) -> Answer:
        """Show a loading animation for 5 to 60 seconds, in steps of 5."""
        body = {"chatId": user, "loadingSeconds": seconds}
        return await self._post("/v2/bot/chat/loading/start", body)

    async def find_menu(self, alias: str) -> tuple[Answer, str]:
        """Find the rich menu an alias stands for."""
        answer, body = await self._call("GET", f"/v2/bot/richmenu/alias/{alias}")
        return answer, _read_text(body, "richMenuId")

    async def link_menu(self, user: str, menu: str) -> Answer:
        """Show a rich menu to one user, from now on."""
        answer, _ = await self._call("POST", f"/v2/bot/user/{user}/richmenu/{menu}")
        return answer

    async def unlink_menu(self, user: str) -> Answer:
        """Show one user what everybody sees."""
        answer, _ = await self._call("DELETE", f"/v2/bot/user/{user}/richmenu")
        return answer

    async def read(self, path: str) -> Mapping[str, Any] | None:
        """Read a path of LINE by GET, or None without a usable answer."""
        if self._session is None:
            return None
        try:
            async with self._session.get(self._base + path) as response:
                data = orjson.loads(await response.read()) if response.ok else None
        except (aiohttp.ClientError, TimeoutError, orjson.JSONDecodeError):
            return None
        return data if isinstance(data, dict) else None

    async def _post(
        self, path: str, body: dict[str, Any], headers: dict[str, str] | None = None
    ) -> Answer:
        answer, _ = await self._call("POST", path, orjson.dumps(body), headers)
        return answer

    async def _call(
        self,
        method: str,
        path: str,
        data: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[Answer, bytes]:
        """Make one call, and return LINE's answer with its body."""
        if self._session is None:
            return Answer(NO_ANSWER, "the client was not started", reached=False), b""
        try:
            async with self._session.request(
                method, self._base + path, data=data, headers=headers
            ) as response:
                body = await response.read()
                return _read(response, body), body
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            return Answer(NO_ANSWER, type(error).__name__, reached=False), b""
        except (aiohttp.ClientError, TimeoutError) as error:
            return Answer(NO_ANSWER, type(error).__name__), b""


def _read(response: aiohttp.ClientResponse, body: bytes) -> Answer:
    if response.status == _OK.status:
        return _OK
    wait = response.headers.get("Retry-After", "")
    return Answer(
        response.status,
        _read_text(body, "message"),
        response.headers.get("x-line-request-id", ""),
        float(wait) if wait.isdigit() else None,
    )


def _read_text(body: bytes, name: str) -> str:
    """Read one text of an answer, or ""."""
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError:
        return ""
    return str(data.get(name, "")) if isinstance(data, dict) else ""

"""Hold a websocket to Slack in place of an address of ours.

slack_sdk opens a new socket when one ends, but its first attempt holds up its caller, and a
client that has gone deaf stays so (slackapi/bolt-python#417). So it runs beside everything else, is
watched, and is replaced when it has been without a connection for too long.
"""

from __future__ import annotations

import asyncio
import contextlib
import time

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from bot.logs import fault
from bot.proxies import proxy_for

PING_SECONDS = 3.0
"""Time between pings. Within it a dead connection is noticed and replaced."""

LOOK_SECONDS = 0.5
"""Seconds between two looks at the connection."""

DEAF_SECONDS = 60.0
"""Without a connection for so long, the client itself is replaced."""

DOWN = (
    "SLACK_APP_TOKEN: Socket Mode is not connected; it keeps trying (check the token, its scope "
    "connections:write and the network)"
)

_LOG = structlog.get_logger("slack")


class Socket:
    """The connection of one Bolt app.

    Use `start` in the running loop, `stop` at the end.
    """

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        self._app, self._app_token = app, app_token
        self._up = False
        self._task: asyncio.Task[None] | None = None

    @property
    def trouble(self) -> str:
        """Say that there is no connection, while there is none."""
        return "" if self._up else DOWN

    def start(self) -> None:
        """Connect, and stay connected, without keeping anybody waiting."""
        self._task = asyncio.create_task(self._stay_connected())

    async def stop(self) -> None:
        """Close the connection."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _stay_connected(self) -> None:
        while True:
            try:
                await self._run_client()
            except Exception as error:  # noqa: BLE001 - whatever it was, there must be a connection
                _LOG.error("Socket Mode failed", **fault(error))
                self._up = False
                await asyncio.sleep(PING_SECONDS)

    async def _run_client(self) -> None:
        """Run one client until it lacks a connection for too long."""
        handler: AsyncSocketModeHandler = SocketHandler(self._app, self._app_token)
        connecting = asyncio.create_task(handler.connect_async())
        try:
            await self._wait_until_deaf(handler)
        finally:
            connecting.cancel()
            await asyncio.gather(connecting, return_exceptions=True)
            await _close_handler(handler)

    async def _wait_until_deaf(self, handler: AsyncSocketModeHandler) -> None:
        heard = time.monotonic()
        while time.monotonic() - heard < DEAF_SECONDS:
            await asyncio.sleep(LOOK_SECONDS)
            up = await handler.client.is_connected()
            if up != self._up:
                _LOG.info("Socket Mode is connected" if up else "Socket Mode has no connection")
            self._up = up
            heard = time.monotonic() if up else heard


class _Client(SocketModeClient):
    """The SDK's client, with NO_PROXY respected.

    It would take the websocket through a proxy without asking.
    """

    async def issue_new_wss_url(self) -> str:
        """Ask Slack for the address of a new socket, and choose the proxy."""
        address = await super().issue_new_wss_url()
        self.proxy = proxy_for(address)
        return address


class SocketHandler(AsyncSocketModeHandler):
    """Bolt's handler, around our client."""

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        self.app, self.app_token = app, app_token
        self.client = _Client(
            app_token, app.logger, web_client=app.client, ping_interval=PING_SECONDS
        )
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]


async def _close_handler(handler: AsyncSocketModeHandler) -> None:
    try:
        await handler.close_async()
    except Exception as error:  # noqa: BLE001 - it is given up in any case
        _LOG.warning("the socket did not close", **fault(error))

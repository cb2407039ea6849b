"""The fake Slack itself, an HTTP and websocket server."""

from __future__ import annotations

from contextlib import AsyncExitStack
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.simulator.common.serving import serve_app
from bot.simulator.slack import control
from bot.simulator.slack.platform import Platform

REQUEST_BYTES = 20_000_000
"""More than any file a test uploads."""


class FakeSlack(Platform):
    """A Slack of your own (`async with FakeSlack(…) as slack`).

    The bot's API base is `slack.base_url`, for `AsyncWebClient(base_url=…)`. `slack.say(…)` and
    its like are what people do, `slack.messages(…)` and its like what they see, `slack.calls` what
    the bot asked for, `slack.faults` what is to go wrong. `slack.scopes` are what the app was
    granted. `slack.advance(61)` lets time pass.
    """

    def __init__(self, *, host: str = "127.0.0.1", port: int = 0, **platform: Any) -> None:
        super().__init__(**platform)
        self._host, self._port = host, port
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self._open.enter_async_context(self._postman)
        self.origin = await serve_app(self._open, self._app(), self._host, self._port)
        self.give_addresses_at(self.origin)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.gateway.close()
        await self.deliveries.stop()
        await self.sockets.close()
        await self._open.aclose()

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=REQUEST_BYTES)
        self.gateway.add_routes(app)
        app.router.add_get("/link/", self.sockets.serve)
        control.add_routes(app, self)
        return app

"""Run the fake LINE, an HTTP server that also posts webhooks to the bot."""

from __future__ import annotations

import functools
import inspect
import secrets
import time
import uuid
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.simulator.common.answers import (
    NO_ANSWER,
    NOTHING,
    Answer,
    Json,
    make_response,
    read_json_object,
)
from bot.simulator.common.patience import Patience
from bot.simulator.common.rates import Buckets
from bot.simulator.common.serving import serve_app
from bot.simulator.line import control, events
from bot.simulator.line.api.answers import Ask, RefusedError, not_found
from bot.simulator.line.api.endpoints import Endpoint, all_endpoints
from bot.simulator.line.api.messaging import Messaging
from bot.simulator.line.api.rich_menus import RichMenus
from bot.simulator.line.api.webhook import Webhook
from bot.simulator.line.faults import Faults, Kind, Trouble
from bot.simulator.line.phones import Phones
from bot.simulator.line.postman import WEBHOOK_SECONDS, Postman
from bot.simulator.line.state import Account, monthly_limit, rate_limit

REQUEST_BYTES = 2_000_000
"""Source: https://developers.line.biz/en/reference/messaging-api/#status-codes (413)"""

BOT: Json = {
    "userId": events.user_id("kaizen-navi"),
    "basicId": "@000simul",
    "displayName": "経営改善ナビ (simulator)",
    "chatMode": "bot",
    "markAsReadMode": "auto",
}


@dataclass(frozen=True, slots=True)
class Call:
    """Hold one API call with its answer.

    `status` is 0 when no answer was given; `answer` is then the answer withheld, and `accepted`
    tells whether LINE did its work.
    """

    endpoint: str
    method: str
    path: str
    status: int
    accepted: bool
    request_id: str
    retry_key: str = ""
    body: Json = field(default_factory=dict)
    answer: Json = field(default_factory=dict)
    at: float = 0.0


class FakeLine(Phones):
    """Run a LINE of your own, by `async with FakeLine(secret=…, token=…, …) as line`.

    The bot's API base is `line.base_url`. `line.send_text(…)` and its like are acts of users,
    `line.chat(…)` is their screen, `line.calls` are the bot's calls, `line.faults` is what is to go
    wrong. `line.account` holds the quota and the clock (`line.account.advance(61)`).
    """

    def __init__(  # noqa: PLR0913 (all by name, and all but two have a default)
        self,
        *,
        secret: str,
        token: str,
        webhook_url: str = "",
        clock: Callable[[], float] = time.time,
        host: str = "127.0.0.1",
        port: int = 0,
        webhook_seconds: float = WEBHOOK_SECONDS,
        limit_rates: bool = True,
    ) -> None:
        account = Account(clock)
        postman = Postman(secret, str(BOT["userId"]), webhook_seconds)
        super().__init__(account, RichMenus(account), postman, webhook_url)
        self.faults = Faults()
        self.calls: list[Call] = []
        self.base_url = ""
        self.control_token = secrets.token_urlsafe(16)
        self._authorization = f"Bearer {token}"
        self._host, self._port = host, port
        self._buckets = Buckets(lambda: account.now) if limit_rates else None
        self._patience = Patience()
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self._open.enter_async_context(self._postman)
        self.base_url = await serve_app(self._open, self._app(), self._host, self._port)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._patience.end()
        await self.stop_redeliveries()
        await self._open.aclose()

    def called(self, endpoint: str) -> list[Call]:
        """List the calls of one endpoint, oldest first."""
        return [call for call in self.calls if call.endpoint == endpoint]

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=REQUEST_BYTES)
        api = Messaging(self.account, BOT)
        for endpoint in all_endpoints(api, self.menus, Webhook(self, self._postman)):
            handler = functools.partial(self._serve, endpoint)
            app.router.add_route(endpoint.method, endpoint.path, handler)
        control.add_routes(app, self, self.faults, self.calls, self.control_token)
        app.router.add_route("*", "/{path:.*}", functools.partial(self._serve, _UNKNOWN))
        return app

    async def _serve(self, endpoint: Endpoint, request: web.Request) -> web.Response:
        trouble = self.faults.take(endpoint.name)
        if trouble and trouble.kind is Kind.SLOW:
            await self._patience.wait(trouble.seconds)
        ask, answer = await self._hear(endpoint, request, trouble)
        lost = trouble is not None and trouble.kind in {Kind.TIMEOUT, Kind.DROP}
        self._record(endpoint, request, ask, answer, lost=lost)
        if trouble and lost:
            return await self._lose(request, trouble)
        return make_response(answer, {"x-line-request-id": ask.request_id})

    async def _hear(
        self, endpoint: Endpoint, request: web.Request, trouble: Trouble | None
    ) -> tuple[Ask, Answer]:
        """Read the call and answer it, or as the trouble wants."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        ask = Ask(str(uuid.uuid4()), request.match_info, headers, b"")
        try:
            ask = Ask(ask.request_id, ask.path, headers, await request.read())
        except web.HTTPRequestEntityTooLarge:
            return ask, _TOO_LARGE
        if trouble is None or trouble.kind is Kind.SLOW:
            return ask, await self._answer(endpoint, ask)
        if trouble.accept:
            # The work is done; what the caller hears of it is the trouble.
            answer = await self._answer(endpoint, ask)
            return ask, _SABOTAGED.get(trouble.kind, answer)
        return ask, _SABOTAGED.get(trouble.kind, NOTHING)

    async def _answer(self, endpoint: Endpoint, ask: Ask) -> Answer:
        try:
            self._admit(endpoint, ask)
            answer: Answer | Awaitable[Answer] = endpoint.handler(ask)
            return await answer if inspect.isawaitable(answer) else answer
        except RefusedError as error:
            return error.answer

    def _admit(self, endpoint: Endpoint, ask: Ask) -> None:
        if ask.headers.get("authorization") != self._authorization:
            raise RefusedError(_UNAUTHORIZED, HTTPStatus.UNAUTHORIZED)
        if self._buckets and self._buckets.take(endpoint.name, endpoint.rate):
            raise rate_limit()

    async def _lose(self, request: web.Request, trouble: Trouble) -> web.Response:
        """Give no answer, at once or after keeping the caller waiting."""
        if trouble.kind is Kind.TIMEOUT:
            await self._patience.wait(trouble.seconds or None)
        return await self._patience.hang_up(request)

    def _record(
        self, endpoint: Endpoint, request: web.Request, ask: Ask, answer: Answer, *, lost: bool
    ) -> None:
        accepted = answer.status < HTTPStatus.BAD_REQUEST and answer is not NOTHING
        self.calls.append(
            Call(
                endpoint=endpoint.name,
                method=request.method,
                path=request.path,
                status=NO_ANSWER if lost else answer.status,
                accepted=accepted,
                request_id=ask.request_id,
                retry_key=ask.headers.get("x-line-retry-key", ""),
                body=read_json_object(ask.body),
                answer=answer.body,
                at=self.account.now,
            )
        )


def _nowhere(_ask: Ask) -> Answer:
    raise not_found()


_UNKNOWN = Endpoint("unknown", "*", "", _nowhere)
_TOO_LARGE = RefusedError("Request entity too large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE).answer
_UNAUTHORIZED = (
    "Authentication failed. Confirm that the access token in the authorization header is valid."
)
_SABOTAGED = {
    Kind.ERROR: Answer({"message": "Internal error"}, HTTPStatus.INTERNAL_SERVER_ERROR),
    Kind.RATE: rate_limit().answer,
    Kind.QUOTA: monthly_limit().answer,
}

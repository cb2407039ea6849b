"""The fake Slack itself: an HTTP and websocket server with Slack's methods, and its events."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.simulator.slack import control
from bot.simulator.slack.answers import Answer, Json, RefusedError, limited
from bot.simulator.slack.chat import Chat
from bot.simulator.slack.conversations import Conversations
from bot.simulator.slack.deliveries import Deliveries
from bot.simulator.slack.faults import Faults, Kind, Trouble
from bot.simulator.slack.files import LOGIN_PAGE, Files
from bot.simulator.slack.methods import SCOPES, Method, all_methods
from bot.simulator.slack.notifications import Notification
from bot.simulator.slack.postman import ACK_SECONDS, Delivered, Postman
from bot.simulator.slack.rates import Rates
from bot.simulator.slack.response_urls import ResponseUrls
from bot.simulator.slack.screens import Screens
from bot.simulator.slack.sockets import Sockets
from bot.simulator.slack.state import Workspace
from bot.simulator.slack.system import System
from bot.simulator.slack.uploads import Uploads
from bot.simulator.slack.views import Views
from bot.simulator.slack.windows import TRIGGER_SECONDS, Windows

REQUEST_BYTES = 20_000_000
"""More than any file a test uploads."""

NO_ANSWER = 0
"""The status of a call whose connection was dropped or left hanging."""

POST = "chat.postMessage"


@dataclass(frozen=True, slots=True)
class Call:
    """One call: what was asked and what was answered.

    `status` is 0 when no answer was given; `answer` is then what would have been answered, and
    `accepted` tells whether Slack did its work.
    """

    method: str
    arguments: Json
    status: int
    accepted: bool
    answer: Json = field(default_factory=dict)
    at: float = 0.0

    @property
    def error(self) -> str:
        """Slack's word for what was wrong; empty for a good call."""
        return str(self.answer.get("error", ""))


class FakeSlack(Screens):
    """A Slack of your own: `async with FakeSlack(signing_secret=…, bot_token=…, …) as slack`.

    The bot's API base is `slack.base_url`, for `AsyncWebClient(base_url=…)`. `slack.say(…)` and
    its like are what people do, `slack.messages(…)` and its like what they see, `slack.calls` what
    the bot asked for, `slack.faults` what is to go wrong. `slack.scopes` are what the app was
    granted. `slack.advance(61)` lets time pass.
    """

    def __init__(  # noqa: PLR0913 (all by name, and all but two have a default)
        self,
        *,
        signing_secret: str,
        bot_token: str,
        app_token: str = "",
        request_url: str = "",
        clock: Callable[[], float] = time.time,
        host: str = "127.0.0.1",
        port: int = 0,
        ack_seconds: float = ACK_SECONDS,
        trigger_seconds: float = TRIGGER_SECONDS,
        limit_rates: bool = True,
    ) -> None:
        workspace = Workspace(clock)
        self._postman = Postman(signing_secret, clock, ack_seconds)
        self.sockets = Sockets(ack_seconds)
        deliveries = Deliveries(workspace, self._postman, self.sockets, request_url)
        self._scopes = set(SCOPES)
        self._chat = Chat(workspace, deliveries.announce, self._scopes)
        urls = ResponseUrls(workspace, self._chat, deliveries.announce)
        windows = Windows(workspace, trigger_seconds)
        super().__init__(workspace, deliveries, Files(workspace), windows, urls)
        self._system = System(workspace, self.sockets)
        self.views = Views(workspace, windows)
        self.faults = Faults()
        self.calls: list[Call] = []
        self.origin = ""
        self._tokens = (bot_token, app_token)
        self._host, self._port = host, port
        self._rates = Rates(lambda: workspace.now) if limit_rates else None
        self._methods = self._all_methods()
        self._closing = asyncio.Event()
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self._open.enter_async_context(self._postman)
        # No access log: a log must not hold what users write.
        runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=1)
        await runner.setup()
        self._open.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, self._host, self._port).start()
        host, port = runner.addresses[0][:2]
        self.origin = f"http://{host}:{port}"
        for each in (self._system, self.files, self.response_urls):
            each.origin = self.origin
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        await self.deliveries.stop()
        await self.sockets.close()
        await self._open.aclose()

    # What a test asks.

    @property
    def base_url(self) -> str:
        """The base of the Web API."""
        return f"{self.origin}/api/"

    @property
    def scopes(self) -> set[str]:
        """What the app was granted."""
        return self._scopes

    @scopes.setter
    def scopes(self, scopes: set[str]) -> None:
        granted = set(scopes)
        self._scopes.clear()
        self._scopes |= granted

    @property
    def subscriptions(self) -> set[str]:
        """The events the app has asked for: `message.im`, `reaction_added` and so on."""
        return self.deliveries.subscriptions

    @property
    def request_url(self) -> str:
        """Where events, commands and interactions go."""
        return self.deliveries.request_url

    @request_url.setter
    def request_url(self, url: str) -> None:
        self.deliveries.request_url = url

    @property
    def retry_times(self) -> int:
        """How often an event that was not taken is sent again: 0, the default, to 3."""
        return self.deliveries.retry_times

    @retry_times.setter
    def retry_times(self, times: int) -> None:
        self.deliveries.retry_times = times

    @property
    def retry_after(self) -> float:
        """Seconds from one attempt to the next."""
        return self.deliveries.retry_after

    @retry_after.setter
    def retry_after(self, seconds: float) -> None:
        self.deliveries.retry_after = seconds

    @property
    def notifications(self) -> list[Notification]:
        """Everybody the bot's messages have called."""
        return self._chat.notifications

    def called(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.workspace.advance(seconds)

    async def settled(self) -> None:
        """Return once all events of the bot's own doings were taken, retries included."""
        await self.deliveries.settled()

    async def post(
        self, given: Delivered | Json, *, retry: int = 0, reason: str = "http_timeout"
    ) -> Delivered:
        """Send a request once more, as it was, or an event of the test's own making."""
        return await self.deliveries.post(given, retry=retry, reason=reason)

    async def verify_url(self) -> Delivered:
        """Ask the request URL for its challenge, as Slack does when it is entered."""
        return await self.deliveries.post(
            {"type": "url_verification", "token": "x", "challenge": "3eZbrw1aB10FEMAGAZd4FyFQ"}
        )

    # How.

    def _all_methods(self) -> dict[str, Method]:
        conversations = Conversations(self.workspace, self._scopes)
        uploads = Uploads(self.workspace, self.files, self._chat)
        return all_methods(self._system, self._chat, self.views, conversations, uploads)

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=REQUEST_BYTES)
        app.router.add_route("*", "/api/{method}", self._serve_method)
        app.router.add_post("/upload/v1/{key}", self._serve_upload)
        app.router.add_post("/response/{key}", self._serve_response)
        app.router.add_get("/files-pri/{key}/{name}", self._serve_file)
        app.router.add_get("/link/", self.sockets.serve)
        control.add_routes(app, self)
        return app

    async def _serve_method(self, request: web.Request) -> web.Response:
        name = request.match_info["method"]
        arguments = await _arguments(request)
        token = _token(request, arguments)
        return await self._answer(
            request, name, arguments, lambda: self._call(name, arguments, token)
        )

    async def _serve_upload(self, request: web.Request) -> web.Response:
        content = await _uploaded(request)
        key = request.match_info["key"]
        return await self._answer(
            request, "upload", {"file": key}, lambda: self.files.take(key, content)
        )

    async def _serve_response(self, request: web.Request) -> web.Response:
        body = await request.read()
        key = request.match_info["key"]
        return await self._answer(
            request,
            "response_url",
            _as_json(body),
            lambda: self.response_urls.answer(key, body),
        )

    async def _serve_file(self, request: web.Request) -> web.Response:
        key = request.match_info["key"].partition("-")[2]
        return await self._answer(request, "files", {"file": key}, lambda: self._file(request, key))

    def _file(self, request: web.Request, key: str) -> Answer:
        """A file to whoever may read it, and a page to sign in to everybody else."""
        allowed = _bearer(request) == self._tokens[0] and "files:read" in self.scopes
        if not allowed or key not in self.files.contents:
            return Answer(content=LOGIN_PAGE, content_type="text/html")
        return Answer(content=self.files.contents[key], content_type=self.files.mimetype(key))

    def _call(self, name: str, arguments: Json, token: str) -> Answer:
        method = self._methods.get(name)
        if method is None:
            raise RefusedError("unknown_method", req_method=name)
        self._admit(method, token)
        if self._rates:
            where = f" {arguments.get('channel')}" if name == POST else ""
            self._rates.count(name + where, method.rate)
        return method.handler(arguments)

    def _admit(self, method: Method, token: str) -> None:
        if method.name == "api.test":
            return
        if not token:
            raise RefusedError("not_authed")
        bot, app = self._tokens
        if token not in {bot, app}:
            raise RefusedError("invalid_auth")
        if token != (app if method.app else bot):
            raise RefusedError("not_allowed_token_type")
        if method.scopes and not self.scopes & set(method.scopes):
            provided = ",".join(sorted(self.scopes))
            raise RefusedError("missing_scope", needed=",".join(method.scopes), provided=provided)

    async def _answer(
        self, request: web.Request, name: str, asked: Json, work: Callable[[], Answer]
    ) -> web.Response:
        """Do what is asked, or what the trouble wants, and write it down."""
        trouble = self.faults.take(name)
        if trouble and trouble.kind is Kind.SLOW:
            await self._wait(trouble.seconds)
        answer = _worked(work) if _does_work(trouble) else _NOTHING
        accepted = answer is not _NOTHING and bool(answer.body.get("ok", answer.content))
        if trouble:
            answer = _sabotaged(trouble, answer)
        lost = trouble is not None and trouble.kind in {Kind.TIMEOUT, Kind.DROP}
        status = NO_ANSWER if lost else answer.status
        self.calls.append(Call(name, asked, status, accepted, answer.body, self.workspace.now))
        if trouble and lost:
            return await self._lose(request, trouble)
        return self._response(answer)

    def _response(self, answer: Answer) -> web.Response:
        content = answer.content or json.dumps(answer.body).encode()
        headers = {"x-oauth-scopes": ",".join(sorted(self.scopes)), **answer.headers}
        return web.Response(
            status=answer.status, body=content, headers=headers, content_type=answer.content_type
        )

    async def _lose(self, request: web.Request, trouble: Trouble) -> web.Response:
        """Give no answer: at once, or after the caller was kept waiting."""
        if trouble.kind is Kind.TIMEOUT:
            await self._wait(trouble.seconds or None)
        if request.transport:
            request.transport.abort()
        return web.Response()

    async def _wait(self, seconds: float | None) -> None:
        """Wait, but no longer than the simulator runs."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), seconds)


def _worked(work: Callable[[], Answer]) -> Answer:
    try:
        return work()
    except RefusedError as error:
        return error.answer


def _does_work(trouble: Trouble | None) -> bool:
    return trouble is None or trouble.kind is Kind.SLOW or trouble.accept


def _sabotaged(trouble: Trouble, answer: Answer) -> Answer:
    """What the caller hears instead."""
    if trouble.kind is Kind.ERROR:
        return Answer({"ok": False, "error": "internal_error"}, HTTPStatus.INTERNAL_SERVER_ERROR)
    if trouble.kind is Kind.RATE:
        return limited(round(trouble.seconds) or 1).answer
    if trouble.kind is Kind.REFUSE:
        return RefusedError(trouble.error).answer
    return answer


async def _arguments(request: web.Request) -> Json:
    """The arguments of a call: of its query, and its form or its JSON."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        return given | _as_json(await request.read())
    form = await request.post()
    return given | {key: value for key, value in form.items() if isinstance(value, str)}


def _token(request: web.Request, arguments: Json) -> str:
    return _bearer(request) or str(arguments.get("token", ""))


def _bearer(request: web.Request) -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ").strip()


async def _uploaded(request: web.Request) -> bytes:
    """The bytes of a file: the body itself, or the one file of a form."""
    if request.content_type != "multipart/form-data":
        return await request.read()
    form = await request.post()
    for each in form.values():
        if isinstance(each, web.FileField):
            return each.file.read()
    return b""


def _as_json(body: bytes) -> Json:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


_NOTHING = Answer()

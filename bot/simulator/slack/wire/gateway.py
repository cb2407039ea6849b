"""The HTTP side of the fake Slack, with its rights, rates and troubles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

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
from bot.simulator.slack.api.answers import RefusedError, refuse_rate
from bot.simulator.slack.api.files import LOGIN_PAGE, Files
from bot.simulator.slack.api.methods import Method
from bot.simulator.slack.api.response_urls import ResponseUrls
from bot.simulator.slack.faults import Faults, Kind, Trouble
from bot.simulator.slack.state import Workspace

POST = "chat.postMessage"


@dataclass(frozen=True, slots=True)
class Call:
    """Hold one call with its answer.

    `status` is 0 when no answer was given; `answer` is then the answer withheld, and `accepted`
    tells whether Slack did its work.
    """

    method: str
    arguments: Json
    status: int
    accepted: bool
    answer: Json = field(default_factory=dict)
    at: float = 0.0

    @property
    def error(self) -> str:
        """Slack's word for the error, or "" for a good call."""
        return str(self.answer.get("error", ""))


@dataclass(frozen=True, slots=True)
class Grants:
    """The tokens and scopes of the app."""

    bot_token: str
    app_token: str
    scopes: set[str]

    def admit(self, method: Method, token: str) -> None:
        """Refuse a call this token may not make."""
        if method.name == "api.test":
            return
        if not token:
            raise RefusedError("not_authed")
        if token not in {self.bot_token, self.app_token}:
            raise RefusedError("invalid_auth")
        if token != (self.app_token if method.app else self.bot_token):
            raise RefusedError("not_allowed_token_type")
        if method.scopes and not self.scopes & set(method.scopes):
            provided = ",".join(sorted(self.scopes))
            raise RefusedError("missing_scope", needed=",".join(method.scopes), provided=provided)


class Gateway:
    """Serve every address of the fake Slack except sockets and controls."""

    def __init__(
        self,
        workspace: Workspace,
        grants: Grants,
        methods: Mapping[str, Method],
        files: Files,
        response_urls: ResponseUrls,
        buckets: Buckets | None,
    ) -> None:
        self.faults = Faults()
        self.calls: list[Call] = []
        self._workspace = workspace
        self._grants = grants
        self._methods = methods
        self._files = files
        self._response_urls = response_urls
        self._buckets = buckets
        self._patience = Patience()

    def add_routes(self, app: web.Application) -> None:
        """Put the addresses into `app`."""
        app.router.add_route("*", "/api/{method}", self._serve_method)
        app.router.add_post("/upload/v1/{key}", self._serve_upload)
        app.router.add_post("/response/{key}", self._serve_response)
        app.router.add_get("/files-pri/{key}/{name}", self._serve_file)

    def close(self) -> None:
        """Keep nobody waiting any longer."""
        self._patience.end()

    async def _serve_method(self, request: web.Request) -> web.Response:
        name = request.match_info["method"]
        arguments = await _read_arguments(request)
        token = _take_token(request, arguments)
        return await self._answer(
            request, name, arguments, lambda: self.call(name, arguments, token)
        )

    async def _serve_upload(self, request: web.Request) -> web.Response:
        content = await _read_upload(request)
        key = request.match_info["key"]
        return await self._answer(
            request, "upload", {"file": key}, lambda: self._files.take(key, content)
        )

    async def _serve_response(self, request: web.Request) -> web.Response:
        body = await request.read()
        key = request.match_info["key"]
        return await self._answer(
            request,
            "response_url",
            read_json_object(body),
            lambda: self._response_urls.answer(key, body),
        )

    async def _serve_file(self, request: web.Request) -> web.Response:
        key = request.match_info["key"].partition("-")[2]
        return await self._answer(request, "files", {"file": key}, lambda: self._file(request, key))

    def _file(self, request: web.Request, key: str) -> Answer:
        """Show a file to callers with access, a sign-in page to others."""
        allowed = (
            _read_bearer(request) == self._grants.bot_token and "files:read" in self._grants.scopes
        )
        if not allowed or key not in self._files.contents:
            return Answer(content=LOGIN_PAGE, content_type="text/html")
        return Answer(content=self._files.contents[key], content_type=self._files.mimetype(key))

    def call(self, name: str, arguments: Json, token: str) -> Answer:
        """Carry out a method.

        Raises RefusedError in Slack's own words.
        """
        method = self._methods.get(name)
        if method is None:
            raise RefusedError("unknown_method", req_method=name)
        self._grants.admit(method, token)
        where = f" {arguments.get('channel')}" if name == POST else ""
        if self._buckets and (wait := self._buckets.take(name + where, method.rate)):
            raise refuse_rate(wait)
        return method.handler(arguments)

    async def _answer(
        self, request: web.Request, name: str, asked: Json, work: Callable[[], Answer]
    ) -> web.Response:
        """Answer a call, or as the trouble wants, and record it."""
        trouble = self.faults.take(name)
        if trouble and trouble.kind is Kind.SLOW:
            await self._patience.wait(trouble.seconds)
        answer = _run_work(work) if _does_work(trouble) else NOTHING
        accepted = answer is not NOTHING and bool(answer.body.get("ok", answer.content))
        if trouble:
            answer = _apply_trouble(trouble, answer)
        lost = trouble is not None and trouble.kind in {Kind.TIMEOUT, Kind.DROP}
        status = NO_ANSWER if lost else answer.status
        self.calls.append(Call(name, asked, status, accepted, answer.body, self._workspace.now))
        if trouble and lost:
            return await self._lose(request, trouble)
        return self._response(answer)

    def _response(self, answer: Answer) -> web.Response:
        return make_response(answer, {"x-oauth-scopes": ",".join(sorted(self._grants.scopes))})

    async def _lose(self, request: web.Request, trouble: Trouble) -> web.Response:
        """Give no answer, at once or after the caller was kept waiting."""
        if trouble.kind is Kind.TIMEOUT:
            await self._patience.wait(trouble.seconds or None)
        return await self._patience.hang_up(request)


def _run_work(work: Callable[[], Answer]) -> Answer:
    try:
        return work()
    except RefusedError as error:
        return error.answer


def _does_work(trouble: Trouble | None) -> bool:
    return trouble is None or trouble.kind is Kind.SLOW or trouble.accept


def _apply_trouble(trouble: Trouble, answer: Answer) -> Answer:
    """Make the answer that the caller hears instead."""
    if trouble.kind is Kind.ERROR:
        return Answer({"ok": False, "error": "internal_error"}, HTTPStatus.INTERNAL_SERVER_ERROR)
    if trouble.kind is Kind.RATE:
        return refuse_rate(round(trouble.seconds) or 1).answer
    if trouble.kind is Kind.REFUSE:
        return RefusedError(trouble.error).answer
    return answer


async def _read_arguments(request: web.Request) -> Json:
    """Read the arguments from a call's query, and its form or JSON."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        return given | read_json_object(await request.read())
    form = await request.post()
    return given | {key: value for key, value in form.items() if isinstance(value, str)}


def _take_token(request: web.Request, arguments: Json) -> str:
    """Take the token of a call out of its arguments."""
    given = str(arguments.pop("token", ""))
    return _read_bearer(request) or given


def _read_bearer(request: web.Request) -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ").strip()


async def _read_upload(request: web.Request) -> bytes:
    """Read a file from the body or from a form."""
    if request.content_type != "multipart/form-data":
        return await request.read()
    form = await request.post()
    for each in form.values():
        if isinstance(each, web.FileField):
            return each.file.read()
    return b""

"""Serve the page's files, its server-sent events, and its acts as POSTs."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.demo import desk
from bot.demo.stage import Stage
from bot.demo.stories import stories
from bot.simulator.common.control import (
    MISTAKES,
    check_caller,
    check_origin,
    mistake,
    read_object,
)

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

PAGE = Path(__file__).with_name("page")
LOOK_SECONDS = 0.08
"""Seconds between news for the page."""

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def _guard(token: str) -> Any:
    """Serve this machine's own page only.

    No other site may read it or act through it.
    """

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        check_origin(request)
        if request.method == "POST":
            check_caller(request, token)
            if request.content_type != "application/json":
                raise web.HTTPUnsupportedMediaType(text="expected JSON")
        return await handler(request)

    return guard


async def _add_headers(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)


def create_page(stage: Stage) -> web.Application:
    """Make the web application of the page."""
    token = secrets.token_urlsafe(16)
    app = web.Application(middlewares=[_guard(token)])
    app.on_response_prepare.append(_add_headers)
    page = _Page(stage, token)
    app.router.add_get("/", page.index)
    app.router.add_static("/page", PAGE)
    app.router.add_get("/api/events", page.events)
    app.router.add_get("/api/stories", page.stories)
    app.router.add_get("/api/menu/{menu}", page.picture)
    app.router.add_get("/api/exchange/{id}", page.exchange)
    for path, act in page.acts.items():
        app.router.add_post(path, _acting(act))
    return app


Act = Callable[[web.Request, Json], Awaitable[Json]]


def _acting(act: Act) -> Handler:
    """Handle an act of the page as JSON.

    A mistake is a 400 with a sentence.
    """

    async def handle(request: web.Request) -> web.Response:
        try:
            return _json(await act(request, await read_object(request)))
        except MISTAKES as error:
            return mistake(error)

    return handle


def _json(body: Json, status: int = HTTPStatus.OK) -> web.Response:
    return web.json_response(body, status=status, dumps=_dumps)


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


class _Page:
    """Answer the page's requests over one stage."""

    def __init__(self, stage: Stage, token: str) -> None:
        self._stage = stage
        self._index = (PAGE / "index.html").read_text("utf-8").replace("{{token}}", token)
        self.acts: dict[str, Act] = {
            "/api/line/{doing}": self._do,
            "/api/slack/{doing}": self._do_at_desk,
            "/api/persons": self._add_person,
            "/api/faults": self._turn,
            "/api/bot/{change}": self._change_bot,
            "/api/time": self._pass_time,
            "/api/story": self._play,
            "/api/story/stop": self._stop,
        }

    async def index(self, _: web.Request) -> web.StreamResponse:
        return web.Response(text=self._index, content_type="text/html")

    async def stories(self, _: web.Request) -> web.StreamResponse:
        listed = [{"name": s.name, "title": s.title, "about": s.about} for s in stories()]
        return _json({"stories": listed})

    async def picture(self, request: web.Request) -> web.StreamResponse:
        try:
            content, kind = self._stage.owners.picture(request.match_info["menu"])
        except KeyError as error:
            raise web.HTTPNotFound from error
        return web.Response(body=content, content_type=kind)

    async def exchange(self, request: web.Request) -> web.StreamResponse:
        try:
            return _json(self._stage.exchange(request.match_info["id"]))
        except (LookupError, ValueError) as error:
            raise web.HTTPNotFound from error

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Send the shown sections, then their changes, until the page is closed."""
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        query = request.query
        news = _News(self._stage, query.get("person", ""), query.get("staff", ""))
        with contextlib.suppress(ConnectionResetError):
            await stream.prepare(request)
            while _is_open(request):
                for name, value in news.since_last().items():
                    await stream.write(f"event: {name}\ndata: {_dumps(value)}\n\n".encode())
                await asyncio.sleep(LOOK_SECONDS)
        return stream

    # What can be done.

    async def _do(self, request: web.Request, body: Json) -> Json:
        person = body.pop("person")
        doing = await self._stage.owners.do(person, request.match_info["doing"], body)
        return {"ok": doing.delivered.ok}

    async def _do_at_desk(self, request: web.Request, body: Json) -> Json:
        user = body.pop("user")
        return await self._stage.desk.do(user, request.match_info["doing"], body)

    async def _add_person(self, _: web.Request, body: Json) -> Json:
        return {"name": self._stage.owners.add(body["name"])}

    async def _turn(self, _: web.Request, body: Json) -> Json:
        for name, on in body.items():
            self._stage.switches.turn(name, on=bool(on))
        return self._stage.switches.as_dict()

    async def _change_bot(self, request: web.Request, _: Json) -> Json:
        bot = self._stage.bot
        changes = {"kill": bot.kill, "start": bot.start}
        await changes[request.match_info["change"]]()
        return {"up": bot.health.up}

    async def _pass_time(self, _: web.Request, body: Json) -> Json:
        now = await self._stage.time.pass_days(int(body["days"]))
        return {"now": now.isoformat()}

    async def _play(self, _: web.Request, body: Json) -> Json:
        person = await self._stage.player.play(body["story"], at_once=bool(body.get("at_once")))
        return {"person": person}

    async def _stop(self, _: web.Request, _body: Json) -> Json:
        await self._stage.player.stop()
        return {}


def _is_open(request: web.Request) -> bool:
    """Tell whether the page still listens.

    While there is nothing to write, no write would tell.
    """
    return request.transport is not None and not request.transport.is_closing()


class _News:
    """Hold the news that one page has not been told yet."""

    def __init__(self, stage: Stage, person: str, staff: str) -> None:
        self._stage = stage
        self._person = person if person in stage.owners.names else stage.owners.names[0]
        self._staff = staff if staff in desk.KEYS else desk.KEYS[0]
        self._told: dict[str, str] = {}
        self._known: set[str] = set()

    def since_last(self) -> Json:
        """Pick the changed sections, the order of chats, and new items."""
        news: Json = {}
        for name, section in self._stage.sections(self._person, self._staff).items():
            value = section()
            if self._is_new(name, value):
                news[name] = value
        self._add_items(news, "chat", self._person, self._stage.owners.shown(self._person))
        self._add_items(news, "posts", self._staff, self._stage.desk.posts(self._staff))
        return news

    def _add_items(self, news: Json, name: str, person: str, items: dict[str, Json]) -> None:
        if self._is_new(name, list(items)):
            fresh = {key: item for key, item in items.items() if key not in self._known}
            self._known |= fresh.keys()
            news[name] = {"person": person, "order": list(items), "fresh": fresh}

    def _is_new(self, name: str, value: Any) -> bool:
        told = _dumps(value)
        changed = self._told.get(name) != told
        self._told[name] = told
        return changed

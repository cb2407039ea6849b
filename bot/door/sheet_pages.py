"""Serve the pages of sheets at addresses nobody can guess.

They last for a while, or until the owner takes them back.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from uuid import uuid4

import structlog
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.clock import Clock
from bot.logs import fault
from bot.presentation.wording import say
from bot.sheet.links import FOLDER, address_of, hash_of
from bot.sheet.page import as_notice, as_page, policy
from bot.sheet.pdf import as_pdf, as_png, can_set
from bot.sheet.sheet import Sheet, from_dict
from bot.store import Incoming, Store, StoreError, TurnResult
from bot.store.records import CountOne

HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Keep every answer from caches, other sites and search engines."""

LONGEST_NAME = 500
"""Characters of a browser's name that are looked at."""

MOST_WAITING = 8
"""PDFs and drawings that wait for each other, some three seconds of a core. Others are asked to come again."""

_DRAWING = re.compile(r"(?P<token>[\w-]{20,64})\.(?P<part>[a-z-]{1,20})\.png")
"""The address of one drawing of a sheet."""

_ROBOT = re.compile(
    r"bot\b|bot[/;_-]|crawl|spider|slurp|preview|facebookexternalhit|line-poker|whatsapp|embed",
    re.IGNORECASE,
)
"""Names of programs that search or draw previews of links. Most also say `bot`."""

OPENED = "sheet_opened"
"""Counts openings by people, by form. It tells neither the sheet nor the person."""

_LOG = structlog.get_logger("sheets")


class SheetPages:
    """Serve a sheet at two addresses, as a page and with `.pdf`."""

    def __init__(self, store: Store, public_url: str, clock: Clock) -> None:
        self._store, self._public_url, self._clock = store, public_url, clock
        # One at a time: setting a page takes all of a core.
        self._setting = asyncio.Lock()
        self._waiting = 0

    def routes(self) -> list[Route]:
        """List the addresses of sheets."""
        return [Route(FOLDER + "{name}", self.open)]

    async def open(self, request: Request) -> Response:
        """Show a sheet, or the same sentence for every one that is not there.

        It may have ended, been taken back, or never existed.
        """
        if wanted := _DRAWING.fullmatch(request.path_params["name"]):
            return await self._png(request, wanted["token"], wanted["part"])
        if is_robot(request.headers.get("user-agent", "")):
            # A preview would show the sheet to everybody in the chat, and to the robot's company.
            return _page(as_notice(say("sheet.title"), say("sheet.for_people")))
        token, dot, form = request.path_params["name"].partition(".")
        try:
            sheet = await self._find(token)
        except StoreError:
            return _page(
                as_notice(say("sheet.title"), say("sheet.later")), HTTPStatus.SERVICE_UNAVAILABLE
            )
        if sheet is None or (dot and form != "pdf"):
            return _page(
                as_notice(say("sheet.title"), say("sheet.closed_page")), HTTPStatus.NOT_FOUND
            )
        await self._count(request, form or "page")
        address = address_of(token, self._public_url)
        if dot:
            return await self._pdf(sheet, address)
        return _page(as_page(sheet, address, has_pdf=can_set()))

    async def _png(self, request: Request, token: str, part: str) -> Response:
        """Serve one drawing as an image, for the chat to fetch.

        Nobody without the address can ask for it.
        """
        try:
            sheet = await self._find(token)
        except StoreError:
            return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE, headers=HEADERS)
        drawing = sheet.drawing(part) if sheet and can_set() else None
        if drawing is None:
            return Response(status_code=HTTPStatus.NOT_FOUND, headers=HEADERS)
        if not is_robot(request.headers.get("user-agent", "")):
            await self._count(request, "drawing")
        content = await self._set(as_png, drawing)
        if content is None:
            return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE, headers=HEADERS)
        headers = {**HEADERS, "Cross-Origin-Resource-Policy": "cross-origin"}
        return Response(content, media_type="image/png", headers=headers)

    async def _set(self, work: Callable[..., bytes], *content: Sheet | str) -> bytes | None:
        """Set a PDF or a drawing in turn, or None when too many wait."""
        if self._waiting >= MOST_WAITING:
            return None
        self._waiting += 1
        try:
            async with self._setting:
                return await asyncio.to_thread(work, *content)
        finally:
            self._waiting -= 1

    async def _find(self, token: str) -> Sheet | None:
        """Find a sheet, its boxes as its owner has ticked them by now."""
        records, hash_ = self._store.records, hash_of(token)
        content = await records.find_sheet(hash_, self._clock())
        if content is None:
            return None
        owner = await self._store.load_conversation(await records.find_sheet_owner(hash_))
        return from_dict(content).with_ticks(owner.ticked)

    async def _count(self, request: Request, form: str) -> None:
        if request.method != "GET":
            return
        counted = TurnResult(None, records=(CountOne(OPENED, form),))
        try:
            await self._store.commit(Incoming(str(uuid4()), FOLDER), counted, self._clock())
        except StoreError as error:
            _LOG.warning("an opening was not counted", **fault(error))

    async def _pdf(self, sheet: Sheet, address: str) -> Response:
        if not can_set():
            return _page(as_notice(say("sheet.title"), say("sheet.no_pdf")), HTTPStatus.NOT_FOUND)
        content = await self._set(as_pdf, sheet, address)
        if content is None:
            return _page(
                as_notice(say("sheet.title"), say("sheet.later")), HTTPStatus.SERVICE_UNAVAILABLE
            )
        headers = {**HEADERS, "Content-Disposition": 'inline; filename="soudan-sheet.pdf"'}
        return Response(content, media_type="application/pdf", headers=headers)


def _page(html: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return HTMLResponse(html, status, {**HEADERS, "Content-Security-Policy": policy()})


def is_robot(browser: str) -> bool:
    """Ask whether this is one that draws previews of links, or searches."""
    return _ROBOT.search(browser[:LONGEST_NAME]) is not None

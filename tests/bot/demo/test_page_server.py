"""The page's server answers odd requests with a 4xx, and a closed page costs nothing."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.demo.stage import Stage
from bot.demo.web import create_page
from bot.simulator.common.control import TOKEN_HEADER
from tests.bot.channels.serving import until
from tests.bot.simulator.test_odd_requests import BODIES, RAW, WHOLE

STREAMS = 6
OF_OWNERS = ("send", "tap", "press", "follow", "unfollow", "unsend", "sticker", "location", "x")
OF_STAFF = (
    "say",
    "edit",
    "react",
    "command",
    "press",
    "press_in_view",
    "submit",
    "fill",
    "suggest",
)
PATHS = (
    *(f"api/line/{doing}" for doing in OF_OWNERS),
    *(f"api/slack/{doing}" for doing in OF_STAFF),
    *("api/persons", "api/faults", "api/bot/x", "api/time", "api/story/stop"),
)


@dataclass(frozen=True)
class Page:
    """The page as a browser finds it, with its address and its token."""

    session: aiohttp.ClientSession
    address: str
    token: str

    async def post(self, path: str, body: Any) -> int:
        """The status of something done from the page."""
        headers = {TOKEN_HEADER: self.token, "Content-Type": "application/json"}
        more = {"data": body} if isinstance(body, bytes) else {"json": body}
        async with self.session.post(f"{self.address}{path}", headers=headers, **more) as response:
            return response.status

    async def get_status(self, path: str) -> int:
        """The status of something read, of a stream before its end."""
        async with self.session.get(f"{self.address}{path}") as response:
            return response.status


@contextlib.asynccontextmanager
async def page() -> AsyncIterator[Page]:
    """The page, served in this event loop, over a stage of its own."""
    async with Stage() as stage, contextlib.AsyncExitStack() as open_:
        runner = web.AppRunner(create_page(stage), access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        open_.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        address = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        session = await open_.enter_async_context(
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30))
        )
        async with session.get(address) as response:
            found = re.search('name="control-token" content="([^"]+)"', await response.text())
        assert found
        yield Page(session, address, found[1])


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def opened(loop: asyncio.Runner) -> Iterator[Page]:
    open_ = contextlib.AsyncExitStack()
    yield loop.run(open_.enter_async_context(page()))
    loop.run(open_.aclose())


def test_stream_of_news_ends_when_its_page_is_closed(loop: asyncio.Runner, opened: Page) -> None:
    """The end of a page is noticed although no write fails while there is no news."""

    async def run() -> None:
        before = len(streaming())
        pages = [await opened.session.get(f"{opened.address}api/events") for _ in range(STREAMS)]
        for each in pages:
            assert await each.content.readline()
        assert len(streaming()) >= STREAMS > before
        for each in pages:
            each.close()
        await until(lambda: len(streaming()) <= before)

    loop.run(run())


def streaming() -> list[asyncio.Task[Any]]:
    """The tasks of the server that wait to send news."""
    return [each for each in asyncio.all_tasks() if "RequestHandler.start" in repr(each.get_coro())]


def test_odd_requests_to_the_page_are_a_4xx_and_break_no_stream(
    loop: asyncio.Runner, opened: Page
) -> None:
    async def run() -> None:
        here = asyncio.get_running_loop()

        @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
        @given(st.sampled_from(PATHS), WHOLE | BODIES | RAW, st.booleans())
        def odd(path: str, body: Any, known: bool) -> None:  # noqa: FBT001 - of hypothesis
            given = fitting(path, body) if known else body
            asked = asyncio.run_coroutine_threadsafe(opened.post(path, given), here)
            assert asked.result(60) < 500, (path, given)

        await asyncio.to_thread(odd)
        for path in ("api/events?stage=1&person=x", "api/menu/%00", "api/exchange/%ff", "page/"):
            assert await opened.get_status(path) < 500

    loop.run(run())


def fitting(path: str, body: Any) -> Any:
    """Return the body with an existing person in it, and only the keys that are taken."""
    if not isinstance(body, dict):
        return body
    who = {"person": "花子"} if path.startswith("api/line/") else {"user": "U0YAMADA"}
    names = {"text", "channel", "ts", "data", "label", "what", "values", "name", "message_id"}
    return {**{name: body[name] for name in body.keys() & names}, **who}

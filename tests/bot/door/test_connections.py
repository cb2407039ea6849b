"""Half-open, slow and endless requests over raw sockets, while an owner writes."""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.door.connections import Limits
from bot.door.server import LONGEST_HEADER, room
from bot.settings import LineSettings, Settings
from bot.simulator.line.server import FakeLine
from bot.store.opening import migrate_store
from tests.bot.channels import serving
from tests.bot.channels.line.serving import SECRET, TOKEN, Place
from tests.bot.channels.line.serving import process as line_process
from tests.bot.channels.serving import free_port, until
from tests.bot.door.callers import answer, status, strangers

HALF_HEADER = b"POST /line/webhook HTTP/1.1\r\nHost: x\r\n"
FORM = b"x-line-signature: " + b"A" * 43 + b"=\r\n"
HALF_BODY = HALF_HEADER + FORM + b"Content-Length: 1000\r\n\r\n{"
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


@contextlib.asynccontextmanager
async def served(folder: Path, limits: Limits) -> AsyncIterator[Place]:
    database_url = f"sqlite:///{folder}/navi.db"
    migrate_store(database_url)
    async with FakeLine(secret=SECRET, token=TOKEN) as line:
        settings = Settings(database_url, line=LineSettings(SECRET, TOKEN, line.base_url))
        async with serving.running(settings, limits=limits) as url:
            line.webhook_url = f"{url}/line/webhook"
            yield Place(line, url, database_url)


async def an_owner_is_heard(place: Place, user: str = "花子") -> None:
    assert (await place.line.send_text(user, "返済がきつい")).ok
    await until(lambda: bool(place.line.replies(user)))


@pytest.mark.parametrize("half", [b"", HALF_HEADER, HALF_BODY], ids=["nothing", "header", "body"])
def test_half_a_request_is_given_up_after_the_deadline(tmp_path: Path, half: bytes) -> None:
    async def scenario() -> None:
        async with served(tmp_path, Limits(100, 0.3)) as place, strangers(place.url) as connect:
            reader, _ = await connect(half)
            assert status(await answer(reader)) == 408
            await an_owner_is_heard(place)

    asyncio.run(scenario())


@pytest.mark.parametrize("half", [HALF_HEADER, HALF_BODY], ids=["header", "body"])
def test_a_request_that_drips_is_given_up_too(tmp_path: Path, half: bytes) -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while not writer.is_closing():
                writer.write(b"a")
                await writer.drain()
                await asyncio.sleep(0.02)

    async def scenario() -> None:
        async with served(tmp_path, Limits(100, 0.3)) as place, strangers(place.url) as connect:
            reader, writer = await connect(half)
            dripping = asyncio.create_task(drip(writer))
            # It was still sending: the answer may be lost, but not the end of the connection.
            assert status(await answer(reader)) in {408, 0}
            dripping.cancel()
            await asyncio.gather(dripping, return_exceptions=True)

    asyncio.run(scenario())


def test_the_second_request_of_a_connection_has_the_same_time(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with served(tmp_path, Limits(100, 0.5)) as place, strangers(place.url) as connect:
            reader, _ = await connect(HEALTH + HALF_HEADER)
            said = await answer(reader)
            assert said.startswith(b"HTTP/1.1 200")
            assert said.count(b"HTTP/1.1 ") == 2
            assert b"HTTP/1.1 408" in said

    asyncio.run(scenario())


def test_between_two_requests_the_connection_closes_without_a_word(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with served(tmp_path, Limits(100, 0.3)) as place, strangers(place.url) as connect:
            reader, _ = await connect(HEALTH)
            assert (await answer(reader)).count(b"HTTP/1.1 ") == 1

    asyncio.run(scenario())


def test_without_room_the_longest_asking_makes_some(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def scenario() -> None:
        async with served(tmp_path, Limits(20, 600)) as place, strangers(place.url) as connect:
            them = [await connect(HALF_HEADER) for _ in range(60)]
            await an_owner_is_heard(place)
            said = await asyncio.gather(*(answer(reader) for reader, _ in them[:40]))
            assert {status(each) for each in said} == {503}

    asyncio.run(scenario())
    assert capsys.readouterr().out.count("connections turned away") == 1


def test_who_is_being_served_stays_and_a_newcomer_is_told_503() -> None:
    async def scenario() -> None:
        come, go, inside = asyncio.Event(), asyncio.Event(), 0

        async def slow(scope: Scope, receive: Receive, send: Send) -> None:
            nonlocal inside
            if scope["type"] == "http":
                inside += 1
                if inside == 3:
                    come.set()
                await go.wait()
                await Response("done")(scope, receive, send)

        async with serving.listening(slow, Limits(3, 0.2)) as url, strangers(url) as connect:
            held = [await connect(HEALTH) for _ in range(3)]
            await come.wait()
            newcomer, _ = await connect(HEALTH)
            assert status(await answer(newcomer)) == 503
            go.set()
            for reader, _ in held:
                assert status(await reader.readuntil(b"\r\n\r\n")) == 200

    asyncio.run(scenario())


@pytest.mark.parametrize(
    "endless",
    [
        HALF_HEADER + b"X: " + b"a" * (LONGEST_HEADER + 1),
        b"GET /" + b"a" * (LONGEST_HEADER + 1),
        b"".join((HALF_HEADER, *(b"X-%d: y\r\n" % number for number in range(5000)))),
    ],
    ids=["one-line", "path", "lines"],
)
def test_a_header_without_end_is_refused(tmp_path: Path, endless: bytes) -> None:
    async def scenario() -> None:
        async with served(tmp_path, Limits(100, 600)) as place, strangers(place.url) as connect:
            reader, _ = await connect(endless)
            assert status(await answer(reader)) in {431, 0}  # 0: it was still sending
            await an_owner_is_heard(place)

    asyncio.run(scenario())


def test_what_is_no_http_is_answered_and_logged_once_for_many(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async def scenario() -> None:
        async with served(tmp_path, Limits(100, 600)) as place, strangers(place.url) as connect:
            for odd in (b"\x16\x03\x01 hello\r\n\r\n", b"\r\n\r\n\x00\r\n", b"GET\r\n\r\n") * 5:
                reader, _ = await connect(odd)
                assert status(await answer(reader)) == 400

    asyncio.run(scenario())
    logged = "".join(capfd.readouterr())
    assert logged.count("connections turned away") == 1
    assert "Invalid HTTP" not in logged


def test_trailers_without_end_are_refused(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with served(tmp_path, Limits(100, 600)) as place, strangers(place.url) as connect:
            begin = HALF_HEADER + FORM + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\n"
            reader, _ = await connect(begin + b"T: y\r\n" * 9000)
            assert status(await answer(reader)) in {431, 0}

    asyncio.run(scenario())


def test_many_requests_in_one_connection_are_all_answered(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with served(tmp_path, Limits(5, 600)) as place, strangers(place.url) as connect:
            reader, _ = await connect(HEALTH * 50)
            for _ in range(50):
                assert status(await reader.readuntil(b"\r\n\r\n")) == 200
                assert json.loads(await reader.readexactly(15)) == {"status": "ok"}

    asyncio.run(scenario())


def test_behind_more_half_open_requests_than_descriptors_owners_are_heard(tmp_path: Path) -> None:
    room(1)  # the callers of this test need descriptors, too

    async def scenario() -> None:
        database_url = f"sqlite:///{tmp_path}/navi.db"
        migrate_store(database_url)
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        async with (
            FakeLine(secret=SECRET, token=TOKEN) as line,
            line_process(database_url, line.base_url, port, few_files=1024),
            strangers(url) as connect,
        ):
            line.webhook_url = f"{url}/line/webhook"
            place = Place(line, url, database_url)
            for number in range(1200):
                await connect(HALF_BODY if number % 2 else HALF_HEADER)
            for number in range(5):
                await an_owner_is_heard(place, f"客{number}")

    asyncio.run(scenario())


def test_the_limit_follows_the_descriptors_of_the_process() -> None:
    told = (
        "import resource, sys; files = int(sys.argv[1]);"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (min(files, 64), files));"
        "from bot.door.server import room; print(room(1000))"
    )
    for files, expected in ((4096, 1000), (1024, 768), (256, 128)):
        done = subprocess.run(
            [sys.executable, "-c", told, str(files)], capture_output=True, text=True, check=True
        )
        assert int(done.stdout) == expected, files

"""The simulator as a process of its own, driven through its control API."""

import asyncio
import functools
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.simulator.common.control import TOKEN_HEADER
from bot.simulator.line import control
from bot.simulator.line.__main__ import arguments
from bot.simulator.line.server import FakeLine

TOKEN = "channel token"  # noqa: S105 (of nobody)
Json = dict[str, Any]
CONTROL = "of-the-control-api"


@contextmanager
def process(*more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The simulator as a process, and the address it prints."""
    command = [sys.executable, "-m", "bot.simulator.line", "--secret", "s", "--token", TOKEN]
    with subprocess.Popen(
        [*command, "--control-token", CONTROL, *more], stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        try:
            yield running, running.stdout.readline().removeprefix("LINE simulator on ").strip()
        finally:
            running.kill()


async def ask(base: str, method: str, path: str, body: object = None) -> tuple[int, Json]:
    async with (
        aiohttp.ClientSession() as session,
        session.request(
            method, f"{base}/_control/{path}", json=body, headers={TOKEN_HEADER: CONTROL}
        ) as response,
    ):
        return response.status, await response.json()


def test_a_process_prints_its_address_and_ends_when_it_is_told_to() -> None:
    with process("--webhook-url", "http://127.0.0.1:1/line/webhook") as (running, base):
        assert base.startswith("http://127.0.0.1:")
        status, settings = asyncio.run(ask(base, "POST", "settings", {"quota": 200}))
        assert (status, settings["quota"]) == (200, 200)
        assert settings["webhook_url"] == "http://127.0.0.1:1/line/webhook"
        os.kill(running.pid, signal.SIGTERM)
        assert running.wait(timeout=10) == 0


def test_a_process_needs_the_secret_and_the_token(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        arguments([])
    assert "--secret" in capsys.readouterr().err


async def echo(base: str, request: web.Request) -> web.Response:
    """A bot that says to every text what it heard."""
    for event in json.loads(await request.read())["events"]:
        if event["type"] == "message":
            await say(base, event["replyToken"], event["message"]["text"])
    return web.Response()


async def say(base: str, token: str, text: str) -> None:
    action = {"type": "postback", "label": "はい", "data": "v1|q=yes", "displayText": "はい"}
    items = [{"type": "action", "action": action}]
    message = {"type": "text", "text": text, "quickReply": {"items": items}}
    headers = {"Authorization": f"Bearer {TOKEN}"}
    body = {"replyToken": token, "messages": [message]}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{base}/v2/bot/message/reply", json=body, headers=headers) as response,
    ):
        await response.read()


async def scene(base: str) -> None:
    status, sent = await ask(base, "POST", "send", {"user": "花子", "text": "こんにちは"})
    assert (status, sent["ok"], sent["status"]) == (200, True, 200)
    _, shown = await ask(base, "GET", "chat/花子")
    assert [(one["by"], one["text"]) for one in shown["chat"]] == [
        ("user", "こんにちは"),
        ("bot", "こんにちは"),
    ]
    assert shown["chat"][-1]["quick_replies"][0]["label"] == "はい"
    _, pressed = await ask(base, "POST", "press", {"user": "花子", "label": "はい"})
    assert pressed["events"][0]["postback"]["data"] == "v1|q=yes"
    _, again = await ask(base, "POST", "post", {"events": sent["events"], "redelivery": True})
    assert again["events"][0]["deliveryContext"] == {"isRedelivery": True}
    assert again["event_ids"] == sent["event_ids"]
    _, users = await ask(base, "GET", "users")
    assert users["users"] == [{"id": shown["user_id"], "friend": True, "blocked": False}]


async def faults_and_calls(base: str) -> None:
    _, added = await ask(base, "POST", "faults", {"endpoint": "reply", "kind": "500"})
    assert added == {"waiting": 1}
    await ask(base, "POST", "send", {"user": "花子", "text": "二"})
    _, calls = await ask(base, "GET", "calls?endpoint=reply")
    assert [call["status"] for call in calls["calls"]] == [200, 400, 500]
    await ask(base, "POST", "faults", {"endpoint": "*", "kind": "drop", "times": 3})
    _, waiting = await ask(base, "GET", "faults")
    assert len(waiting["faults"]) == 3
    assert await ask(base, "DELETE", "faults") == (200, {})
    assert await ask(base, "DELETE", "calls") == (200, {})
    assert (await ask(base, "GET", "calls"))[1] == {"calls": [], "next": 0}
    before = (await ask(base, "POST", "advance", {"seconds": 0}))[1]["now"]
    assert (await ask(base, "POST", "advance", {"seconds": 61}))[1]["now"] >= before + 61


async def mistakes(base: str) -> None:
    for path, body in (
        ("press", {"user": "花子", "label": "ない"}),
        ("send", {"user": "花子"}),
        ("send", []),
        ("post", {}),
        ("faults", {"endpoint": "reply", "kind": "earthquake"}),
        ("settings", {"speed": 1}),
        ("advance", {"seconds": "soon"}),
    ):
        status, answer = await ask(base, "POST", path, body)
        assert (status, list(answer)) == (400, ["error"])


def test_another_process_can_do_everything() -> None:
    async def play(base: str) -> None:
        app = web.Application()
        app.router.add_post("/webhook", functools.partial(echo, base))
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/webhook"
        await ask(base, "POST", "settings", {"webhook_url": url})
        await scene(base)
        await faults_and_calls(base)
        await mistakes(base)
        await runner.cleanup()

    with process("--no-rate-limits") as (_, base):
        asyncio.run(play(base))


def test_every_control_is_described() -> None:
    async def paths() -> set[str]:
        line = FakeLine(secret=TOKEN, token=TOKEN)
        app = web.Application()
        control.add_routes(app, line, line.faults, line.calls, CONTROL)
        return {resource.canonical for resource in app.router.resources()}

    assert control.__doc__ is not None
    described = control.__doc__.replace("{user}", "")
    for path in asyncio.run(paths()):
        assert path.split("/")[2] in described

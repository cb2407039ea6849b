"""The fake Slack as a process of its own, driven through its control API."""

import asyncio
import base64
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
from bot.simulator.slack import control
from bot.simulator.slack.__main__ import parse_arguments
from bot.simulator.slack.server import FakeSlack

TOKEN = "xoxb-bot"  # noqa: S105 (of nobody)
Json = dict[str, Any]
CONTROL = "of-the-control-api"


@contextmanager
def process(*more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the simulator as a process, and read the address it prints."""
    command = [sys.executable, "-m", "bot.simulator.slack", "--signing-secret", "s"]
    command += ["--bot-token", TOKEN, *more]
    with subprocess.Popen(
        [*command, "--control-token", CONTROL], stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        try:
            yield running, running.stdout.readline().removeprefix("Slack simulator on ").strip()
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


async def call(base: str, method: str, body: Json) -> Json:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{base}/api/{method}", json=body, headers=headers) as response,
    ):
        answer: Json = await response.json()
        return answer


def test_a_process_prints_its_address_and_ends_when_it_is_told_to() -> None:
    with process("--request-url", "http://127.0.0.1:1/slack/events") as (running, base):
        assert base.startswith("http://127.0.0.1:")
        status, settings = asyncio.run(ask(base, "POST", "settings", {"retry_times": 2}))
        assert (status, settings["retry_times"]) == (200, 2)
        assert settings["request_url"] == "http://127.0.0.1:1/slack/events"
        os.kill(running.pid, signal.SIGTERM)
        assert running.wait(timeout=10) == 0


def test_a_process_needs_the_secret_and_the_token(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse_arguments([])
    assert "--signing-secret" in capsys.readouterr().err


BUTTON = {
    "type": "button",
    "action_id": "claim",
    "text": {"type": "plain_text", "text": "対応する"},
}
ROW = {"type": "actions", "elements": [BUTTON]}
MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "題"},
    "submit": {"type": "plain_text", "text": "送る"},
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": {"type": "plain_text", "text": "名"},
            "element": {"type": "plain_text_input", "action_id": "it"},
        }
    ],
}


async def app(request: web.Request) -> web.Response:
    """Run an app that finds fault with every submission."""
    form = await request.post()
    payload = json.loads(str(form["payload"])) if "payload" in form else {}
    if payload.get("type") == "view_submission":
        return web.json_response({"response_action": "errors", "errors": {"name": "短く"}})
    return web.Response()


async def conversation(base: str) -> None:
    await ask(base, "POST", "add_user", {"key": "U0YAMADA", "name": "山田"})
    desk = {"key": "C0DESK", "name": "desk", "members": ["山田"]}
    _, added = await ask(base, "POST", "add_channel", desk)
    assert added["channel"]["members"] == ["U0YAMADA"]
    content = base64.b64encode(b"PNG").decode()
    file = {"name": "a.png", "content": content}
    who = {"user": "山田", "channel": "desk"}
    _, said = await ask(base, "POST", "say", who | {"text": "やあ", "files": [file]})
    assert (said["ok"], said["payload"]["event"]["subtype"]) == (True, "file_share")
    posted = await call(
        base, "chat.postMessage", {"channel": "C0DESK", "text": "x", "blocks": [ROW]}
    )
    _, pressed = await ask(base, "POST", "press", who | {"ts": posted["ts"], "what": "対応する"})
    assert pressed["payload"]["actions"][0]["action_id"] == "claim"
    _, shown = await ask(base, "GET", "messages/desk")
    assert [post["text"] for post in shown["messages"]] == ["やあ", "x"]
    assert "past" not in shown["messages"][0]
    assert (await ask(base, "GET", "messages/desk?thread_ts=1.2"))[1] == {"messages": []}
    _, again = await ask(base, "POST", "post", {"payload": said["payload"], "retry": 1})
    assert again["payload"] == said["payload"]


async def views(base: str) -> None:
    _, chosen = await ask(base, "POST", "shortcut", {"user": "山田", "callback_id": "x"})
    trigger = chosen["payload"]["trigger_id"]
    assert (await call(base, "views.open", {"trigger_id": trigger, "view": MODAL}))["ok"]
    filled = {"user": "山田", "values": {"name": "x"}}
    assert await ask(base, "POST", "fill", filled) == (200, {})
    _, sent = await ask(base, "POST", "submit", {"user": "山田"})
    assert sent["errors"] == {"name": "短く"}
    _, open_now = await ask(base, "GET", "modals/山田")
    assert [view["errors"] for view in open_now["modals"]] == [{"name": "短く"}]
    assert (await ask(base, "GET", "home/山田"))[1] == {"view": {}}
    assert (await ask(base, "GET", "ephemerals/山田"))[1] == {"messages": []}


async def faults_and_calls(base: str) -> None:
    await ask(base, "POST", "faults", {"method": "chat.postMessage", "kind": "500"})
    await call(base, "chat.postMessage", {"channel": "C0DESK", "text": "<!here>"})
    await call(base, "chat.postMessage", {"channel": "C0DESK", "text": "<!here>"})
    _, calls = await ask(base, "GET", "calls?method=chat.postMessage")
    assert [one["status"] for one in calls["calls"]] == [200, 500, 200]
    _, called = await ask(base, "GET", "notifications")
    assert [one["whom"] for one in called["notifications"]] == ["!here"]
    await ask(base, "POST", "faults", {"method": "*", "kind": "drop", "times": 3})
    assert len((await ask(base, "GET", "faults"))[1]["faults"]) == 3
    assert await ask(base, "DELETE", "faults") == (200, {})
    assert await ask(base, "DELETE", "calls") == (200, {})
    assert (await ask(base, "GET", "calls"))[1] == {"calls": [], "next": 0}
    before = (await ask(base, "POST", "advance", {"seconds": 0}))[1]["now"]
    assert (await ask(base, "POST", "advance", {"seconds": 61}))[1]["now"] >= before + 61
    assert len((await ask(base, "GET", "users"))[1]["users"]) == 2
    kinds = [one["type"] for one in (await ask(base, "GET", "channels"))[1]["channels"]]
    assert kinds == ["channel"]
    assert await ask(base, "POST", "refresh", {"reason": "warning"}) == (200, {})
    assert await ask(base, "POST", "cut") == (200, {})


async def mistakes(base: str) -> None:
    for path, body in (
        ("press", {"user": "山田", "channel": "desk", "ts": "1.2", "what": "ない"}),
        ("say", {"user": "山田"}),
        ("say", []),
        ("post", {}),
        ("faults", {"method": "chat.update", "kind": "earthquake"}),
        ("settings", {"speed": 1}),
        ("advance", {"seconds": "soon"}),
        ("add_user", {"key": "U1", "tall": True}),
    ):
        status, answer = await ask(base, "POST", path, body)
        assert (status, list(answer)) == (400, ["error"])


def test_another_process_can_do_everything() -> None:
    async def play(base: str) -> None:
        served = web.Application()
        served.router.add_post("/slack/events", app)
        runner = web.AppRunner(served)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        await ask(base, "POST", "settings", {"request_url": url})
        await conversation(base)
        await views(base)
        await faults_and_calls(base)
        await mistakes(base)
        await runner.cleanup()

    with process("--no-rate-limits") as (_, base):
        asyncio.run(play(base))


def test_every_control_is_described() -> None:
    async def paths() -> set[str]:
        served = web.Application()
        control.add_routes(served, FakeSlack(signing_secret=TOKEN, bot_token=TOKEN))
        return {resource.canonical for resource in served.router.resources()}

    assert control.__doc__ is not None
    for path in asyncio.run(paths()):
        assert f"/{path.split('/')[2]}" in control.__doc__

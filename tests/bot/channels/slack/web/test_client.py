"""The client goes only to Slack, and nobody waits for a Slack that does not answer."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from aiohttp import web

from bot.channels.slack.web.client import Client
from bot.settings import LineSettings, Settings, SlackSettings
from bot.simulator.line.server import FakeLine
from bot.store.opening import migrate_store
from tests.bot.channels import serving as any_serving
from tests.bot.channels.line.serving import SECRET, TOKEN
from tests.bot.channels.serving import until
from tests.bot.channels.slack.serving import BOT_TOKEN, SIGNING_SECRET
from tests.bot.channels.slack.web.test_identity import trouble


async def site(app: web.Application) -> tuple[web.AppRunner, str]:
    """Serve the application at an address of its own."""
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"127.0.0.1:{runner.addresses[0][1]}"


@pytest.mark.parametrize(
    ("api_base", "address", "goes"),
    [
        ("http://{host}/api/", "http://{host}/actions/1", True),
        ("http://{host}/api/", "http://localhost:{port}/actions/1", False),
        ("https://slack.com/api/", "http://{host}/actions/1", False),
        ("https://{host}/api/", "http://{host}/actions/1", False),
        ("http://slack.com/api/", "http://slack.com@{host}/actions/1", False),
        ("http://slack.com/api/", "http://{host}\\@slack.com/actions/1", False),
        ("http://{host}/api/", "http://{host}/elsewhere", False),
        ("http://{host}/api/", "//{host}/actions/1", False),
        ("http://{host}/api/", "http://[::1/", False),
        ("http://{host}/api/", "", False),
    ],
)
def test_respond_to_an_address_elsewhere_sends_nothing(
    api_base: str, address: str, *, goes: bool
) -> None:
    got: list[str] = []

    async def take(request: web.Request) -> web.Response:
        got.append(request.path)
        return web.Response()

    async def lead_away(_: web.Request) -> web.Response:
        raise web.HTTPTemporaryRedirect("/actions/1")

    async def run() -> None:
        app = web.Application()
        app.router.add_post("/actions/1", take)
        app.router.add_post("/elsewhere", lead_away)
        runner, host = await site(app)
        place = {"host": host, "port": host.partition(":")[2]}
        client = Client(SlackSettings(BOT_TOKEN, api_base=api_base.format(**place)))
        await client.start()
        await client.respond(address.format(**place), {"text": "はい"})
        await client.stop()
        await runner.cleanup()

    asyncio.run(run())
    assert got == (["/actions/1"] if goes else [])


def test_leads_to_slack_accepts_only_slacks_own_hosts() -> None:
    client = Client(SlackSettings(BOT_TOKEN))
    assert client._leads_to_slack("https://hooks.slack.com/actions/T1/2/3")  # noqa: SLF001 - no wire to Slack
    for other in ("https://hooks.slack.com.example.org/", "https://hooks.slack.com:8443/"):
        assert not client._leads_to_slack(other)  # noqa: SLF001 - no wire to Slack


def test_owner_is_answered_while_slack_is_silent(tmp_path: Path) -> None:
    async def run() -> None:
        asked, url = asyncio.Event(), f"sqlite:///{tmp_path}/navi.db"

        async def silent(_: web.Request) -> web.Response:
            asked.set()
            await asyncio.Event().wait()
            raise AssertionError

        app = web.Application()
        app.router.add_post("/api/{method}", silent)
        runner, host = await site(app)
        migrate_store(url)
        async with FakeLine(secret=SECRET, token=TOKEN) as line:
            settings = Settings(
                url,
                line=LineSettings(SECRET, TOKEN, line.base_url),
                slack=SlackSettings(BOT_TOKEN, SIGNING_SECRET, "", "C0DESK", f"http://{host}/api/"),
            )
            async with any_serving.running(settings) as address:
                line.webhook_url = f"{address}/line/webhook"
                await asked.wait()
                assert (await line.send_text("幸子", "こんにちは")).ok
                await until(lambda: bool(line.replies("幸子")))
                # Slack has not been given up: it was not waited for.
                assert await trouble(address) == ""
        await runner.cleanup()

    asyncio.run(run())

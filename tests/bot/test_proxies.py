"""Every call of the bot obeys HTTPS_PROXY, HTTP_PROXY and NO_PROXY.

Tested over real sockets.
"""

import asyncio
import base64
import contextlib
import os
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.channels.slack.web.client import Client
from bot.proxies import proxy_for
from bot.settings import SettingsError, SlackSettings, from_environment
from bot.simulator.line.server import FakeLine
from bot.simulator.slack.server import FakeSlack
from bot.store.opening import migrate_store
from tests.bot.channels import serving
from tests.bot.channels.slack.serving import (
    APP_TOKEN,
    BOT_TOKEN,
    HANAKO,
    environment,
    fakes,
    play,
    until,
)
from tests.bot.channels.slack.serving import Place as Served
from tests.bot.channels.slack.stories import Story
from tests.bot.proxy import Proxy, certificate, in_tls, proxying

LINE, SLACK = "line.test", "slack.test"
NAMES = ("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("variables", "address", "expected"),
    [
        ({}, "https://api.line.me", None),
        ({"HTTPS_PROXY": "http://p:3128"}, "https://api.line.me/v2/bot", "http://p:3128"),
        ({"https_proxy": "http://p:3128"}, "https://slack.com/api/", "http://p:3128"),
        ({"HTTPS_PROXY": "p:3128"}, "wss://wss-primary.slack.com/link", "http://p:3128"),
        ({"HTTPS_PROXY": "http://p:3128"}, "http://api.line.me", None),
        ({"HTTP_PROXY": "http://p:3128"}, "ws://slack.example/link", "http://p:3128"),
        ({"HTTP_PROXY": "http://p:3128"}, "https://api.line.me", None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": ".line.me"}, "https://api.line.me", None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "line.me"}, "https://api.line.me", None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "slack.com:443"}, "https://slack.com/", None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "*"}, "wss://slack.com/", None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "line.me"}, "https://notline.me", "http://p:1"),
        ({"HTTPS_PROXY": "  "}, "https://slack.com", None),
    ],
)
def test_proxy_for_an_address_follows_the_environment(
    monkeypatch: pytest.MonkeyPatch, variables: Mapping[str, str], address: str, expected: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(address) == expected


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "[::1]", "bot.localhost"])
@pytest.mark.parametrize("without", ["", "127.0.0.1", "example.org"])
def test_proxy_for_this_machine_is_none_whatever_is_set(
    monkeypatch: pytest.MonkeyPatch, host: str, without: str
) -> None:
    for name, value in (("HTTP_PROXY", "http://p:1"), ("HTTPS_PROXY", "http://p:1")):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("NO_PROXY", without)
    for scheme in ("http", "https", "ws", "wss"):
        assert proxy_for(f"{scheme}://{host}:8000/x") is None


def test_settings_name_a_proxy_that_cannot_be_used_and_keep_its_password() -> None:
    with pytest.raises(SettingsError) as caught:
        from_environment({"https_proxy": "socks5://me:secret@p:1080"})
    assert str(caught.value).splitlines()[1].startswith("https_proxy: expected http://HOST:PORT")
    assert "secret" not in str(caught.value)


def port(address: str) -> int:
    return urlsplit(address).port or 0


@contextlib.asynccontextmanager
async def behind_tls(
    folder: Path, line: FakeLine, slack: FakeSlack
) -> AsyncIterator[tuple[Proxy, dict[str, str]]]:
    """Put both platforms behind TLS, reachable by name only through the proxy.

    Yields the proxy and the settings that lead through it.
    """
    made = certificate(folder, LINE, SLACK)
    async with (
        in_tls(port(line.base_url), made) as line_port,
        in_tls(port(slack.origin), made) as slack_port,
        proxying({LINE: line_port, SLACK: slack_port}) as proxy,
    ):
        slack.give_addresses_at(f"https://{SLACK}")
        login = proxy.url.replace("http://", "http://me:p%40ss@")
        yield proxy, {"HTTPS_PROXY": login, "NO_PROXY": "example.org", "SSL_CERT_FILE": str(made)}


def test_server_without_a_direct_way_works_through_the_proxy(tmp_path: Path) -> None:
    """LINE, the Web API and Socket Mode go by CONNECT with the proxy's password."""

    async def run() -> None:
        async with fakes() as (line, slack), behind_tls(tmp_path, line, slack) as (proxy, way):
            database = f"sqlite:///{tmp_path}/navi.db"
            migrate_store(database)
            known = {
                **environment(database, line, slack),
                "LINE_API_BASE": f"https://{LINE}",
                "SLACK_API_BASE": f"https://{SLACK}/api/",
                "SLACK_APP_TOKEN": APP_TOKEN,
                **way,
            }
            at = serving.free_port()
            async with serving.process(at, known):
                line.webhook_url = f"http://127.0.0.1:{at}/line/webhook"
                await until(lambda: bool(slack.sockets.open))
                story = Story(Served(line, slack, "", database))
                card = await story.owner_asks_for_a_person()
            assert "auth.test" in {call.method for call in slack.calls}
            assert card.ts
            assert proxy.hosts("CONNECT") == {LINE, SLACK}
            assert proxy.logins == {f"Basic {base64.b64encode(b'me:p@ss').decode()}"}

    asyncio.run(run())


def test_line_setup_without_a_direct_way_works_through_the_proxy(tmp_path: Path) -> None:
    async def run() -> None:
        async with fakes() as (line, slack), behind_tls(tmp_path, line, slack) as (proxy, way):
            known = {
                **os.environ,
                "LINE_CHANNEL_ACCESS_TOKEN": environment("", line, slack)[
                    "LINE_CHANNEL_ACCESS_TOKEN"
                ],
                "LINE_API_BASE": f"https://{LINE}",
                **way,
            }
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "line", "setup", "--dry-run"),
                env=known,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
            said, complained = await process.communicate()
            assert b"account:" in said, complained.decode()
            assert proxy.hosts("CONNECT") == {LINE}
            assert proxy.logins

    asyncio.run(run())


def test_response_url_goes_through_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        async with fakes() as (_, slack), proxying({SLACK: port(slack.origin)}) as proxy:
            monkeypatch.setenv("HTTP_PROXY", proxy.url)
            client = Client(SlackSettings(BOT_TOKEN, "s", "", "", f"http://{SLACK}/api/"))
            await client.start()
            await client.respond(f"http://{SLACK}/response/none", {"text": "あ"})
            assert (await client.ask("auth.test")).ok
            await client.stop()
            assert proxy.asked == [("POST", SLACK), ("POST", SLACK)]

    asyncio.run(run())


@pytest.mark.parametrize("without", ["", "127.0.0.1", "example.org"])
@pytest.mark.parametrize("socket_mode", [False, True])
def test_platforms_on_this_machine_never_see_the_proxy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: str, *, socket_mode: bool
) -> None:
    """No token of the demo goes to the proxy of the machine it runs on."""

    async def scenario(place: Served) -> None:
        story = Story(place)
        await story.owner_asks_for_a_person()
        assert (await place.slack.open_home(HANAKO)).ok

    async def run() -> None:
        async with proxying({}) as proxy:
            for name in ("HTTP_PROXY", "HTTPS_PROXY"):
                monkeypatch.setenv(name, proxy.url)
            monkeypatch.setenv("NO_PROXY", without)
            await asyncio.to_thread(play, tmp_path, scenario, socket_mode=socket_mode)
            assert proxy.asked == []

    asyncio.run(run())

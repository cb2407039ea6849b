"""A wrong set-up shows in /readyz and the log, and the manifest fits the code."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.channels.slack import channel
from bot.channels.slack.web import socket
from bot.channels.slack.web.events import Actor
from bot.channels.slack.web.identity import SCOPES
from bot.channels.slack.web.staff_directory import StaffDirectory, UnknownError
from bot.settings import Settings, SlackSettings
from bot.simulator.slack.server import FakeSlack
from bot.store.opening import migrate_store
from tests.bot.channels import serving as any_serving
from tests.bot.channels.serving import LONGEST, PATIENCE, WATCHING, free_port, until
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.interviews import Interview
from tests.bot.channels.slack.serving import (
    APP_TOKEN,
    BOT_TOKEN,
    DESK,
    HANAKO,
    SIGNING_SECRET,
    Place,
)

Served = Callable[[FakeSlack, str], Awaitable[None]]


async def trouble(url: str) -> str:
    """Read what /readyz says of Slack."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{url}/readyz", headers=WATCHING) as response,
    ):
        assert response.status == 200, "the other channels go on"
        found: str = (await response.json()).get("trouble", {}).get("slack", "")
        return found


async def comes(url: str, wanted: Callable[[str], bool]) -> str:
    """Wait until /readyz says the wanted words."""
    async with asyncio.timeout(LONGEST):
        while not wanted(said := await trouble(url)):
            await asyncio.sleep(0.05)
    return said


def fake(port: int = 0, **how: Any) -> FakeSlack:
    slack = FakeSlack(
        signing_secret=SIGNING_SECRET,
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        limit_rates=False,
        port=port,
        ack_seconds=PATIENCE,
        **how,
    )
    slack.add_user(HANAKO, "花子")
    slack.add_channel(DESK, "相談窓口", members=(HANAKO,))
    return slack


def run(
    tmp_path: Path,
    served: Served,
    slack: FakeSlack,
    *,
    bot_token: str = BOT_TOKEN,
    app_token: str = "",
) -> None:
    """Run the bot beside this Slack."""

    async def played() -> None:
        url = f"sqlite:///{tmp_path}/navi.db"
        migrate_store(url)
        async with slack:
            settings = SlackSettings(bot_token, SIGNING_SECRET, app_token, DESK, slack.base_url)
            async with any_serving.running(Settings(url, slack=settings)) as address:
                if not app_token:
                    slack.request_url = f"{address}/slack/events"
                await served(slack, address)

    asyncio.run(played())


# --- who we are -----------------------------------------------------------------------------------


@pytest.mark.parametrize("scope", SCOPES)
def test_identity_with_a_missing_scope_names_it(
    tmp_path: Path, scope: str, capsys: pytest.CaptureFixture[str]
) -> None:
    slack = fake()
    slack.scopes = set(SCOPES) - {scope}

    async def served(_: FakeSlack, url: str) -> None:
        said = await comes(url, bool)
        assert said.startswith(f"SLACK_BOT_TOKEN lacks {scope}: ")
        assert "install the app again" in said

    run(tmp_path, served, slack)
    assert f"lacks {scope}" in capsys.readouterr().out


def test_identity_with_the_scopes_of_the_code_has_no_trouble(tmp_path: Path) -> None:
    slack = fake()
    slack.scopes = set(SCOPES)

    async def served(slack: FakeSlack, url: str) -> None:
        assert await trouble(url) == ""
        assert (await slack.say(HANAKO, "使い方")).ok
        await until(lambda: len(slack.messages(HANAKO)) == 2)

    run(tmp_path, served, slack)


def test_identity_with_a_wrong_token_acknowledges_nothing(tmp_path: Path) -> None:
    async def served(slack: FakeSlack, url: str) -> None:
        assert "copy the Bot User OAuth Token again" in await comes(url, bool)
        assert (await slack.say(HANAKO, "使い方")).status == 503

    run(tmp_path, served, fake(), bot_token="xoxb-wrong")  # noqa: S106 - nobody's


def test_identity_is_asked_again_when_slack_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "ASK_AGAIN", 0.0)
    slack = fake()
    slack.faults.add("auth.test", "drop", times=2)

    async def served(slack: FakeSlack, url: str) -> None:
        assert "no_answer" in await comes(url, bool)
        await comes(url, lambda said: not said)
        assert (await slack.say(HANAKO, "使い方")).ok
        await until(lambda: len(slack.messages(HANAKO)) == 2)

    run(tmp_path, served, slack)


@pytest.mark.parametrize("why", ["not_in_channel", "channel_not_found"])
def test_identity_reports_a_closed_desk_until_it_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    monkeypatch.setattr(channel, "ASK_AGAIN", 0.0)
    slack = fake()
    if why == "not_in_channel":
        slack.add_channel(DESK, "相談窓口", members=(HANAKO,), bot_is_member=False)
    else:
        del slack.workspace.channels[DESK]

    async def served(slack: FakeSlack, url: str) -> None:
        said = await comes(url, bool)
        assert said.startswith(f"SLACK_DESK_CHANNEL: Slack answers {why}")
        slack.add_channel(DESK, "相談窓口", members=(HANAKO,))
        await comes(url, lambda said: not said)

    run(tmp_path, served, slack)


def test_identity_is_asked_again_with_the_next_event(tmp_path: Path) -> None:
    slack = fake()
    slack.faults.add("auth.test", "500")

    async def served(slack: FakeSlack, url: str) -> None:
        await comes(url, bool)
        assert (await slack.say(HANAKO, "使い方")).ok
        await until(lambda: len(slack.messages(HANAKO)) == 2)

    run(tmp_path, served, slack)


def test_staff_before_our_workspace_is_known_may_not_act() -> None:
    staff = StaffDirectory(client=None)  # type: ignore[arg-type]  # it is not asked
    with pytest.raises(UnknownError):
        asyncio.run(staff.explain_refusal(Actor(HANAKO, "T1")))
    staff.team = "T1"
    assert asyncio.run(staff.explain_refusal(Actor("USLACKBOT", "T1")))
    assert asyncio.run(staff.explain_refusal(Actor("", "T1")))


# --- Socket Mode ----------------------------------------------------------------------------------


def test_socket_that_ends_is_replaced_and_readyz_tells(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        slack, interview = place.slack, Interview(place)
        await comes(place.url, lambda said: not said)
        await interview.says("診断する")
        for end in ("refresh_requested", "cut", "warning"):
            before = slack.sockets.open
            if end == "cut":
                slack.faults.add("apps.connections.open", "500", times=2)
                slack.sockets.cut()
                assert socket.DOWN in await comes(place.url, bool)
            else:
                await slack.sockets.refresh(end)
            await until(lambda b=before: slack.sockets.open not in ([], b))  # type: ignore[misc]  # bound now
            await comes(place.url, lambda said: not said)
            await interview.says("最初から")

    serving.play(tmp_path, scenario, socket_mode=True)


def test_socket_without_a_connection_at_start_connects_later(
    tmp_path: Path,
) -> None:
    async def played() -> None:
        url, port = f"sqlite:///{tmp_path}/navi.db", free_port()
        migrate_store(url)
        base = f"http://127.0.0.1:{port}/api/"
        settings = SlackSettings(BOT_TOKEN, "", APP_TOKEN, "", base)
        async with any_serving.running(Settings(url, slack=settings)) as address:
            said = await comes(address, lambda said: "no_answer" in said)
            assert socket.DOWN in said
            async with fake(port) as slack:
                await until(lambda: bool(slack.sockets.open))
                assert (await slack.say(HANAKO, "使い方")).ok
                await until(lambda: len(slack.messages(HANAKO)) == 2)

    asyncio.run(played())


def test_socket_client_that_stays_deaf_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []

    class Handler(socket.SocketHandler):  # one fails, one never connects
        def __init__(self, *given: Any, **more: Any) -> None:
            made.append(self)
            if len(made) == 1:
                raise OSError("no client at all")
            super().__init__(*given, **more)

        async def connect_async(self) -> None:
            if len(made) > 2:
                await super().connect_async()  # type: ignore[no-untyped-call]  # slack_sdk's

    monkeypatch.setattr(socket, "SocketHandler", Handler)
    monkeypatch.setattr(socket, "DEAF_SECONDS", 1.0)
    monkeypatch.setattr(socket, "PING_SECONDS", 0.5)

    async def scenario(place: Place) -> None:
        await Interview(place).says("使い方")

    serving.play(tmp_path, scenario, socket_mode=True)
    assert len(made) == 3


def test_socket_with_a_wrong_app_token_says_so(tmp_path: Path) -> None:
    async def served(_: FakeSlack, url: str) -> None:
        assert await trouble(url) == socket.DOWN

    run(tmp_path, served, fake(), app_token="xapp-wrong")  # noqa: S106 - nobody's

"""The real server over sockets, beside the strict fakes of LINE and Slack.

Staff are HANAKO and TARO, GUEST is a guest; the desk is the channel DESK.
"""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.clock import Clock, utc_now
from bot.settings import LineSettings, Settings, SlackSettings
from bot.simulator.line.server import FakeLine
from bot.simulator.slack.server import FakeSlack
from bot.store.opening import migrate_store
from flows.keiei.programme import KEIEI
from flows.programme import Programme
from tests.bot.channels import serving
from tests.bot.channels.line.serving import SECRET as LINE_SECRET
from tests.bot.channels.line.serving import TOKEN as LINE_TOKEN
from tests.bot.channels.line.serving import fake_line
from tests.bot.channels.serving import PATIENCE, until

__all__ = [
    "BOT_TOKEN",
    "DESK",
    "GUEST",
    "HANAKO",
    "SIGNING_SECRET",
    "TARO",
    "Place",
    "environment",
    "fakes",
    "play",
    "process",
    "served",
    "until",
]

SIGNING_SECRET = "a-signing-secret-of-the-tests"  # noqa: S105 - of the fake only
BOT_TOKEN = "xoxb-of-the-tests"  # noqa: S105 - of the fake only
APP_TOKEN = "xapp-of-the-tests"  # noqa: S105 - of the fake only

HANAKO, TARO, GUEST, DESK = "U0HANAKO", "U0TARO", "U0GUEST", "C0DESK"


@dataclass(frozen=True)
class Place:
    """The fake LINE and the fake Slack, with the addresses of the bot and its store."""

    line: FakeLine
    slack: FakeSlack
    url: str
    database_url: str


@contextlib.asynccontextmanager
async def fakes(
    clock: Clock = utc_now, patience: float = PATIENCE
) -> AsyncIterator[tuple[FakeLine, FakeSlack]]:
    """Open both platforms, with staff and the desk's channel, and no bot yet.

    `clock` is LINE's; `patience` are the seconds both wait for an answer.
    """
    slack = FakeSlack(
        signing_secret=SIGNING_SECRET,
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        ack_seconds=patience,
        limit_rates=False,
    )
    async with fake_line(clock, patience) as line, slack:
        slack.add_user(HANAKO, "花子")
        slack.add_user(TARO, "太郎")
        slack.add_user(GUEST, "ゲスト", guest=True)
        slack.add_channel(DESK, "相談窓口", members=(HANAKO, TARO))
        yield line, slack


@contextlib.asynccontextmanager
async def served(
    folder: Path,
    *,
    socket_mode: bool = False,
    desk: bool = True,
    clock: Clock = utc_now,
    only_notes: bool = False,
    programme: Programme = KEIEI,
) -> AsyncIterator[Place]:
    """Run the bot's server and both fakes in this event loop.

    With `socket_mode` Slack's events come over a websocket; without `desk` there is no channel
    where staff answer owners; with `only_notes` threads send nothing. `clock` tells the bot the time.
    """
    database_url = f"sqlite:///{folder}/navi.db"
    migrate_store(database_url)
    async with (
        fakes(clock) as (line, slack),
        beside(
            database_url,
            line,
            slack,
            clock,
            socket_mode=socket_mode,
            desk=DESK if desk else "",
            only_notes=only_notes,
            programme=programme,
        ) as place,
    ):
        yield place


@contextlib.asynccontextmanager
async def beside(  # noqa: PLR0913 - a scenario names what it needs
    database_url: str,
    line: FakeLine,
    slack: FakeSlack,
    clock: Clock = utc_now,
    *,
    socket_mode: bool = False,
    desk: str = DESK,
    only_notes: bool = False,
    programme: Programme = KEIEI,
) -> AsyncIterator[Place]:
    """Run the bot's server beside fakes and a store that exist already."""
    settings = Settings(
        database_url,
        messages_per_minute=0,
        line=LineSettings(LINE_SECRET, LINE_TOKEN, line.base_url),
        slack=SlackSettings(
            BOT_TOKEN,
            "" if socket_mode else SIGNING_SECRET,
            APP_TOKEN if socket_mode else "",
            desk,
            slack.base_url,
            only_notes,
        ),
    )
    async with serving.running(settings, clock, programme=programme) as url:
        listen(line, slack, url, socket_mode=socket_mode)
        if socket_mode:
            await until(lambda: bool(slack.sockets.open))
        yield Place(line, slack, url, database_url)


def listen(line: FakeLine, slack: FakeSlack, url: str, *, socket_mode: bool = False) -> None:
    """Tell both fakes where the bot is."""
    line.webhook_url = f"{url}/line/webhook"
    slack.request_url = "" if socket_mode else f"{url}/slack/events"


def play(
    folder: Path,
    scenario: Callable[[Place], Awaitable[None]],
    *,
    socket_mode: bool = False,
    desk: bool = True,
    clock: Clock = utc_now,
    only_notes: bool = False,
) -> None:
    """Run a scenario against a server of its own."""

    async def run() -> None:
        async with served(
            folder, socket_mode=socket_mode, desk=desk, clock=clock, only_notes=only_notes
        ) as place:
            await scenario(place)

    asyncio.run(run())


def environment(database_url: str, line: FakeLine, slack: FakeSlack) -> Mapping[str, str]:
    """List the variables of a server that works with both fakes."""
    return {
        "DATABASE_URL": database_url,
        "LINE_CHANNEL_SECRET": LINE_SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": LINE_TOKEN,
        "LINE_API_BASE": line.base_url,
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_DESK_CHANNEL": DESK,
        "SLACK_API_BASE": slack.base_url,
    }


@contextlib.asynccontextmanager
async def process(
    database_url: str, line: FakeLine, slack: FakeSlack, port: int
) -> AsyncIterator[subprocess.Popen[bytes]]:
    """Run `python -m bot serve` with LINE and Slack as a process to be killed."""
    known = environment(database_url, line, slack)
    async with serving.process(port, known) as started:
        listen(line, slack, f"http://127.0.0.1:{port}")
        yield started

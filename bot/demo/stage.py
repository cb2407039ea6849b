"""Put the demo up in order, and take it down again.

Platforms, store, bot, stories.
"""

from __future__ import annotations

import asyncio
import secrets
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot.channels.line.account import rich_menu
from bot.channels.line.account.administration import Line, SetupError
from bot.channels.line.account.setup import NoteKind, set_up
from bot.demo import flow_map, inspector
from bot.demo.desk import CHANNEL, Desk
from bot.demo.owners import Owners
from bot.demo.player import Player
from bot.demo.served_bot import ServedBot
from bot.demo.switches import Switches
from bot.demo.time_machine import TimeMachine
from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation
from bot.presentation.times import say_full_date
from bot.simulator.line.server import FakeLine
from bot.simulator.slack.server import FakeSlack
from bot.store.opening import PREFIX, migrate_store
from flows.keiei.programme import KEIEI

Json = dict[str, Any]

REDELIVER_TIMES, REDELIVER_SECONDS = 600, 1.0
"""LINE's redelivery of webhooks that the bot did not take, sped up."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """Hold the secrets of bot and fake platforms, new at every start."""

    line_secret: str
    line_token: str
    slack_secret: str
    slack_token: str

    @classmethod
    def fresh(cls) -> Self:
        """Secrets nobody has used before."""
        token = secrets.token_urlsafe
        return cls(secrets.token_hex(16), token(48), secrets.token_hex(16), f"xoxb-{token(24)}")


class Stage:
    """Run the demo without its page, by `async with Stage() as stage`."""

    def __init__(self) -> None:
        self.secrets = Secrets.fresh()
        self.switches = Switches()
        self.line = FakeLine(secret=self.secrets.line_secret, token=self.secrets.line_token)
        self.line.faults = self.switches
        self.slack = FakeSlack(
            signing_secret=self.secrets.slack_secret, bot_token=self.secrets.slack_token
        )
        self.desk = Desk(self.slack, self.switches)
        self.owners = Owners(self.line, self.switches)
        self.player = Player(self.owners, self.desk, asyncio.sleep, self._pass_days)
        self.time: TimeMachine
        self.bot: ServedBot
        self.database: Path
        self._open = AsyncExitStack()
        self._map: tuple[object, Json] = (None, {})

    async def __aenter__(self) -> Self:
        try:
            await self._put_up()
        except BaseException:
            await self._open.aclose()
            raise
        return self

    async def _put_up(self) -> None:
        folder = self._open.enter_context(tempfile.TemporaryDirectory(prefix="kaizen-navi-demo-"))
        self.database = Path(folder) / "demo.db"
        url = f"{PREFIX}{self.database}"
        self._clock = Path(folder) / "clock"
        self.time = TimeMachine(self._clock, self.database, self.line.account.advance)
        await asyncio.to_thread(migrate_store, url)
        await self._open.enter_async_context(self.line)
        await self._open.enter_async_context(self.slack)
        self.desk.furnish()
        self.bot = ServedBot(self._settings(url))
        self.slack.request_url = f"{self.bot.url}/slack/events"
        self.line.webhook_url = f"{self.bot.url}/line/webhook"
        self.line.redeliver_times, self.line.redeliver_after = REDELIVER_TIMES, REDELIVER_SECONDS
        self._open.push_async_callback(self.bot.stop)
        await self.bot.start()
        await asyncio.to_thread(self._set_line_up)
        self._open.push_async_callback(self.player.stop)

    def _settings(self, database_url: str) -> dict[str, str]:
        return {
            "DATABASE_URL": database_url,
            # A story seen in one go is more messages than a person types in a minute.
            "MESSAGES_PER_MINUTE": "0",
            "CLOCK_FILE": str(self._clock),
            "LOG_LEVEL": "INFO",
            "LOG_FORMAT": "json",
            "LINE_CHANNEL_SECRET": self.secrets.line_secret,
            "LINE_CHANNEL_ACCESS_TOKEN": self.secrets.line_token,
            "LINE_API_BASE": self.line.base_url,
            "SLACK_SIGNING_SECRET": self.secrets.slack_secret,
            "SLACK_BOT_TOKEN": self.secrets.slack_token,
            "SLACK_DESK_CHANNEL": CHANNEL,
            "SLACK_API_BASE": self.slack.base_url,
        }

    async def _pass_days(self, days: int) -> None:
        await self.time.pass_days(days)

    def _set_line_up(self) -> None:
        """Set LINE up as `line setup` does.

        Raises SetupError when something is wrong.
        """
        line = Line(self.secrets.line_token, self.line.base_url)
        for note in set_up(line, rich_menu.read_pictures()):
            if note.kind is NoteKind.WRONG:
                raise SetupError(str(note))

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._open.aclose()

    # What the page is told.

    def sections(self, person: str, staff: str) -> dict[str, Callable[[], Any]]:
        """List the page's sections beside the chats.

        They are phone, desk, and behind them.
        """
        return {
            "app": self.desk.app,
            "home": partial(self.desk.home, staff),
            "modals": partial(self.desk.modals, staff),
            "persons": self.owners.as_list,
            "menu": partial(self.owners.menu, person),
            "bot": self._bot,
            "faults": self.switches.as_dict,
            "story": lambda: self.player.state,
            "exchanges": self._exchanges,
            "today": lambda: say_full_date(self.time.now.astimezone(JAPAN).date()),
            "flow": partial(self._flow_map, person),
        }

    def _bot(self) -> Json:
        return {
            "up": self.bot.health.up,
            "undelivered": self.bot.health.undelivered,
            "starts": self.bot.starts,
            "process": self.bot.process_id,
            "waiting": sum(not doing.delivered.ok for doing in self.owners.doings),
        }

    def _exchanges(self) -> list[Json]:
        return inspector.exchanges(self.owners, self.desk)

    def exchange(self, id_: str) -> Json:
        """Show one webhook or call in full. Raises LookupError or ValueError for other ids."""
        return inspector.details(id_, self.owners, self.desk, self.secrets.line_secret)

    def _flow_map(self, person: str) -> Json:
        """Draw the person's questionnaire, after a new event from the store."""
        done = (person, len(self.owners.doings), len(self.line.calls), self.bot.starts)
        if self._map[0] != done:
            key = f"line:{self.line.user_id(person)}"
            stored = flow_map.stored_conversation(self.database, key)
            self._map = (done, flow_map.flow_map(stored or Conversation(key), KEIEI))
        return self._map[1]

"""Steps for stories in which staff repair answers the bot did not have."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.channels.slack.knowledge.question_lists import DAILY
from bot.model import business_hours
from bot.simulator.slack.state import StoredMessage
from bot.simulator.slack.wire.postman import Dispatch
from knowledge import sources
from tests.bot.channels.serving import Watch, write
from tests.bot.channels.slack.serving import DESK, HANAKO, until
from tests.bot.channels.slack.stories import OWNER, Story, words

KILN = "有田焼の絵付けはどげんする?"
ANSWER = "絵付けの相場は、産地の組合に聞くのが確かです。"
DEALT = "✅"


@dataclass
class Repairing(Story):
    """A story in which staff repair the bot's answers.

    `watch` is the bot's clock, if it has one of its own.
    """

    watch: Watch | None = None

    @property
    def database(self) -> str:
        """The file of the store."""
        return self.place.database_url.removeprefix("sqlite:///")

    def look(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Read the store over another connection."""
        with sqlite3.connect(self.database, timeout=10) as database:
            return database.execute(statement, values).fetchall()

    async def nine_o_clock(self) -> datetime:
        """Let the time of the daily list come, and return it."""
        set_to = "SELECT due FROM timers WHERE name = ?"
        await until(lambda: bool(self.look(set_to, DAILY)))
        due = datetime.fromisoformat(self.look(set_to, DAILY)[0][0])
        if self.watch:
            self.watch.set(due)
        else:
            due = datetime.now(UTC) - timedelta(seconds=1)
            set_due = "UPDATE timers SET due = ? WHERE name = ?"
            await write(self.place.database_url, set_due, due.isoformat(), DAILY)
        await until(lambda: self.look(set_to, DAILY) != [(due.isoformat(),)])
        return due

    async def days_list(self) -> StoredMessage:
        """Find the daily list once it has come."""
        await self.nine_o_clock()
        await until(lambda: bool(self.lists()))
        return self.lists()[-1]

    def lists(self, where: str = DESK) -> list[StoredMessage]:
        """Find the lists in the desk's channel, or in direct messages."""
        shown = self.place.slack.messages(where)
        return [each for each in shown if "まだ答えられない質問" in words(each)]

    async def own_list(self, user: str = HANAKO) -> StoredMessage:
        """Ask for a list of one's own."""
        await self.place.slack.command(user, "/keiei", "未回答")
        await until(lambda: bool(self.lists(user)))
        return self.lists(user)[-1]

    async def press(self, post: StoredMessage, label: str, user: str = HANAKO) -> None:
        """Somebody presses a button of a message."""
        assert (await self.place.slack.press(user, post.channel, post.ts, label)).ok

    async def opened(self, user: str = HANAKO) -> dict[str, Any]:
        """Find the form that is in front."""
        await until(lambda: bool(self.place.slack.modals(user)))
        return self.place.slack.modals(user)[-1]

    async def submit(self, values: dict[str, Any], user: str = HANAKO) -> Dispatch:
        """Send the form in front, which is taken or comes back with errors."""
        sent = await self.place.slack.submit(user, values)
        assert sent.ok, sent
        assert not sent.trouble, sent.trouble
        return sent

    async def told(self, sentence: str, user: str = HANAKO) -> StoredMessage:
        """Find the direct message to a staff member that says this."""
        await until(lambda: any(sentence in words(each) for each in self.direct(user)))
        return next(each for each in reversed(self.direct(user)) if sentence in words(each))

    async def announced(self, sentence: str) -> StoredMessage:
        """Find the message in the desk's channel that says this."""
        shown = self.place.slack.messages
        await until(lambda: any(sentence in words(each) for each in shown(DESK)))
        return next(each for each in reversed(shown(DESK)) if sentence in words(each))

    def direct(self, user: str = HANAKO) -> list[StoredMessage]:
        """Everything in the direct messages of a staff member with the app."""
        return self.place.slack.messages(user)

    async def answered_on_line(self, text: str) -> str:
        """Let the owner ask, and write all that the bot says."""
        return "\n".join(await self.owner_says(text))

    async def missed(self, text: str = KILN, owner: str = OWNER) -> None:
        """Let an owner ask a question that the bot cannot answer."""
        before = len(self.look("SELECT id FROM unanswered"))
        assert (await self.place.line.send_text(owner, text)).ok
        await until(lambda: len(self.look("SELECT id FROM unanswered")) > before)

    def amended(self) -> list[str]:
        """List the kinds of the amendments kept."""
        return [
            each[0] for each in self.look("SELECT json_extract(content, '$.kind') FROM amendments")
        ]


def today() -> str:
    """Write the Japanese day as cards do."""
    return sources.in_words(datetime.now(UTC).astimezone(business_hours.JAPAN).date().isoformat())

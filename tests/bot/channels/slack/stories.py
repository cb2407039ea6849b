"""Steps for stories of an owner on LINE and staff in Slack, and what each sees."""

from __future__ import annotations

from dataclasses import dataclass

from bot.simulator.slack.server import FakeSlack
from bot.simulator.slack.state import StoredMessage
from tests.bot.channels.slack.serving import DESK, HANAKO, Place, until

OWNER = "幸子"
YES = "はい、つないでください"


@dataclass
class Story:
    """An owner and the desk beside each other.

    Each step waits until its effect is seen.
    """

    place: Place

    # --- the owner ------------------------------------------------------------------------------

    async def owner_says(self, text: str, *, expecting: int = 1) -> list[str]:
        """Let the owner write, and list the answers that LINE shows."""
        before = len(self.said_to_owner())
        assert (await self.place.line.send_text(OWNER, text)).ok
        await until(lambda: len(self.said_to_owner()) >= before + expecting)
        return self.said_to_owner()[before:]

    async def owner_presses(self, label: str, *, expecting: int = 1) -> list[str]:
        """Let the owner press a button that is shown."""
        before = len(self.said_to_owner())
        assert (await self.place.line.press(OWNER, label)).ok
        await until(lambda: len(self.said_to_owner()) >= before + expecting)
        return self.said_to_owner()[before:]

    async def owner_asks_for_a_person(self) -> StoredMessage:
        """Lead the owner from nothing to an open case, and return its card."""
        await self.owner_says("人と話したい")
        await self.owner_presses(YES)
        await until(lambda: len(self.thread()) == 1)  # the conversation so far
        return self.card()

    def said_to_owner(self) -> list[str]:
        """List the messages of the bot and of staff in order, as LINE shows them."""
        return [each.text for each in self.place.line.replies(OWNER)]

    def speakers(self) -> list[str]:
        """List the name under which each message was said, empty for the bot."""
        return [each.sender for each in self.place.line.replies(OWNER)]

    # --- the desk -------------------------------------------------------------------------------

    def cards(self) -> list[StoredMessage]:
        """List the cards in the desk's channel, the oldest first."""
        return [each for each in self.place.slack.messages(DESK) if not each.thread_ts]

    def card(self) -> StoredMessage:
        """Find the newest card."""
        return self.cards()[-1]

    def thread(self) -> list[StoredMessage]:
        """List the messages under the newest card."""
        return self.place.slack.messages(DESK, self.card().ts)

    def thread_text(self) -> str:
        """All that the thread shows."""
        return "\n".join(words(each) for each in self.thread())

    async def staff_press(self, label: str, user: str = HANAKO) -> None:
        """Somebody presses a button of the newest card."""
        assert (await self.place.slack.press(user, DESK, self.card().ts, label)).ok

    async def staff_write(self, text: str, user: str = HANAKO, *, broadcast: bool = False) -> str:
        """Let staff write into the thread, and return the message's ts."""
        said = await self.place.slack.say(
            user, text, channel=DESK, thread_ts=self.card().ts, broadcast=broadcast
        )
        assert said.ok
        return said.ts

    async def staff_reply(self, text: str, user: str = HANAKO) -> str:
        """Let the holder write, and wait until the receipt shows."""
        ts = await self.staff_write(text, user)
        await until(lambda: text in self.said_to_owner())
        await until(lambda: "white_check_mark" in self.reactions(ts))
        return ts

    def reactions(self, ts: str) -> set[str]:
        """List the emoji on a message of the thread."""
        return {name for each in self.thread() if each.ts == ts for name in each.reactions}

    def whispers(self, user: str = HANAKO) -> str:
        """All that was said to this user alone."""
        return "\n".join(words(each) for each in self.place.slack.ephemerals(user))


def words(posted: StoredMessage) -> str:
    """Every word of a message, its blocks included."""
    return f"{posted.text}\n{words_in(posted.blocks)}"


def words_in(value: object) -> str:
    """Every word of blocks or of a view."""
    if isinstance(value, dict):
        own = value.get("text")
        here = own if isinstance(own, str) else ""
        return " ".join(filter(None, (here, *(words_in(each) for each in value.values()))))
    if isinstance(value, list):
        return " ".join(filter(None, (words_in(each) for each in value)))
    return ""


def posted(slack: FakeSlack, user: str = HANAKO) -> list[StoredMessage]:
    """List all posts of the bot to a user, with those since taken away."""
    channel = slack.dm(user)
    posts = (each for each in slack.workspace.posts if each.own and not each.shown_to)
    return [each for each in posts if each.channel == channel]

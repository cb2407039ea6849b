"""Steps for stories of a staff member at the interview, and what the panel shows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.channels.slack.interview.interview import HAND_OVER
from bot.channels.slack.interview.panel import CHOICE
from bot.simulator.slack.state import StoredMessage
from bot.simulator.slack.wire.postman import Dispatch
from tests.bot.channels.slack.serving import HANAKO, Place, until
from tests.bot.channels.slack.stories import words

BEGIN = "診断する"
BY_TAPS = (
    "3割以上減った", "とくにない", "この1年は赤字", "借入はない", "いまはない",
    "遅れはない", "半年くらい", "売上を増やしたい", "これで全部", "個人事業主", "小売・飲食（50人）",
    "どれもない",
)  # fmt: skip
"""From the first question to that of the place."""

BY_WORDS = (
    "半分くらいに減りました", "とくにないです", "今年は赤字です", "借入はないです",
    "いまはない", "遅れはない", "半年くらい", "売上を増やしたい", "これで全部", "個人です", "小売・飲食（50人）",
    "どれもない", "松山市",
)  # fmt: skip


@dataclass
class Interview:
    """A staff member with the panel in the direct messages.

    Each step waits until its effect is seen.
    """

    place: Place
    user: str = HANAKO

    # --- what is shown --------------------------------------------------------------------------

    def own(self) -> list[StoredMessage]:
        """Everything the bot shows in the direct messages, the oldest first."""
        return [each for each in self.place.slack.messages(self.user) if each.own]

    def panels(self) -> list[StoredMessage]:
        """List the messages that can be pressed, of which there is at most one."""
        return [each for each in self.own() if f'"{CHOICE}:' in _text(each.blocks)]

    def panel(self) -> StoredMessage:
        """Find the one panel."""
        (found,) = self.panels()
        return found

    def shown(self) -> str:
        """Return all words of the panel, or nothing while there is none."""
        return words(self.panel()) if self.panels() else ""

    def buttons(self) -> list[str]:
        """List the labels that can be pressed."""
        elements = (each for block in self.panel().blocks for each in block.get("elements", ()))
        return [each["text"]["text"] for each in elements if each["type"] == "button"]

    def lowest(self) -> StoredMessage:
        """Find the last message of the direct messages, of any author."""
        return self.place.slack.messages(self.user)[-1]

    # --- what is done ---------------------------------------------------------------------------

    async def says(self, text: str) -> str:
        """Write, see the panel move below the words, and return its text."""
        return await self._seen(self.place.slack.say(self.user, text))

    async def taps(self, *labels: str) -> str:
        """Press one button after another, and return the panel's last text."""
        for label in labels:
            await self.presses(label)
        return self.shown()

    async def presses(self, label: str, **how: Any) -> str:
        """Press one button, or choose in a menu by its `action_id`."""
        panel = self.panel()
        press = self.place.slack.press(self.user, panel.channel, panel.ts, label, **how)
        return await self._seen(press)

    async def chooses_place(self, name: str) -> str:
        """Find a prefecture in the menu."""
        elements = (each for block in self.panel().blocks for each in block.get("elements", ()))
        (menu,) = (each for each in elements if each["type"] == "static_select")
        return await self.presses(menu["action_id"], selected=name)

    async def commands(self, text: str = "") -> Dispatch:
        """Write `/keiei` where one stands, and see the panel."""
        done: list[Dispatch] = []

        async def command() -> Dispatch:
            done.append(await self.place.slack.command(self.user, "/keiei", text))
            return done[0]

        await self._seen(command())
        return done[0]

    async def chooses_shortcut(self) -> str:
        """Choose the shortcut from anywhere."""
        return await self._seen(self.place.slack.shortcut(self.user, "interview"))

    async def gets(self, label: str) -> StoredMessage:
        """Press a button that brings a message of its own, and return the message."""
        before, panel = len(self.own()), self.panel()
        assert (await self.place.slack.press(self.user, panel.channel, panel.ts, label)).ok
        await until(lambda: len(self.own()) > before)
        return self.own()[-1]

    async def gets_code(self) -> str:
        """Hand the answers over, and return the code as it is read out."""
        return words(await self.gets(HAND_OVER)).split("引継ぎ番号　")[1].split()[0]

    async def _seen(self, doing: Awaitable[Dispatch]) -> str:
        before = self._state()
        assert (await doing).ok
        await until(lambda: self._state() not in {before, None})
        return self.shown()

    def _state(self) -> tuple[str, str] | None:
        """Return the panel's ts and text, or None between two panels."""
        panels = self.panels()
        return (panels[0].ts, _text(panels[0].blocks)) if panels else None


Told = Callable[[Interview], Awaitable[None]]


def _text(blocks: object) -> str:
    return str(blocks).replace("'", '"')

"""Play stories on the phone and at the desk, slowly or at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from bot.demo.desk import CHANNEL, KEYS, Desk
from bot.demo.owners import Owners
from bot.demo.stories import Act, Story, named

Json = dict[str, Any]

ANSWER_SECONDS = 30.0
"""Seconds to wait for the bot's answer."""

LOOK_SECONDS = 0.02
"""Seconds between two looks."""

SHORTEST_PAUSE, LONGEST_PAUSE, CHARACTERS_A_SECOND = 1.2, 6.0, 40.0
"""Seconds before the next act, by the length of the last words."""


class Player:
    """Plays one story at a time, each with a person of its own.

    `state` is what the page shows of it; `pause` waits between two acts, `pass_days` lets days pass.
    """

    def __init__(
        self,
        owners: Owners,
        desk: Desk,
        pause: Callable[[float], Awaitable[None]],
        pass_days: Callable[[int], Awaitable[None]],
    ) -> None:
        self._owners, self._desk = owners, desk
        self._pause, self._pass_days = pause, pass_days
        self._task: asyncio.Task[None] | None = None
        self.state: Json = {}

    async def play(self, name: str, *, at_once: bool) -> str:
        """Begin a story in place of a running one, and return its person.

        Raises LookupError for a name that no story has.
        """
        story = named(name)
        await self.stop()
        person = self._owners.add(story.owner)
        self.state = {
            "story": story.name,
            "title": story.title,
            "person": person,
            "step": 0,
            "steps": len(story.acts),
            "running": True,
            "note": "",
        }
        self._task = asyncio.create_task(self._play(story, person, at_once=at_once))
        return person

    async def stop(self) -> None:
        """Stop the story where it is, keeping what was said."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        self.state = {**self.state, "running": False} if self.state else {}

    async def _play(self, story: Story, person: str, *, at_once: bool) -> None:
        try:
            for number, act in enumerate(story.acts, start=1):
                said = await self._perform(person, act)
                self.state = {**self.state, "step": number}
                if not at_once and number < len(story.acts):
                    await self._pause(_reading(said))
        except (LookupError, ValueError):
            self.state = {
                **self.state,
                "note": "この先は、いまの会話と合わないので、ここで止まりました。",
            }
        except TimeoutError:
            self.state = {**self.state, "note": "返事が来ないので、ここで止まりました。"}
        finally:
            self.state = {**self.state, "running": False}

    async def _perform(self, person: str, act: Act) -> str:
        """Do an act, wait for its result, and return the owner's new replies."""
        line = self._owners.line
        before, cards = len(line.replies(person)), len(self._words_at_desk())
        if act.doing == "wait":
            await self._pass_days(act.arguments["days"])
            return "".join(sent.text for sent in line.replies(person)[before:])
        if act.by_staff:
            await self._at_desk(act)
        else:
            await self._owners.do(person, act.doing, act.arguments)

        def answered() -> bool:
            # While a person has the case, an owner's words are answered by standing at the desk.
            passed_on = not act.by_staff and len(self._words_at_desk()) > cards
            return passed_on or len(line.replies(person)) > before

        await _until(answered)
        return "".join(sent.text for sent in line.replies(person)[before:])

    def _words_at_desk(self) -> list[str]:
        """List the names of the bot's posts in the desk's channel."""
        posts = self._desk.slack.workspace.posts
        return [post.ts for post in posts if post.channel == CHANNEL and post.own]

    async def _at_desk(self, act: Act) -> None:
        """Act as a colleague, once the newest card shows the wanted words."""
        colleague = KEYS[0]
        await _until(lambda: bool(self._cards(act.arguments.get("what", ""))))
        card = self._cards(act.arguments.get("what", ""))[-1]
        where = {"thread_ts": card} if act.doing == "say" else {"ts": card}
        await self._desk.do(colleague, act.doing, {**act.arguments, "channel": CHANNEL, **where})

    def _cards(self, button: str) -> list[str]:
        """List the cards that show this button, the newest last."""
        return [
            post.ts
            for post in self._desk.slack.messages(CHANNEL)
            if post.own and button in _buttons(post.blocks)
        ]


def _buttons(blocks: list[Json]) -> list[str]:
    found = [element for block in blocks for element in block.get("elements", [])]
    return ["", *(each["text"]["text"] for each in found if each.get("type") == "button")]


async def _until(happened: Callable[[], bool]) -> None:
    """Wait until a condition holds, or raise TimeoutError."""
    async with asyncio.timeout(ANSWER_SECONDS):
        while not happened():  # noqa: ASYNC110 - the fakes have no event; one looks, as a person does
            await asyncio.sleep(LOOK_SECONDS)


def _reading(said: str) -> float:
    return min(max(len(said) / CHARACTERS_A_SECOND, SHORTEST_PAUSE), LONGEST_PAUSE)

"""Stories to watch: what an owner does, played on a phone at reading speed or at once.

A story is a file of `stories/` in the form of the transcripts of the tests, which play it too:
a title, a line on what it shows, and a dialogue in a fenced block, of which the lines that begin
with `客:` are acted. `[タップ 戻る]` taps a button, `[友だち追加]` adds the account,
`[位置 34.73,135.41]` sends a place, `[スタンプ]` a sticker.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.demo.owners import Owners

Json = dict[str, Any]

FOLDER = Path(__file__).with_name("stories")
ANSWER_SECONDS = 30.0
SHORTEST_PAUSE, LONGEST_PAUSE, CHARACTERS_A_SECOND = 1.2, 6.0, 40.0
"""Seconds before the next act at reading speed: as long as what was said, but nobody waits long."""

_ACT = re.compile(r"\[(\S+?)(?:\s+(.*))?\]")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing the owner does: the name and arguments of what `Owners.do` takes."""

    doing: str
    arguments: Json


@dataclass(frozen=True, slots=True)
class Story:
    """A story: the name of its file, its title, what it shows, who acts, and the acts in order."""

    name: str
    title: str
    about: str
    owner: str
    acts: tuple[Act, ...]


@cache
def stories() -> tuple[Story, ...]:
    """Every story, in the order of the files."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.md")))


def _read(path: Path) -> Story:
    text = path.read_text("utf-8")
    title, about, dialogue = (part.strip() for part in text.split("\n\n", 2))
    acts = re.findall(r"^客[:：]\s*(.*)$", dialogue, re.MULTILINE)
    title = title.removeprefix("# ")
    return Story(path.stem, title, about, title.partition(":")[0], tuple(map(_act, acts)))


def _act(line: str) -> Act:
    found = _ACT.fullmatch(line.strip())
    if found is None:
        return Act("send", {"text": line.strip().replace("⏎", "\n")})
    name, rest = found[1], found[2] or ""
    if name == "タップ":
        return Act("tap", {"data": rest}) if "|" in rest else Act("press", {"label": rest})
    if name == "位置":
        latitude, longitude = rest.split(",")
        return Act("location", {"latitude": float(latitude), "longitude": float(longitude)})
    return Act({"友だち追加": "follow", "スタンプ": "sticker", "写真": "image"}[name], {})


class Player:
    """Plays one story at a time, each with a person of its own."""

    def __init__(self, owners: Owners, pause: Callable[[float], Awaitable[None]]) -> None:
        self._owners, self._pause = owners, pause
        self._task: asyncio.Task[None] | None = None
        self.state: Json = {}

    async def play(self, name: str, *, at_once: bool) -> str:
        """Begin a story, in the place of one that is under way; the person who acts in it.

        Raises LookupError for a name that no story has.
        """
        story = _named(name)
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
        """Stop where it is; what was said stays."""
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
        except (LookupError, ValueError) as error:
            self.state = {**self.state, "note": f"ここで止まりました（{error}）"}
        except TimeoutError:
            self.state = {**self.state, "note": "返事が来ないので、ここで止まりました。"}
        finally:
            self.state = {**self.state, "running": False}

    async def _perform(self, person: str, act: Act) -> str:
        """Do it and wait for the answer; what was said."""
        line = self._owners.line
        before = len(line.replies(person))
        await self._owners.do(person, act.doing, act.arguments)
        async with asyncio.timeout(ANSWER_SECONDS):
            # The fake has no event to wait for; a chat is looked at as a person does.
            while len(line.replies(person)) == before:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        return "".join(sent.text for sent in line.replies(person)[before:])


def _named(name: str) -> Story:
    found = [story for story in stories() if story.name == name]
    if not found:
        raise LookupError(f"there is no story {name}")
    return found[0]


def _reading(said: str) -> float:
    return min(max(len(said) / CHARACTERS_A_SECOND, SHORTEST_PAUSE), LONGEST_PAUSE)

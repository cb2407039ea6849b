"""Transcripts: dialogues between an owner and the bot, read from Markdown and played back.

A story is a file of `tests/transcripts/`: a title, a line or two on what it guards, and the
dialogue in a fenced block. Each line of the dialogue begins with a word and a colon:

    客: うどん屋です             what the owner types (⏎ is a line break)
    客: [タップ 戻る]             a tap on a button shown last, by its label
    客: [タップ v1|sales=up]      a tap on any button, also an old one, by its value
    客: [位置 34.73,135.41]       a location; [スタンプ] [写真] [動画] [音声] [ファイル] [友だち追加]
    客: [長文 10000 売上が…]      these words again and again, up to so many characters
    ボ: 3割以上 … 減った理由       these fragments are said, in this order
    ボなし: 098-867-6760          this is not said
    ボタン: 戻る … 人と話す        these buttons are shown, in this order
    状態: cause                   where the conversation stands
    時: 3日後                     the clock moves; also 2時間後, or 2026-12-30 02:00

Spaces, line breaks and character widths do not count when fragments are looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.conversation import Conversation
from bot.messages import Kind, Message, typed
from bot.prompt import state_of
from bot.respond import respond
from bot.turn import Turn
from knowledge.library import Library

FOLDER = Path(__file__).parents[1] / "transcripts"
JAPAN = ZoneInfo("Asia/Tokyo")
MORNING = datetime(2026, 11, 25, 10, 0, tzinfo=JAPAN)
"""A Wednesday at ten: the time of every story until it moves the clock itself."""

ELLIPSIS = "…"
_LINE = re.compile(r"(客|ボ|ボなし|ボタン|状態|時)[:：]\s*(.*)")
_ACT = re.compile(r"\[(\S+?)(?:\s+(.*))?\]")
_KINDS = {
    "スタンプ": Kind.STICKER,
    "写真": Kind.IMAGE,
    "動画": Kind.VIDEO,
    "音声": Kind.AUDIO,
    "ファイル": Kind.FILE,
    "その他": Kind.OTHER,
    "友だち追加": Kind.FOLLOWED,
}
_SPANS = {"分": "minutes", "時間": "hours", "日": "days", "週間": "weeks"}


class TranscriptError(ValueError):
    """A line of a transcript cannot be read: look at the story and the line it names."""


@dataclass(frozen=True)
class Line:
    """One line of a dialogue: its number in the file, the word before the colon, and the rest."""

    number: int
    word: str
    text: str


@dataclass(frozen=True)
class Story:
    """A transcript: the name of its file, its title, and the lines of the dialogue."""

    name: str
    title: str
    lines: tuple[Line, ...]

    @property
    def owner_lines(self) -> tuple[str, ...]:
        """What the owner types or does, in order."""
        return tuple(line.text for line in self.lines if line.word == "客")


def stories() -> tuple[Story, ...]:
    """Every transcript of the folder, by name."""
    return tuple(read(path.stem, path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.md")))


def read(name: str, text: str) -> Story:
    """Read one transcript; TranscriptError names the first line that makes no sense."""
    title, _, body = text.partition("\n")
    if not title.startswith("# "):
        raise TranscriptError(f"{name}, line 1: begin with `# ` and a title")
    return Story(name, title.removeprefix("# ").strip(), tuple(_dialogue(name, body)))


def _dialogue(name: str, body: str) -> Iterator[Line]:
    inside = False
    for number, text in enumerate(body.splitlines(), start=2):
        if text.startswith("```"):
            inside = not inside
        elif inside and text.strip():
            found = _LINE.fullmatch(text.strip())
            if found is None:
                raise TranscriptError(f"{name}, line {number}: no word I know begins {text!r}")
            yield Line(number, found[1], found[2])


@dataclass(frozen=True)
class Fault:
    """Where a dialogue went another way than its transcript says."""

    line: Line
    wanted: str
    owner: str
    said: str
    state: str

    def __str__(self) -> str:
        """The fault for a person: the line, what was wanted, and all that was said instead."""
        return (
            f"line {self.line.number}: {self.wanted}\n"
            f"  客: {self.owner}\n  状態: {self.state}\n  ボ: "
            + self.said.replace("\n", "\n      ")
        )


@dataclass
class Play:
    """A story being played: the conversation and the clock, what was said, what went wrong.

    `turns`, `states` and `acts` are one per owner line: what came of it, where the conversation
    stood after it, and the words typed or the value tapped.
    """

    story: Story
    library: Library
    now: datetime = MORNING
    owner: str = ""
    turn: Turn = field(default_factory=lambda: Turn(Conversation("transcript:owner")))
    turns: list[Turn] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def said(self) -> str:
        """The text of the last replies, joined."""
        return "\n\n".join(reply.text for reply in self.turn.replies)

    @property
    def buttons(self) -> dict[str, str]:
        """The label and value of every button shown last."""
        shown = (button for reply in self.turn.replies for button in reply.buttons)
        return {button.label: button.value for button in shown}

    @property
    def state(self) -> str:
        """The question or outcome the conversation stands at."""
        return state_of(self.turn.conversation)

    def fault(self, line: Line, wanted: str) -> None:
        """Remember that `line` was not met."""
        labels = "".join(f"［{label}］" for label in self.buttons)
        self.faults.append(Fault(line, wanted, self.owner, f"{self.said}\n{labels}", self.state))


def play(story: Story, library: Library) -> Play:
    """Play a story to its end; every fault is kept, the first does not stop it."""
    played = Play(story, library)
    for line in story.lines:
        _DOES[line.word](played, line)
    return played


def _owner_says(played: Play, line: Line) -> None:
    message = _message(played, line)
    if message is None:
        return
    played.owner = line.text
    played.turn = respond(played.turn.conversation, message, played.now, played.library)
    played.turns.append(played.turn)
    played.states.append(played.state)
    played.acts.append(message.value or message.text)
    if not played.said.strip():
        played.fault(line, "an owner is never left without a word")


def _message(played: Play, line: Line) -> Message | None:
    act = _ACT.fullmatch(line.text)
    if act is None:
        return typed(line.text.replace("⏎", "\n"))
    name, rest = act[1], act[2] or ""
    if name in _KINDS:
        return Message(_KINDS[name])
    if name == "タップ":
        return _tap(played, line, rest)
    if name == "位置":
        latitude, longitude, *address = rest.split(",", 2)
        return Message(Kind.LOCATION, "".join(address), "", float(latitude), float(longitude))
    if name == "長文":
        length, words = rest.split(maxsplit=1)
        return Message(text=(words * (int(length) // len(words) + 1))[: int(length)])
    raise TranscriptError(f"{played.story.name}, line {line.number}: what is {line.text}?")


def _tap(played: Play, line: Line, button: str) -> Message | None:
    value = button if "|" in button else played.buttons.get(button)
    if value is None:
        played.fault(line, f"a button 「{button}」 to tap")
        return None
    return Message(Kind.CHOICE, value=value)


def _bot_says(played: Play, line: Line) -> None:
    if missing := _missing(line.text, played.said):
        played.fault(line, f"says 「{missing}」")


def _bot_does_not_say(played: Play, line: Line) -> None:
    if plain(line.text) in plain(played.said):
        played.fault(line, f"does not say 「{line.text}」")


def _buttons_shown(played: Play, line: Line) -> None:
    if missing := _missing(line.text, "\n".join(played.buttons)):
        played.fault(line, f"shows a button 「{missing}」")


def _stands_at(played: Play, line: Line) -> None:
    if played.state != line.text:
        played.fault(line, f"stands at {line.text}")


def _clock_moves(played: Play, line: Line) -> None:
    if found := re.fullmatch(r"(\d+)(分|時間|日|週間)後", line.text):
        played.now += timedelta(**{_SPANS[found[2]]: int(found[1])})
    else:
        played.now = datetime.fromisoformat(line.text).replace(tzinfo=JAPAN)


_DOES: dict[str, Callable[[Play, Line], None]] = {
    "客": _owner_says,
    "ボ": _bot_says,
    "ボなし": _bot_does_not_say,
    "ボタン": _buttons_shown,
    "状態": _stands_at,
    "時": _clock_moves,
}


def _missing(wanted: str, said: str) -> str | None:
    """The first of the fragments between ellipses that does not come in its turn, or None."""
    rest = plain(said)
    for fragment in filter(None, map(str.strip, wanted.split(ELLIPSIS))):
        _, found, rest = rest.partition(plain(fragment))
        if not found:
            return fragment
    return None


def plain(text: str) -> str:
    """The text as it is compared: one width for every character, and no spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))

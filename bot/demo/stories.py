"""Read stories to watch, played on a phone slowly or at once.

A story is a file of `stories/` in the form of the transcripts of the tests, which play it too: a
title, a line on what it shows, and a dialogue in a fenced block. Acted are the lines that begin
with `客:` (`[タップ 戻る]` taps a button, `[友だち追加]` adds the account, `[位置 34.73,135.41]` sends a place,
`[スタンプ]` a sticker) and with `相談員:` (words go into the case's thread, `[担当する]` and its like press
the button of this name on the case's card), and `時: 92日後` lets days pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Json = dict[str, Any]

FOLDER = Path(__file__).with_name("stories")
OWNER, STAFF, TIME = "客", "相談員", "時"

_LINE = re.compile(rf"^({OWNER}|{STAFF}|{TIME})[:：]\s*(.*)$", re.MULTILINE)
_ACT = re.compile(r"\[(\S+?)(?:\s++(.*))?\]")


@dataclass(frozen=True, slots=True)
class Act:
    """Hold one act with its arguments, for `Owners.do` or `Desk.do`.

    The place is not among them.
    """

    doing: str
    arguments: Json
    by_staff: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """Hold a story with its acts in order.

    `name` is that of its file, `about` says what it shows.
    """

    name: str
    title: str
    about: str
    owner: str
    acts: tuple[Act, ...]


@cache
def stories() -> tuple[Story, ...]:
    """List every story, in the order of the files."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.md")))


def _read(path: Path) -> Story:
    text = path.read_text("utf-8")
    title, about, dialogue = (part.strip() for part in text.split("\n\n", 2))
    title = title.removeprefix("# ")
    acts = tuple(_ACT_OF[who](words) for who, words in _LINE.findall(dialogue))
    return Story(path.stem, title, about, title.partition(":")[0], acts)


def _staff_act(line: str) -> Act:
    found = _ACT.fullmatch(line.strip())
    if found is None:
        return Act("say", {"text": line.strip()}, by_staff=True)
    return Act("press", {"what": found[1]}, by_staff=True)


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


def _pass_days(words: str) -> Act:
    return Act("wait", {"days": int(words.strip().removesuffix("日後"))})


_ACT_OF = {OWNER: _act, STAFF: _staff_act, TIME: _pass_days}


def named(name: str) -> Story:
    """Find the story of this name, or raise LookupError."""
    found = [story for story in stories() if story.name == name]
    if not found:
        raise LookupError(f"there is no story {name}")
    return found[0]

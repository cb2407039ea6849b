"""A second opinion on what may reach an owner, written from the desk's rules alone."""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum

from tests.bot.channels.slack.serving import TARO

OWNER = "幸子"

WAITING, OPEN, ENDED, OVER = "waiting", "open", "ended", "over"
"""States of a case.

Staff ended a case that is `ended` and can take it up again; the owner ended one that is `over`.
"""


@dataclass
class Expected:
    """The case of today by the rules, its holder, and what has reached the owner."""

    state: str = OVER
    holder: str = ""
    number: int = 0
    reached: list[str] = field(default_factory=list)

    def opened(self) -> None:
        self.state, self.holder, self.number = WAITING, "", self.number + 1

    def written(self, number: int | None, user: str, text: str) -> Fate:
        """Tell what becomes of words that staff write in the thread of a case."""
        if not self.may_go(number, text):
            return Fate.NOTE
        if user != self.holder or is_doubtful(text):
            return Fate.ASKED
        self.reached.append(as_shown(text))
        return Fate.GONE

    def may_go(self, number: int | None, text: str) -> bool:
        """Tell whether these words may reach the owner as the case is now."""
        return self.state == OPEN and number == self.number and not is_note(text)

    def chosen(self, one: Written, how: str) -> bool:
        """Let staff settle what becomes of their words, and tell whether that is final."""
        if how in KEEPS or is_note(one.text):
            return False
        may_go = self.may_go(one.number, one.text)
        if how == "送る" and may_go and one.user != self.holder:
            return False  # asked again: the case went to a colleague meanwhile
        if may_go:
            self.reached.append(as_shown(one.text))
            if how == "担当を代わって送る":
                self.holder = one.user
        return True

    def pressed(self, number: int | None, user: str, label: str) -> None:
        if number != self.number:
            return
        if label == "担当する" and self.state == WAITING:
            self.state, self.holder = OPEN, user
        elif label in {"ボットに戻す", "完了"} and self.state in {WAITING, OPEN}:
            self.state = ENDED
        elif label == "再開" and self.state == ENDED:
            self.state, self.holder = OPEN, user


# --- what is a note, and what is doubtful ---------------------------------------------------------

_CALLED = re.compile(r"<@\w+>|[@＠]\w+|:[a-z]+:")
_HEADINGS = ("メモ", "memo", "note", "社内")
SLASH_NAMES = (
    "SOLIDUS",
    "SLASH",
    "KATAKANA MIDDLE DOT",
    "DIAGONAL UPPER RIGHT TO LOWER LEFT",
    "RISING DIAGONAL",
)
_UNSEEN = frozenset("*_~`\u3164\u2800")


def is_note(text: str) -> bool:
    """Two slash-likes, with nothing to be seen between, before the first letter."""
    seen = _seen(_CALLED.sub(" ", text))
    beginning = itertools.takewhile(lambda char: not char.isalpha(), seen)
    return "//" in "".join("/" if _is_slash(char) else char for char in beginning)


def _seen(text: str) -> str:
    hidden = (char in _UNSEEN or unicodedata.category(char) in "Zs Zl Cc Cf Mn Me" for char in text)
    return "".join(char for char, is_hidden in zip(text, hidden, strict=True) if not is_hidden)


def _is_slash(char: str) -> bool:
    name = unicodedata.name(char, "")
    return any(each in name for each in SLASH_NAMES)


def is_doubtful(text: str) -> bool:
    """Tell whether the words call somebody, hold slashes, or are headed as a note is."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    said = "".join(itertools.dropwhile(lambda char: not char.isalpha(), folded))
    return bool(_CALLED.search(text) or "//" in folded or said.startswith(_HEADINGS))


def as_shown(text: str) -> str:
    """Write the words as an owner reads them."""
    named = text.replace(f"<@{TARO}>", "@太郎").replace("@channel", "@みなさん")
    return named.strip()


class Fate(Enum):
    """Outcomes of a message of staff."""

    NOTE = "note"
    ASKED = "asked"
    GONE = "gone"


KEEPS = {"メモのまま", "メモにする"}


@dataclass
class Written:
    """A message of staff, and whether it has been dealt with."""

    number: int | None
    user: str
    ts: str
    text: str
    dealt_with: bool = False

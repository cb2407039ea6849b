"""Find the right answer for a typed question.

It is used like this:

    faq = load()
    match faq.find("なんぼかかるん?"):
        case Answer(matches): ...       # sure
        case Suggestions(matches): ...  # 「もしかして」
        case OtherTopic(_, reply): ...  # not ours; says where to ask
        case Nothing(): ...             # does not know, and says so
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from knowledge.faq.entry import Entry
from knowledge.faq.format import FaqError, read
from knowledge.faq.matching.decide import Decision
from knowledge.faq.matching.finder import Finder
from knowledge.faq.problems import problems as _problems
from knowledge.faq.wording.normalise import LONGEST
from knowledge.faq.wording.questions import is_question
from knowledge.made_once import made_once, one_message

if TYPE_CHECKING:
    from knowledge.faq.matching.meaning import Encoder
    from knowledge.faq.matching.search import Ranked

__all__ = [
    "LONGEST",
    "Answer",
    "Entry",
    "Faq",
    "FaqError",
    "Found",
    "Match",
    "Nothing",
    "OtherTopic",
    "Suggestions",
    "is_question",
    "load",
    "problems",
]

PACKAGED = Path(__file__).parents[1] / "faq.md"


@dataclass(frozen=True, slots=True)
class Match:
    """Hold an entry, and how surely it is meant, from 0 to 1."""

    entry: Entry
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """We are sure. One entry, or two or three for a compound question, in the order asked."""

    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Offer up to three entries without being sure, the likeliest first."""

    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class OtherTopic:
    """Name a known topic that is not ours.

    `reply` says where to ask.
    """

    name: str
    reply: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """We do not know."""


Found = Answer | Suggestions | OtherTopic | Nothing


class Faq:
    """Entries to search. Built once, never changed, safe to share between threads.

    With an encoder they are found by meaning too.
    """

    def __init__(self, entries: tuple[Entry, ...], encode: Encoder | None = None) -> None:
        self.entries = entries
        self.encode = encode
        # Of two entries with one id the first is found; `problems` tells staff.
        self._numbers = {entry.id: n for n, entry in reversed(list(enumerate(entries)))}
        self._lock = Lock()
        self._built: Finder | None = None

    def __getitem__(self, entry_id: str) -> Entry:
        return self.entries[self._numbers[entry_id]]

    def with_entries(self, entries: tuple[Entry, ...]) -> Faq:
        """Return other entries, searched in the same way."""
        return Faq(entries, self.encode)

    def with_meaning(self, encode: Encoder) -> Faq:
        """Return the same entries, searched by meaning too.

        Indexes that are built already are kept.
        """
        faq = Faq(self.entries, encode)
        with self._lock:
            faq._built = self._built and self._built.with_meaning(encode)
        return faq

    def is_like(self, other: Faq) -> bool:
        """Tell whether another FAQ has the same entries and search."""
        return self.entries == other.entries and self.encode is other.encode

    def get(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, or None."""
        return self[entry_id] if entry_id in self._numbers else None

    def rank(self, text: str, limit: int = 10) -> tuple[Match, ...]:
        """Return the likeliest entries, best first, however unlikely."""
        return self._matches(self._finder().rank(text)[:limit])

    def find(self, text: str, last: str | None = None) -> Found:
        """Answer, offer, name another topic, or find nothing.

        `last` is the id of the entry answered before, for follow-ups such as 「じゃあ個人は?」.
        """
        with one_message():
            return self._find(text, last)

    @made_once
    def _find(self, text: str, last: str | None) -> Found:
        outcome = self._finder().find(text, self._numbers.get(last or ""))
        if outcome.topic:
            return OtherTopic(outcome.topic.name, outcome.topic.reply)
        matches = self._matches(outcome.ranked)
        if outcome.decision is Decision.ANSWER:
            return Answer(matches)
        return Suggestions(matches) if outcome.decision is Decision.SUGGEST else Nothing()

    def _matches(self, ranked: Ranked) -> tuple[Match, ...]:
        return tuple(Match(self.entries[number], score) for number, score in ranked)

    def _finder(self) -> Finder:
        # The first question pays for the index, so that a command without questions need not.
        with self._lock:
            if self._built is None:
                finder = Finder.of(self.entries)
                self._built = finder.with_meaning(self.encode) if self.encode else finder
            return self._built


def load(path: Path | None = None) -> Faq:
    """Read a FAQ from Markdown or JSON.

    None is the packaged one, read once. Raises `FaqError`, whose message can be shown as it is.
    """
    return Faq(read(path)) if path else _packaged()


@cache
def _packaged() -> Faq:
    return Faq(read(PACKAGED))


def problems(faq: Faq) -> list[str]:
    """List every fault of a FAQ we publish, as Japanese sentences."""
    return _problems(faq.entries)

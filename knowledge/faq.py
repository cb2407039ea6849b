"""The questions we can answer, and the right one for what an owner typed.

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

from knowledge.faq_format import Entry, FaqError, read
from knowledge.faq_problems import problems as _problems
from knowledge.matching.decide import Decision, Thresholds
from knowledge.matching.index import build
from knowledge.matching.questions import is_question
from knowledge.matching.search import rank

if TYPE_CHECKING:
    from knowledge.matching.index import Index

__all__ = [
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

PACKAGED = Path(__file__).with_name("faq.md")
OFFERED = 3


@dataclass(frozen=True, slots=True)
class Match:
    """An entry and how sure we are that it is meant, between 0 and 1."""

    entry: Entry
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """We are sure. One entry, or two or three for a compound question, in the order asked."""

    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """We are not sure: up to three entries to offer, the likeliest first."""

    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class OtherTopic:
    """We know what it is about, and that it is not ours; `reply` says where to ask."""

    name: str
    reply: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """We do not know."""


Found = Answer | Suggestions | OtherTopic | Nothing


class Faq:
    """Entries to search. Built once, never changed, safe to share between threads."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        # Of two entries with one id the first is found; `problems` tells staff.
        self._by_id = {entry.id: entry for entry in reversed(entries)}
        self._lock = Lock()
        self._index: Index | None = None

    def __getitem__(self, entry_id: str) -> Entry:
        return self._by_id[entry_id]

    def get(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, or None."""
        return self._by_id.get(entry_id)

    def rank(self, text: str, limit: int = 10) -> tuple[Match, ...]:
        """Return the likeliest entries, best first, however unlikely they are."""
        return self._matches(text)[:limit]

    def find(self, text: str, last: str | None = None) -> Found:
        """Answer, offer, name another topic, or find nothing.

        `last` is the id of the entry answered before, for follow-ups such as 「じゃあ個人は?」.
        """
        matches = self._matches(text)
        decision = Thresholds.shipped().decide([match.score for match in matches])
        if decision is Decision.ANSWER:
            return Answer(matches[:1])
        return Suggestions(matches[:OFFERED]) if decision is Decision.SUGGEST else Nothing()

    def _matches(self, text: str) -> tuple[Match, ...]:
        ranked = rank(text, self._indexed())
        return tuple(Match(self.entries[number], score) for number, score in ranked)

    def _indexed(self) -> Index:
        # The first question pays for the index, so that a command without questions need not.
        with self._lock:
            if self._index is None:
                self._index = build(self.entries)
            return self._index


def load(path: Path | None = None) -> Faq:
    """Read a FAQ from our Markdown or from plain JSON; None is the packaged one, read once.

    Raises `FaqError`, whose message can be shown as it is.
    """
    return Faq(read(path)) if path else _packaged()


@cache
def _packaged() -> Faq:
    return Faq(read(PACKAGED))


def problems(faq: Faq) -> list[str]:
    """Every fault of a FAQ we publish, as Japanese sentences; empty when there is none."""
    return _problems(faq.entries)

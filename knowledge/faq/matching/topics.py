"""Recognise near misses, topics known by name that are not ours."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from knowledge.faq.wording import wordlists
from knowledge.faq.wording.language import reading
from knowledge.faq.wording.normalise import any_of, clauses, fold, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.faq.entry import Entry

# Named once in passing does not make a topic ours.
OURS_FROM = 2
# Shorter readings are found inside other words.
SHORTEST_READING = 6


@dataclass(frozen=True, slots=True)
class Text:
    """A text as typed (folded) and as read aloud."""

    typed: str
    read: str

    @classmethod
    def of(cls, text: str) -> Text:
        """Fold a text and add its reading."""
        typed = fold(text)
        return cls(typed, reading(typed))


@dataclass(frozen=True, slots=True)
class Topic:
    """Hold a topic that is sent on.

    A `whole` topic is only meant when nothing else is said.
    """

    name: str
    reply: str
    typed: re.Pattern[str]
    read: re.Pattern[str]
    whole: bool

    def named_in(self, text: Text) -> str:
        """Return the reading of the words that name the topic, or ""."""
        if self.whole:
            match = self.typed.fullmatch(squeeze(text.typed).replace(" ", ""))
        else:
            match = self.typed.search(text.typed) or self.read.search(text.read)
        return reading(match.group()) if match else ""


@dataclass(frozen=True, slots=True)
class Spotted:
    """Hold a topic, and the clauses that do not name it."""

    topic: Topic
    rest: str


def spot(text: str, ours: frozenset[str]) -> Spotted | None:
    """Find the first topic named in a text, unless it is one of ours."""
    whole = Text.of(text)
    for topic in _topics():
        named = topic.named_in(whole)
        if named and named not in ours:
            parts = clauses(whole.typed)
            return Spotted(topic, "。".join(p for p in parts if not topic.named_in(Text.of(p))))
    return None


def ours(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the topic words that a FAQ has made its own.

    They stand in a question, or more than once.
    """
    named: Counter[str] = Counter()
    for entry in entries:
        named.update(dict.fromkeys(_names(entry.question), OURS_FROM))
        named.update(set().union(*map(_names, entry.phrasings)))
    return frozenset(word for word, count in named.items() if count >= OURS_FROM)


def _names(text: str) -> set[str]:
    # An FAQ is spelt properly, so it need not be read aloud.
    written = Text(fold(text), "")
    return {named for topic in _topics() if (named := topic.named_in(written))}


@cache
def _topics() -> Sequence[Topic]:
    return tuple(_topic(item) for item in wordlists.other_topics())


def _topic(item: dict[str, Any]) -> Topic:
    words = [fold(word) for word in item["words"]]
    read = [read for word in words if len(read := reading(word)) >= SHORTEST_READING]
    typed = "|".join([any_of(words).pattern, *item.get("patterns", ())])
    whole = item.get("whole", False)
    return Topic(item["name"], item["reply"], re.compile(typed), any_of(read), whole)

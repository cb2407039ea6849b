"""Near misses: topics we know by name, and know are not ours."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from knowledge.matching import wordlists
from knowledge.matching.normalise import any_of, clauses, fold, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.faq_format import Entry

# Named once in passing does not make a topic ours.
OURS_FROM = 2


@dataclass(frozen=True, slots=True)
class Topic:
    """Something we send on; `whole` topics are only meant when nothing else is said."""

    name: str
    reply: str
    pattern: re.Pattern[str]
    whole: bool

    def named_in(self, text: str) -> str:
        """Return the words that name the topic in a folded text, or nothing."""
        if self.whole:
            match = self.pattern.fullmatch(squeeze(text).replace(" ", ""))
        else:
            match = self.pattern.search(text)
        return match.group() if match else ""


@dataclass(frozen=True, slots=True)
class Spotted:
    """A topic, and what else the text says: the clauses that do not name it."""

    topic: Topic
    rest: str


def spot(text: str, ours: frozenset[str]) -> Spotted | None:
    """Find the first topic named in a text, unless it is one of ours."""
    folded = fold(text)
    for topic in _topics():
        named = topic.named_in(folded)
        if named and named not in ours:
            others = [part for part in clauses(folded) if not topic.named_in(part)]
            return Spotted(topic, "。".join(others))
    return None


def ours(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the topic words that a FAQ has made its own: in a question, or more than once."""
    named: Counter[str] = Counter()
    for entry in entries:
        named.update(dict.fromkeys(_names(entry.question), OURS_FROM))
        named.update(set().union(*map(_names, entry.phrasings)))
    return frozenset(word for word, count in named.items() if count >= OURS_FROM)


def _names(text: str) -> set[str]:
    folded = fold(text)
    return {named for topic in _topics() if (named := topic.named_in(folded))}


@cache
def _topics() -> Sequence[Topic]:
    return tuple(_topic(item) for item in wordlists.other_topics())


def _topic(item: dict[str, Any]) -> Topic:
    words = any_of(tuple(fold(word) for word in item["words"])).pattern
    pattern = re.compile("|".join([words, *item.get("patterns", ())]))
    return Topic(item["name"], item["reply"], pattern, item.get("whole", False))

"""Measure how like a question is to those that are not ours.

They are searched as the entries are.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from knowledge.faq.entry import Entry
from knowledge.faq.matching import meaning
from knowledge.faq.matching.index import build as build_index
from knowledge.faq.matching.search import Search
from knowledge.faq.wording import wordlists

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from knowledge.faq.matching.meaning import Encoder
    from knowledge.faq.matching.search import Sides

# What a FAQ itself asks about (another office's FAQ, say) is its own.
OURS_FROM = 0.5
# What is less like a question says nothing about it, so nobody asks whose it is.
FAINTEST = 0.3


class Elsewhere:
    """Questions that are not ours, ready to be searched."""

    def __init__(self, ours: Search, search: Search | None = None) -> None:
        self._ours = ours
        self._texts = texts()
        self._search = search or Search(build_index(self._entries()))
        self._is_ours = lru_cache(len(self._texts))(self._find_in_ours)

    def _entries(self) -> tuple[Entry, ...]:
        return tuple(Entry(str(number), text, "") for number, text in enumerate(self._texts))

    def with_meaning(self, encode: Encoder, vector_of: Callable[[str], Any]) -> Elsewhere:
        """Search the same questions by meaning too."""
        vectors = meaning.build(self._entries(), encode, vector_of)
        return Elsewhere(self._ours, self._search.with_meaning(vectors))

    def likeness(self, text: str) -> float:
        """Return the score of the question most like this one that is not ours."""
        for number, score in self._search.rank(text):
            if score < FAINTEST or not self._is_ours(number):
                return score
        return 0.0

    def sides(self, text: str) -> tuple[Sides, ...]:
        """Return the scores of the questions that are not ours."""
        found = self._search.sides(text)
        return tuple(sides for number, sides in found.items() if not self._is_ours(number))

    def _find_in_ours(self, number: int) -> bool:
        best = self._ours.rank(self._texts[number])[:1]
        return any(score >= OURS_FROM for _, score in best)


def texts() -> tuple[str, ...]:
    """Return words and examples of topics that are not ours."""
    asked = [topic for topic in wordlists.other_topics() if _asks(topic)]
    named = [word for topic in asked for word in (topic["name"], *topic["words"])]
    return tuple(dict.fromkeys((*named, *wordlists.elsewhere())))


def _asks(topic: Mapping[str, Any]) -> bool:
    """Greetings, thanks and anger ask nothing."""
    return bool(topic.get("asks", not topic.get("whole")))

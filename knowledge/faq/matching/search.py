"""From a typed text to entries with scores, best first."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

from knowledge.faq.matching import scorers
from knowledge.faq.matching.normalise import clauses, core_of, plain
from knowledge.faq.matching.scorers import Weights
from knowledge.faq.matching.views import view_of_plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.faq.matching.index import Index

# Only the most promising entries get the close look, so many by their grams and by their text.
CLOSE_LOOK = 16
CLOSE_LOOK_AT_CLAUSE = 8
# How much the best clause of a long story counts beside the whole story.
FOCUS = 0.4
# Shorter clauses (「はい」, 「実は」) ask nothing by themselves.
SHORTEST_CLAUSE = 4
MOST_CLAUSES = 5
# A question is ranked, split and ranked again, alone and in context: its parts come back soon.
REMEMBERED = 64
REMEMBERED_WORDS = 2000

Ranked = tuple[tuple[int, float], ...]


class Search:
    """Ranks the entries of one index. Safe to share between threads."""

    def __init__(self, index: Index, weights: Weights | None = None) -> None:
        self._index = index
        self._weights = weights or Weights()
        self._scores = lru_cache(REMEMBERED)(self._score)
        self._alike = lru_cache(REMEMBERED_WORDS)(partial(scorers.alike, index=index))

    def rank(self, text: str) -> Ranked:
        """Return entry numbers with scores between 0 and 1, best first."""
        folded = plain(text)
        scores = self._scores(folded, CLOSE_LOOK)
        if parts := parts_of(folded):
            scores = _focused(scores, [self._scores(part, CLOSE_LOOK_AT_CLAUSE) for part in parts])
        # Equal scores keep the order of the FAQ, so that two runs never differ.
        return tuple(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])))

    def _score(self, plain_text: str, close_look: int) -> Mapping[int, float]:
        view = view_of_plain(plain_text, self._index.word_rarity.known)
        query = scorers.prepare(view, self._index, self._alike)
        return {
            number: scorers.score(query, number, self._index, self._weights)
            for number in scorers.candidates(query, close_look)
        }


def parts_of(plain_text: str) -> tuple[str, ...]:
    """Return the clauses of a plain text worth hearing alone, when there are at least two."""
    found = [clause for clause in clauses(plain_text) if len(core_of(clause)) >= SHORTEST_CLAUSE]
    return tuple(found[-MOST_CLAUSES:]) if len(found) > 1 else ()


def _focused(whole: Mapping[int, float], parts: Sequence[Mapping[int, float]]) -> dict[int, float]:
    numbers = whole.keys() | set().union(*parts)
    return {
        number: (1 - FOCUS) * whole.get(number, 0.0)
        + FOCUS * max(part.get(number, 0.0) for part in parts)
        for number in numbers
    }

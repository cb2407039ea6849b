"""From a typed text to entries with scores, best first."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

from knowledge.faq.matching import scorers
from knowledge.faq.matching.scorers import Weights
from knowledge.faq.matching.views import view_of_plain
from knowledge.faq.wording import kinds
from knowledge.faq.wording.endings import core_of
from knowledge.faq.wording.normalise import clauses, plain
from knowledge.made_once import made_once

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.faq.matching.index import Index
    from knowledge.faq.matching.meaning import Meaning

# Only the most promising entries get the close look, so many by their grams and by their text. Half
# more find no more labelled questions.
CLOSE_LOOK = 8
# So many entries nearest by meaning are weighed beside them.
NEAREST = 12
# How much the best clause of a long story counts beside the whole story.
FOCUS = 0.4
# Shorter clauses (「はい」, 「実は」) ask nothing by themselves.
SHORTEST_CLAUSE = 4
MOST_CLAUSES = 3
"""Clauses looked at, from the end, where the question usually stands."""

REMEMBERED_WORDS = 2000
"""Words whose likeness to others is kept in memory."""

# Likeness by spelling and by meaning, and how the kind of question fits.
Sides = tuple[float, float, float]
Ranked = tuple[tuple[int, float], ...]


class Search:
    """Ranks the entries of one index. Safe to share between threads."""

    def __init__(
        self, index: Index, weights: Weights | None = None, meaning: Meaning | None = None
    ) -> None:
        self._index = index
        self._meaning = meaning
        self._weights = weights or Weights.shipped(with_meaning=meaning is not None)
        self._alike = lru_cache(REMEMBERED_WORDS)(partial(scorers.alike, index=index))

    def with_meaning(self, meaning: Meaning) -> Search:
        """Search the same index by meaning too."""
        return Search(self._index, meaning=meaning)

    def rank(self, text: str, also: frozenset[int] = frozenset()) -> Ranked:
        """Return entry numbers with scores between 0 and 1, best first.

        `also` are entries looked at in any case.
        """
        return self._rank(text, also)

    @made_once
    def _rank(self, text: str, also: frozenset[int]) -> Ranked:
        found = self.sides(text, also)
        scores = {number: self._weights.blend(*sides) for number, sides in found.items()}
        # Equal scores keep the order of the FAQ, so that two runs never differ.
        return tuple(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])))

    def sides(self, text: str, also: frozenset[int] = frozenset()) -> Mapping[int, Sides]:
        """Return the scores of each entry worth naming.

        They are the likeness by spelling and meaning, and the kind.
        """
        folded = plain(text)
        spelt, meant = self._spelt(folded, also), self._meant(text, folded)
        near = sorted(meant, key=lambda number: -meant[number])[:NEAREST]
        asked = kinds.kinds_in(folded)
        return {
            number: (
                spelt.get(number, 0.0),
                max(meant.get(number, 0.0), 0.0),
                kinds.fit(asked, self._index.kinds[number]),
            )
            for number in spelt.keys() | set(near)
        }

    def _spelt(self, folded: str, also: frozenset[int]) -> Mapping[int, float]:
        whole = self._score(folded, also)
        if parts := parts_of(folded):
            return _focused(whole, [self._score(part, also) for part in parts])
        return whole

    def _meant(self, text: str, folded: str) -> Mapping[int, float]:
        """Return the likeness by meaning of all entries.

        Nothing for a text that asks nothing.
        """
        if self._meaning is None or not core_of(folded):
            return {}
        return dict(enumerate(self._meaning.alike(text)))

    @made_once
    def _score(self, plain_text: str, also: frozenset[int]) -> Mapping[int, float]:
        view = view_of_plain(plain_text, self._index.word_rarity.known)
        query = scorers.prepare(view, self._index, self._alike)
        return {
            number: scorers.score(query, number, self._index, self._weights)
            for number in scorers.candidates(query, CLOSE_LOOK) | also
        }


@made_once
def parts_of(plain_text: str) -> tuple[str, ...]:
    """Return the clauses worth hearing alone, when there are at least two."""
    found = [clause for clause in clauses(plain_text) if len(core_of(clause)) >= SHORTEST_CLAUSE]
    return tuple(found[-MOST_CLAUSES:]) if len(found) > 1 else ()


def _focused(whole: Mapping[int, float], parts: Sequence[Mapping[int, float]]) -> dict[int, float]:
    numbers = whole.keys() | set().union(*parts)
    return {
        number: (1 - FOCUS) * whole.get(number, 0.0)
        + FOCUS * max(part.get(number, 0.0) for part in parts)
        for number in numbers
    }

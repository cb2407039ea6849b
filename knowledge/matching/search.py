"""From a typed text to entries with scores, best first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.matching import scorers
from knowledge.matching.normalise import clauses, essence, plain
from knowledge.matching.scorers import Weights
from knowledge.matching.views import view_of_plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.matching.index import Index

# Only the most promising entries get the close look; more changes no result worth having.
CLOSE_LOOK = 40
# How much the best sentence of a long story counts beside the whole story.
FOCUS = 0.4
# Shorter parts (「はい」, 「実は」) ask nothing by themselves.
SHORTEST_PART = 4
MOST_PARTS = 6

SHIPPED = Weights()

Ranked = list[tuple[int, float]]


def rank(text: str, index: Index, weights: Weights = SHIPPED) -> Ranked:
    """Return entry numbers with scores between 0 and 1, best first."""
    folded = plain(text)
    whole = _scores(folded, index, weights)
    pieces = [_scores(part, index, weights) for part in parts(folded)]
    return _sorted(_focused(whole, pieces) if pieces else whole)


def parts(plain_text: str) -> tuple[str, ...]:
    """Return the sentences and clauses of a plain text, when there are at least two."""
    found = [part for part in clauses(plain_text) if len(essence(part)) >= SHORTEST_PART]
    return tuple(found[-MOST_PARTS:]) if len(found) > 1 else ()


def _scores(plain_text: str, index: Index, weights: Weights) -> dict[int, float]:
    query = scorers.prepare(view_of_plain(plain_text, index.word_rarity.known), index)
    numbers = scorers.candidates(query, CLOSE_LOOK)
    return {number: scorers.score(query, number, index, weights) for number in numbers}


def _focused(whole: Mapping[int, float], pieces: list[dict[int, float]]) -> dict[int, float]:
    numbers = whole.keys() | set().union(*pieces)
    return {
        number: (1 - FOCUS) * whole.get(number, 0.0)
        + FOCUS * max(piece.get(number, 0.0) for piece in pieces)
        for number in numbers
    }


def _sorted(scores: Mapping[int, float]) -> Ranked:
    # Equal scores keep the order of the FAQ, so that two runs never differ.
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))

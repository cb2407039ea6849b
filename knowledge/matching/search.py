"""From a typed text to entries with scores, best first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.matching import scorers
from knowledge.matching.scorers import Weights
from knowledge.matching.views import view

if TYPE_CHECKING:
    from knowledge.matching.index import Index

# Only the most promising entries get the close look; more changes no result worth having.
CLOSE_LOOK = 40

SHIPPED = Weights()

Ranked = list[tuple[int, float]]


def rank(text: str, index: Index, weights: Weights = SHIPPED) -> Ranked:
    """Return entry numbers with scores between 0 and 1, best first."""
    query = scorers.prepare(view(text), index)
    found = (
        (number, scorers.score(query, number, index, weights))
        for number in scorers.candidates(query, CLOSE_LOOK)
    )
    return sorted(found, key=lambda pair: -pair[1])

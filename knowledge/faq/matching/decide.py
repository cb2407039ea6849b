"""Answer, offer or admit, by the chance that an entry is meant.

The chance is weighed beside all other entries and beside none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from knowledge.faq.wording import wordlists

if TYPE_CHECKING:
    from collections.abc import Sequence

OFFERED = 3
"""Most entries that are offered."""

# An offer this much less likely than the best one is no help.
LEAST_SHARE = 0.06
# Fainter likeness is none, however many entries share it.
FAINTEST = 0.18


class Decision(Enum):
    """The three replies to a question."""

    ANSWER = "answer"
    SUGGEST = "suggest"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Turn scores into chances, and chances into answers and offers.

    A chance is `exp(sharpness · score)` among those of all entries and that of no entry at all,
    which is `exp(nothing + elsewhere · likeness)`, the likeness being that to questions that are
    not ours. So a runner-up close behind lowers it, as does a question that is like those of
    another office. Where nothing else is near, a faint score has a high chance; it answers only
    from `least` on.
    """

    sharpness: float
    nothing: float
    elsewhere: float
    answer: float
    least: float
    offer: float

    @classmethod
    def shipped(cls, build: str) -> Thresholds:
        """Return the thresholds `make tune` wrote for a build, `spelling` or `meaning`."""
        known = wordlists.thresholds()[build]
        return cls(**{name: known[name] for name in cls.__slots__})

    def chances(self, scores: Sequence[float], elsewhere: float = 0.0) -> list[float]:
        """Return how likely each entry is meant.

        The rest to 1 is the chance of none.
        """
        nothing = self.nothing + self.elsewhere * elsewhere
        powers = [self.sharpness * score for score in scores]
        highest = max([nothing, *powers])
        weights = [math.exp(power - highest) for power in powers]
        total = sum(weights) + math.exp(nothing - highest)
        return [weight / total for weight in weights]

    def decide(self, scores: Sequence[float], elsewhere: float = 0.0) -> Decision:
        """Judge the scores of the ranked entries, best first."""
        chances = self.chances(scores, elsewhere)
        if chances and chances[0] >= self.answer and scores[0] >= self.least:
            return Decision.ANSWER
        is_near = bool(scores) and scores[0] >= FAINTEST and sum(chances[:OFFERED]) >= self.offer
        return Decision.SUGGEST if is_near else Decision.NONE

    def worth_offering(self, scores: Sequence[float]) -> int:
        """Return how many of the best to offer.

        At most three, and none that is far behind.
        """
        chances = self.chances(scores)
        return sum(chance >= LEAST_SHARE * chances[0] for chance in chances[:OFFERED])

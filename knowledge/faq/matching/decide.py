"""Answer, offer or admit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from knowledge.faq.matching import wordlists

if TYPE_CHECKING:
    from collections.abc import Sequence


class Decision(Enum):
    """The three replies to a question."""

    ANSWER = "answer"
    SUGGEST = "suggest"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Answer from `answer` on when the runner-up is `margin` behind; offer from `suggest` on."""

    answer: float
    margin: float
    suggest: float

    @classmethod
    def shipped(cls) -> Thresholds:
        """Return the thresholds `make tune` wrote."""
        return cls(**wordlists.thresholds())

    def decide(self, scores: Sequence[float]) -> Decision:
        """Judge the scores of the ranked entries, best first."""
        best, second = [*scores[:2], 0.0, 0.0][:2]
        if best >= self.answer and best - second >= self.margin:
            return Decision.ANSWER
        return Decision.SUGGEST if best >= self.suggest else Decision.NONE

"""Find the runs of letters that models know in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ahocorasick_rs import AhoCorasick, Implementation

from bot.understand.learned.grams import frame
from knowledge.made_once import made_once

BLANK = " "
"""What every mark holds and no run of letters."""

PAIR = 2
"""Letters of a pair."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The known runs of a text, and the pairs among them, by number.

    `pairs_typed` counts the pairs of the text, known or not.
    """

    runs: frozenset[int]
    pairs: frozenset[int]
    pairs_typed: int


class Runs:
    """The runs known to some models, each by its place in the order given."""

    def __init__(self, runs: Sequence[str]) -> None:
        """Take the runs, and marks of how a text is built among them: these hold a blank."""
        self._marks = {run: number for number, run in enumerate(runs) if BLANK in run}
        # Of all its forms this one takes the least memory.
        self._automaton = AhoCorasick(
            runs, implementation=Implementation.NoncontiguousNFA, store_patterns=False
        )

    def number_marks(self, marks: Iterable[str]) -> list[int]:
        """Give the numbers of the marks that are known."""
        return [self._marks[mark] for mark in marks if mark in self._marks]

    @made_once
    def find(self, text: str) -> Seen:
        """Find the known runs of a text. Takes time linear in its length."""
        said = frame(text)
        found = self._automaton.find_matches_as_indexes(said, overlapping=True)
        return Seen(
            runs=frozenset([number for number, _, _ in found]),
            pairs=frozenset(number for number, start, end in found if end - start == PAIR),
            pairs_typed=len(set(pairwise(said))),
        )

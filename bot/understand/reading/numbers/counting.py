"""What every kind of counting does with clauses that may hold a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.understand.reading.numbers.quantities import Amount
from flows.vocabulary import Band


@dataclass(frozen=True, slots=True)
class Counting:
    """Hold the clauses that may hold a number, and the whole text.

    `bands` are those of the question, `named` the options its words name.
    """

    texts: Sequence[str]
    said: str
    bands: Sequence[Band]
    named: frozenset[str]


Find = Callable[[str], tuple[Amount, ...]]


def list_amounts(find: Find, texts: Iterable[str]) -> list[Amount]:
    """List every amount of the clauses, with as much text around as matters."""
    return [
        replace(amount, before=amount.before[-AROUND:], after=amount.after[:AROUND])
        for text in texts
        for amount in find(text)
    ]


AROUND = 24
"""Characters kept on each side of an amount."""


def holds_any(words: Iterable[str], said: str) -> bool:
    """Tell whether a text holds one of the words."""
    return any(word in said for word in words)


def within(values: Iterable[float], bands: Sequence[Band]) -> set[str]:
    """Find the options of the bands in which these values lie."""
    return {band.option for band in bands for value in values if band.low <= value <= band.high}

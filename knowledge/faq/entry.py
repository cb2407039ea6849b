"""One question we can answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one question we can answer.

    `checked_on` is an ISO date or empty; `sources` are source ids. A `sensitive` one (window
    dressing, bankruptcy) would hurt as a guess: it is never offered for words that do not name it.
    """

    id: str
    question: str
    answer: str
    phrasings: tuple[str, ...] = ()
    topic: str = ""
    sources: tuple[str, ...] = ()
    checked_on: str = ""
    confirm: bool = False
    related: tuple[str, ...] = ()
    sensitive: bool = False

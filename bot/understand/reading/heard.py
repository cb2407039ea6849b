"""The words found in every clause of a message, and which question each clause speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.understand.reading.clause import Clause
from bot.understand.reading.lexicon import Hit, Lexicon, Role

Hits = Mapping[str, Sequence[Hit]]


@dataclass(frozen=True, slots=True)
class Words:
    """A clause, the words found in it by question, and the questions it speaks of.

    A clause without a subject of its own keeps that of the clause before it, as Japanese does.
    """

    clause: Clause
    hits: Hits
    subjects: frozenset[str]
    named: frozenset[str]
    """The questions whose subject stands in this very clause."""


Heard = tuple[Words, ...]


def heard_in(clauses: Sequence[Clause], lexicon: Lexicon) -> Heard:
    """The words of each clause."""
    found: list[Words] = []
    carried: frozenset[str] = frozenset()
    for clause in clauses:
        hits = lexicon.find(clause.form)
        named = frozenset(
            question
            for question, some in hits.items()
            if any(hit.use.role is Role.ABOUT for hit in some)
        )
        carried = named or carried
        found.append(Words(clause, hits, carried, named))
    return tuple(found)

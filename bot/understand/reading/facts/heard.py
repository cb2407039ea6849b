"""Find the words in every clause of a message, and its subjects."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.understand.reading.clause import Clause, Kind
from bot.understand.reading.facts.lexicon import Hit, Lexicon, Role

Hits = Mapping[str, Sequence[Hit]]


@dataclass(frozen=True, slots=True)
class Words:
    """Hold a clause with its words and subjects, by question.

    A clause without a subject of its own keeps that of the clause before it, as Japanese does.
    """

    clause: Clause
    hits: Hits
    subjects: frozenset[str]
    named: frozenset[str]
    """The questions whose subject stands in this very clause."""


Heard = tuple[Words, ...]


def heard_in(clauses: Sequence[Clause], lexicon: Lexicon) -> Heard:
    """Find the words of each clause."""
    found: list[Words] = []
    for clause in clauses:
        hits = lexicon.find(clause.form)
        named = _find_subjects(hits)
        carried = _carry_subjects(found[-1], clause, named) if found else frozenset()
        # 「返済がきつい、待ってほしい」: a wish beside it does not end what its words speak of.
        kept = carried.intersection(hits) if named else carried
        found.append(Words(clause, hits, named | kept, named))
    return tuple(found)


def _find_subjects(hits: Hits) -> frozenset[str]:
    return frozenset(
        question
        for question, some in hits.items()
        if any(hit.use.role is Role.ABOUT for hit in some)
    )


_NOW = re.compile("(?:でも|ただ|だが|けど)?(?:今は|いまは|現在は|今では|今年は|今期(?![もで]))")


def is_of_now(words: Words) -> bool:
    """Tell whether a clause sets now apart from before."""
    return _NOW.match(words.clause.form) is not None


_GOES_ON = re.compile("(?:でも|ただ)?(?:今は|いまは|現在は|今では)")
_LONGEST_NAME = 8
"""Characters of a question that only names what is answered next."""

_TOPIC = re.compile(r"(?:[はもがの]|って|なんだ|のこと|について)$")
"""A clause that only names its topic, to which the next clause belongs."""


def _carry_subjects(before: Words, clause: Clause, own: frozenset[str]) -> frozenset[str]:
    """Carry subjects over from the clause before, within a sentence.

    A clause that was nothing but a topic carries into the next sentence too, also as a question
    (「借入？ 公庫と信金」); so does one that says what is not, and one before 「今は…」, also what it
    names without its subject (「前にリスケしてもらったけど今は止まってる」).
    """
    same = before.clause.sentence == clause.sentence
    named = before.clause.kind is Kind.QUESTION and len(before.clause.form) <= _LONGEST_NAME
    bare = named or _TOPIC.search(before.clause.form) is not None
    contrasts = _GOES_ON.match(clause.form) is not None
    goes_on = (before.clause.denied and not own) or contrasts
    carried = before.subjects if same or bare or goes_on else frozenset()
    return carried | _find_answered(before.hits) if contrasts else carried


def _find_answered(hits: Hits) -> frozenset[str]:
    """Find the questions whose options are named, which 「今は…」 speaks of as well."""
    return frozenset(
        question
        for question, some in hits.items()
        if any(hit.use.role <= Role.HERE for hit in some)
    )

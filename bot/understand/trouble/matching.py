"""Match families of trouble to a clause by its words.

Words of the clause before count, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.understand.reading.clause import Clause
from bot.understand.trouble.form import folded
from bot.understand.trouble.vocabulary import Family, Found, Hit, Saying, Vocabulary

_CLOSE = 16
"""Characters between two words that follow each other."""

_BROKEN_OFF = 4
"""Characters after a word in a clause that says nothing more about it."""

_AT_THE_START = 10
"""Characters of a clause that still go on with the clause before."""


@dataclass(frozen=True, slots=True)
class Words:
    """Hold a clause with its form and the words of trouble in it."""

    clause: Clause
    form: str
    found: Found


@dataclass(frozen=True, slots=True)
class Told:
    """Hold a family told by a clause, from `start` to `end` of the form.

    `before` is the clause in which the saying began, None when that is the same; `previous` and
    `following` are its neighbours. `denies` when the last word holds a denial itself (払えない), so
    that a further one takes it back.
    """

    family: Family
    words: Words
    start: int
    end: int
    denies: bool
    before: Words | None = None
    previous: Words | None = None
    following: Words | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """The words of one vocabulary in every clause, and the families they tell, not yet judged."""

    words: Sequence[Words]
    told: Sequence[Told]


Formed = Sequence[tuple[Clause, str]]
"""Clauses, each with its form."""


def formed(clauses: Sequence[Clause]) -> Formed:
    """Bring every clause into the form in which trouble is looked for."""
    return [(clause, folded(clause.text)) for clause in clauses]


def find_families(clauses: Formed, vocabulary: Vocabulary) -> Telling:
    """Find the words of trouble in every clause, and the families they tell."""
    words = [Words(clause, form, vocabulary.find(form)) for clause, form in clauses]
    return Telling(words, [*_told_in(words, vocabulary)])


def _told_in(words: Sequence[Words], vocabulary: Vocabulary) -> Iterator[Told]:
    """List every family told, clause by clause."""
    for before, each, after in zip((None, *words), words, (*words[1:], None), strict=False):
        for family in vocabulary.told_by(each.found) if each.found else ():
            taken_back = after is not None and not family.unless_after.isdisjoint(after.found)
            if not taken_back and (told := _match_family(family, each, before)):
                yield replace(told, previous=before, following=after)


def _match_family(family: Family, words: Words, before: Words | None) -> Told | None:
    if not family.unless.isdisjoint(words.found):
        return None
    for saying in family.says:
        match = _match_following if saying.ordered else _match_together
        if told := match(saying, family, words, before):
            return told
    return None


def _match_together(
    saying: Saying, family: Family, words: Words, before: Words | None
) -> Told | None:
    """Match a saying's groups in this clause, or some in the one before."""
    here = [words.found[group][-1] for group in saying.groups if group in words.found]
    missing = [group for group in saying.groups if group not in words.found]
    if not here:
        return None
    if missing and not _began(missing, family, before):
        return None
    last = max(here, key=lambda hit: hit.end)
    start = min(hit.start for hit in here)
    return Told(family, words, start, last.end, last.denies, before if missing else None)


def _began(missing: list[str], family: Family, before: Words | None) -> bool:
    return (
        before is not None
        and all(group in before.found for group in missing)
        and family.unless.isdisjoint(before.found)
    )


def _match_following(
    saying: Saying, family: Family, words: Words, before: Words | None
) -> Told | None:
    """Match words one after the other, close together.

    The first may end the clause before.
    """
    for last in words.found.get(saying.groups[-1], ()):
        if chain := _chain(saying.groups, words.found, last):
            return Told(family, words, chain[0].start, last.end, last.denies)
    return _match_inverted(saying, family, words, before)


def _match_inverted(
    saying: Saying, family: Family, words: Words, before: Words | None
) -> Told | None:
    """Match a pair across two clauses, such as 「終わりにしたい、人生を」."""
    if len(saying.groups) != 2:  # noqa: PLR2004 - a pair
        return None
    for here, there in (saying.groups[::-1], saying.groups):
        hits = words.found.get(here, ())
        if hits and hits[0].start <= _AT_THE_START and _ends_with(there, family, before):
            return Told(family, words, hits[0].start, hits[0].end, hits[0].denies, before)
    return None


def _ends_with(group: str, family: Family, before: Words | None) -> bool:
    """Tell whether the clause before breaks off after a word of the group."""
    if before is None or not _began([group], family, before):
        return False
    return len(before.form) - before.found[group][-1].end <= _BROKEN_OFF


def _chain(groups: tuple[str, ...], found: Found, last: Hit) -> list[Hit]:
    """Chain words of every group up to `last`, each close before the next.

    Returns [] when one is missing.
    """
    chain = [last]
    for _, group in pairwise(reversed(groups)):
        after = chain[0]
        near = [
            hit
            for hit in found.get(group, ())
            if hit.start < after.start
            and hit.end <= after.start + 1
            and after.start - hit.end <= _CLOSE
        ]
        if not near:
            return []
        chain.insert(0, near[-1])
    return chain

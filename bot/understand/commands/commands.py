"""Find the command of a message, an action and its object."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.understand.commands.command import Command, Spoken
from bot.understand.commands.covering import Word, cover
from bot.understand.commands.placed import place_ends, place_in
from bot.understand.commands.vocabulary import ASKED, Saying, Tags, Vocabulary, vocabulary
from bot.understand.reading.clause import Clause, Kind
from bot.understand.reading.kinds import clauses_of, only_corrects, takes_back
from bot.understand.reading.normal import normalise
from bot.understand.reading.plain import plain

_MARKED = re.compile(r"[?？]")
"""A question mark in either width."""

_DRAWN = str.maketrans(dict.fromkeys("☎☏📞📱", "電話"))
_OF_A_PLACE = (Command.CENTER, Command.PHONE)
_TELLING = (Kind.SUPPOSED, Kind.QUOTED)
LONGEST_WHOLE = 80
"""Characters, with blanks and marks, of a message that may be one command."""

LONGEST_MESSAGE = 200
"""Characters. Nobody gives a command in passing in a longer story."""


def command_in(text: str) -> Spoken | None:
    """Find the command in a typed text, or None."""
    if len(text) > LONGEST_MESSAGE:
        return None
    normal = normalise(text.translate(_DRAWN))
    return command_of(normal, clauses_of(normal))


def command_of(text: str, clauses: Sequence[Clause]) -> Spoken | None:
    """Find the command in a message of these clauses, or None.

    The message as a whole comes first, then its clauses, the last before the others: what is asked
    for comes after why.
    """
    if not clauses or len(text) > LONGEST_MESSAGE:
        return None
    if only_corrects(clauses) and (command := _corrected(text, clauses)):
        return Spoken(command, bare=False, clauses=tuple(clauses))
    words = vocabulary()
    asked = _MARKED.search(text) is not None or any(each.kind is Kind.QUESTION for each in clauses)
    form = plain(text.translate(_DRAWN)) if len(text) <= LONGEST_WHOLE else ""
    if found := find_saying(cover(form, words), words, asked=asked, whole=True):
        return Spoken(found.command, found.bare, tuple(clauses))
    if placed := _with_place(form, clauses, words):
        return placed
    return next(_in_clauses(clauses, words), None) if len(clauses) > 1 else None


_INSISTS = re.compile("(?:違|ちが).*(?:違|ちが)")
"""A wrong answer pointed out twice. Once is a plain no."""


def _corrected(text: str, clauses: Sequence[Clause]) -> Command | None:
    """Find what a message wants that only says that the last one was wrong."""
    if any(map(takes_back, clauses)):
        return Command.BACK
    return Command.CORRECT if _INSISTS.search(text) else None


def _with_place(form: str, clauses: Sequence[Clause], words: Vocabulary) -> Spoken | None:
    """Find a wish for a number or an office behind a place."""
    for end in place_ends(form):
        found = find_saying(cover(form[end:], words), words, asked=False, whole=True)
        if found and found.command in _OF_A_PLACE and (place := place_in(form[:end])):
            return Spoken(found.command, found.bare, tuple(clauses), place)
    return None


def _in_clauses(clauses: Sequence[Clause], words: Vocabulary) -> Iterator[Spoken]:
    """Find commands in single clauses, and in two together (「データ、消して」)."""
    covered = [cover(clause.form, words) for clause in clauses]
    for number in reversed(range(len(clauses))):
        for first in (number, number - 1):
            some = clauses[max(first, 0) : number + 1]
            parts = covered[max(first, 0) : number + 1]
            if any(each is None for each in parts) or any(each.kind in _TELLING for each in some):
                continue
            together = tuple(word for part in parts for word in part or ())
            asked = any(each.kind is Kind.QUESTION for each in some)
            if found := find_saying(together, words, asked=asked, whole=False):
                yield Spoken(found.command, found.bare, tuple(some))


def find_saying(
    found: tuple[Word, ...] | None, words: Vocabulary, *, asked: bool, whole: bool
) -> Saying | None:
    """Find the saying that accounts for every word, of most groups first."""
    if not found:
        return None
    tags = [word.tags for word in found]
    if asked:
        tags.append(frozenset({ASKED}))
    present = frozenset().union(*tags)
    for number in sorted(n for tag in present for n in words.sayings_of.get(tag, ())):
        saying = words.sayings[number]
        if saying.bare and not whole:
            continue
        if present.issuperset(saying.groups) and _accounts(saying, tags, words.always):
            return saying
    return None


def _accounts(saying: Saying, tags: list[Tags], always: Tags) -> bool:
    allowed = always | saying.beside | {ASKED, *saying.groups}
    if any(allowed.isdisjoint(each) for each in tags):
        return False
    holders = [[n for n, each in enumerate(tags) if group in each] for group in saying.groups]
    return _are_apart(holders)


def _are_apart(holders: list[list[int]]) -> bool:
    """Tell whether every group is said by a word of its own."""
    first, *rest = holders
    if not rest:
        return bool(first)
    return any(_are_apart([[m for m in each if m != n] for each in rest]) for n in first)

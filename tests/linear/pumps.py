"""Texts that take an ambiguous pattern for ever, made from the pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product
from re import _constants as kind  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import regex

REPEATS = {kind.MAX_REPEAT, kind.MIN_REPEAT, kind.POSSESSIVE_REPEAT}
LONG_REPEAT = 20
"""A repetition of up to so many is a constant factor, and no loop."""

ANYTHING = "な亜アx1 、\n-_"
"""One of these is in every set of characters."""

MOST_PARTS = 60
MOST_PUMPS = 60


def pumps(pattern: re.Pattern[str] | regex.Pattern[str]) -> list[tuple[str, str]]:
    r"""List beginnings and parts to repeat, from each alternative of each loop.

    Pairs of them too. What only the other engine understands (`\\X`) has no parts to take; it is
    left to the matchers.
    """
    try:
        parsed = _parser.parse(pattern.pattern, pattern.flags & re.VERBOSE)
    except re.error:
        return []
    found: dict[tuple[str, str], None] = {}
    for before, parts in loops(parsed):
        found |= dict.fromkeys((before, part) for part in parts)
        found |= dict.fromkeys(("", before + part) for part in parts[:5])
        pairs = sorted(product(parts, parts), key=_overlap, reverse=True)
        found |= dict.fromkeys((before, one + other) for one, other in islice(pairs, MOST_PUMPS))
    return [each for each in found if each[1]]


def _overlap(pair: tuple[str, str]) -> bool:
    """Whether one may be taken for the beginning or the end of the other."""
    one, other = pair
    return one != other and bool(one) and (other.startswith(one[0]) or one.endswith(other[:1]))


def loops(parsed: Any, before: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield every repetition without a narrow limit.

    Each with a text that leads to it and the texts its body may be.
    """
    for op, value in parsed:
        for body in _bodies(op, value):
            yield from loops(body, before)
        if op in REPEATS and value[1] > LONG_REPEAT:
            yield before, strings(value[2])
        before += next(iter(_choices(op, value)), "")


def _bodies(op: Any, value: Any) -> list[Any]:
    if op in REPEATS:
        return [value[2]]
    if op is kind.BRANCH:
        return list(value[1])
    if op is kind.SUBPATTERN:
        return [value[-1]]
    if op in {kind.ASSERT, kind.ASSERT_NOT}:
        return [value[1]]
    return [value] if op is kind.ATOMIC_GROUP else []


def strings(parsed: Any) -> list[str]:
    """List texts the parsed piece may match, with every alternative at least once."""
    found = [""]
    for op, value in parsed:
        choices = _choices(op, value)
        first, *more = found
        found = [first + each for each in choices] + [each + choices[0] for each in more]
        found = list(dict.fromkeys(found))[:MOST_PARTS]
    return found


def _choices(op: Any, value: Any) -> list[str]:
    if op is kind.LITERAL:
        return [chr(value)]
    if op is kind.ANY:
        return ["な"]
    if op in {kind.IN, kind.NOT_LITERAL}:
        return _members(op, value)
    if op in REPEATS:
        least, _, body = value
        return [each * max(least, 1) for each in strings(body)] + [""] * (least == 0)
    if op in {kind.ASSERT, kind.ASSERT_NOT}:
        return [""]
    return [each for body in _bodies(op, value) for each in strings(body)] or [""]


def _members(op: Any, value: Any) -> list[str]:
    """List some characters of a set, from its letters, ranges, or any others."""
    if op is kind.NOT_LITERAL:
        return [each for each in ANYTHING if ord(each) != value][:2]
    written = [chr(member) for what, member in value if what is kind.LITERAL]
    written += [chr(member[0]) for what, member in value if what is kind.RANGE]
    if written and value[0][0] is not kind.NEGATE:
        return written[:12]
    fitting = [each for each in ANYTHING if _holds(value, each)]
    return fitting[:3] or ["な"]


def _holds(members: Any, character: str) -> bool:
    """Whether a set of the parse tree, negated or not, holds a character."""
    negated = members[0][0] is kind.NEGATE
    categories = {
        kind.CATEGORY_DIGIT: r"\d",
        kind.CATEGORY_NOT_DIGIT: r"\D",
        kind.CATEGORY_SPACE: r"\s",
        kind.CATEGORY_NOT_SPACE: r"\S",
        kind.CATEGORY_WORD: r"\w",
        kind.CATEGORY_NOT_WORD: r"\W",
    }
    found = any(
        (what is kind.LITERAL and chr(member) == character)
        or (what is kind.RANGE and member[0] <= ord(character) <= member[1])
        or (what is kind.CATEGORY and re.match(categories[member], character) is not None)
        for what, member in members[negated:]
    )
    return found is not negated

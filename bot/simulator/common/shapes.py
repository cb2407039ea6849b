"""Check the shape of JSON by tables of checks.

Each check yields the faults it finds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.presentation.limits import graphemes, utf16_units

Path = tuple[str | int, ...]
"""Place of a value, by keys and indexes from the outside in."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Hold one breach with its place."""

    path: Path
    message: str

    def __str__(self) -> str:
        return f"{dotted(self.path)}: {self.message}"


Check = Callable[[Any, Path], Iterator[Fault]]
"""Looks at the value at a path and yields its faults."""


def dotted(path: Path) -> str:
    """`messages[0].text`, the way LINE and Slack name a property."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def pointer(path: Path) -> str:
    """`/body/contents/0`, the way LINE names a property inside a Flex container."""
    return "/" + "/".join(map(str, path))


_SURROGATE = re.compile("[\ud800-\udfff]")


def text(
    longest: int,
    *,
    shortest: int = 1,
    count: Callable[[str], int] = utf16_units,
    like: str = "",
    says: str = "",
) -> Check:
    """Check a string's length, counted by `count`, and its form `like`.

    `says` is the complaint about one that does not match.
    Source: https://developers.line.biz/en/docs/messaging-api/text-character-count/
    """
    pattern = re.compile(like, re.DOTALL) if like else None

    def check(value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault(path, "must be a string")
        elif _SURROGATE.search(value):
            yield Fault(path, "must be valid Unicode, without lone surrogates")
        elif len(value) < shortest:
            yield Fault(path, "May not be empty")
        # No way of counting gives more than two for a character: most texts need no counting.
        elif 2 * len(value) > longest and (length := count(value)) > longest:
            yield Fault(path, f"must not be longer than {longest} characters, is {length}")
        elif pattern and not pattern.fullmatch(value):
            yield Fault(path, says or f"must match {like}")

    return check


def spoken(longest: int, *, shortest: int = 1) -> Check:
    """Check a string counted in grapheme clusters, as LINE counts texts on buttons.

    Source: https://developers.line.biz/en/docs/messaging-api/text-character-count/
    """
    return text(longest, shortest=shortest, count=graphemes)


def one_of(*values: str) -> Check:
    """Check one of a few words."""

    def check(value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, str) or value not in values:
            yield Fault(path, f"Must be one of the following values: [{', '.join(values)}]")

    return check


def boolean(value: Any, path: Path) -> Iterator[Fault]:
    """Check that a value is `true` or `false`."""
    if not isinstance(value, bool):
        yield Fault(path, "must be true or false")


def integer(low: int, high: int | None = None, *, step: int = 1) -> Check:
    """Check a whole number from `low` to `high`, in steps of `step`."""

    def check(value: Any, path: Path) -> Iterator[Fault]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield Fault(path, "must be an integer")
        elif value < low or (high is not None and value > high):
            yield Fault(path, f"must be {_between(low, high)}")
        elif value % step:
            yield Fault(path, f"must be a multiple of {step}")

    return check


def number(low: float, high: float) -> Check:
    """Check a number from `low` to `high`."""

    def check(value: Any, path: Path) -> Iterator[Fault]:
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not math.isfinite(value)
        ):
            yield Fault(path, "must be a number")
        elif not low <= value <= high:
            yield Fault(path, f"must be {_between(low, high)}")

    return check


def array(item: Check, low: int = 0, high: int | None = None) -> Check:
    """Check a list of `low` to `high` values by `item`."""

    def check(value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault(path, "must be an array")
            return
        if len(value) < low or (high is not None and len(value) > high):
            yield Fault(path, f"Size must be {_between(low, high)}, is {len(value)}")
        for index, member in enumerate(value):
            yield from item(member, (*path, index))

    return check


def _between(low: float, high: float | None) -> str:
    return f"{low} or more" if high is None else f"between {low} and {high}"


def record(fields: Mapping[str, Check], needed: str = "", *rules: Check) -> Check:
    """Check an object of these keys and no others.

    `needed` lists required ones. `rules` are about several keys together; they are looked at once
    each key is right alone.
    """
    required = needed.split()

    def check(value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(path, "must be an object")
            return
        missing = (Fault((*path, key), "must be specified") for key in required if key not in value)
        faults = [*missing, *_values(value, path, fields)]
        yield from faults
        if not faults:
            for rule in rules:
                yield from rule(value, path)

    return check


def _values(value: dict[str, Any], path: Path, fields: Mapping[str, Check]) -> Iterator[Fault]:
    for key, member in value.items():
        if check := fields.get(key):
            yield from check(member, (*path, key))
        else:
            yield Fault((*path, str(key)), "unknown field")


def by_type(kinds: Mapping[str, Check]) -> Check:
    """Check an object by that of `kinds` which its `type` names."""
    known = one_of(*kinds)

    def check(value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(path, "must be an object")
        elif "type" not in value:
            yield Fault((*path, "type"), "must be specified")
        elif faults := list(known(value["type"], (*path, "type"))):
            yield from faults
        else:
            yield from kinds[value["type"]](value, path)

    return check


def anything(_value: Any, _path: Path) -> Iterator[Fault]:
    """Accept every value, for keys checked elsewhere."""
    return iter(())

"""Read the packaged knowledge files, and list all their faults at once.

A file is plain JSON that people edit by hand. It is checked against a `Shape`, one `FieldKind` per
field, before anything is built from it, so the code that builds from it can stay simple.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any, TypeAlias

Reader: TypeAlias = Callable[[str], Any]
"""Turns a file's name into its parsed content. Tests pass one that breaks things."""


class KnowledgeError(Exception):
    """Tell that the knowledge files have faults.

    The message names each: correct them and start again.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        heading = "1 fault" if count == 1 else f"{count} faults"
        super().__init__("\n".join([f"The knowledge files have {heading}:", *self.problems]))


def read_json(name: str) -> Any:
    """Return the parsed content of the packaged file `name`, for example ``centers.json``.

    Raises KnowledgeError with the line and column when the file is not JSON.
    """
    text = resources.files("knowledge").joinpath(name).read_text(encoding="utf-8")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise KnowledgeError([f"{name}: not JSON at {place}: {error.msg}."]) from error


@dataclass(frozen=True, slots=True)
class FieldKind:
    """Say what a field may hold, by a test and by words for people."""

    expected: str
    holds: Callable[[Any], bool]

    def or_null(self) -> "FieldKind":
        """Return the same kind that also allows null."""
        return FieldKind(
            f"{self.expected}, or null", lambda value: value is None or self.holds(value)
        )


Shape: TypeAlias = Mapping[str, FieldKind]


def matching(pattern: str, expected: str) -> FieldKind:
    """Return the kind of text that `pattern` matches from end to end."""
    compiled = re.compile(pattern)
    return FieldKind(
        expected,
        lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None,
    )


def one_of(*values: str) -> FieldKind:
    """Return the kind that allows exactly these texts."""
    return FieldKind(f"one of {', '.join(values)}", lambda value: value in values)


def list_of(kind: FieldKind) -> FieldKind:
    """Return the kind of a list, possibly empty, whose items are all of `kind`."""
    return FieldKind(
        f"a list, each item {kind.expected}",
        lambda value: isinstance(value, list) and all(kind.holds(item) for item in value),
    )


def some(kind: FieldKind) -> FieldKind:
    """Return the kind of a list with at least one item, all of `kind`."""
    return FieldKind(
        f"a list of one or more, each item {kind.expected}",
        lambda value: list_of(kind).holds(value) and bool(value),
    )


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


TEXT = FieldKind(
    "a text that is not empty", lambda value: isinstance(value, str) and bool(value.strip())
)
NOTE = FieldKind("a text, possibly empty", lambda value: isinstance(value, str))
FLAG = FieldKind("true or false", lambda value: isinstance(value, bool))
WHOLE = FieldKind(
    "a whole number above 0",
    lambda value: isinstance(value, int) and not isinstance(value, bool) and value > 0,
)
OBJECT = FieldKind("an object", lambda value: isinstance(value, dict))
DAY = FieldKind("a day such as 2026-11-23", _is_day)
AS_OF = matching(
    r"(\d{4}(-\d\d){0,2}|日付なし)(\D.*)?",
    "the source's date: 2024, 2024-05, 2024-05-01 or 日付なし, with a remark after it if need be",
)
WEBSITE = matching(r"https?://[^\s　]+", "an address that starts with http:// or https://")
PHONE = matching(
    r"0\d{1,3}-\d{2,4}-\d{3,4}", "a telephone number with hyphens such as 03-1234-5678"
)
PREFECTURE = matching(r"0[1-9]|[1-3]\d|4[0-7]", "a prefecture code from 01 to 47")
GRADE = one_of("primary", "secondary")
PREFECTURE_CODES = tuple(f"{number:02}" for number in range(1, 48))


def source_in(read: Reader) -> FieldKind:
    """Return the kind of an id that stands in sources.json."""
    content = read("sources.json")
    known = frozenset(content) if isinstance(content, dict) else frozenset()
    return FieldKind(
        "the id of a source in sources.json",
        lambda value: isinstance(value, str) and value in known,
    )


def rows(content: Any, key: str) -> list[dict[str, Any]]:
    """Return the objects in the list at `key`, or nothing without a list."""
    found = content.get(key) if isinstance(content, dict) else None
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def part(content: Any, key: str) -> dict[str, Any]:
    """Return the object at `key`, and an empty one when there is none."""
    found = content.get(key) if isinstance(content, dict) else None
    return found if isinstance(found, dict) else {}


def faults(where: str, content: Any, shape: Shape) -> Iterator[str]:
    """Yield a sentence for each field of `content` that is missing, unknown or wrong."""
    if not isinstance(content, dict):
        yield f"{where}: expected an object with the fields {', '.join(shape)}."
        return
    for field, kind in shape.items():
        if field not in content:
            yield f"{where}: {field} is missing; expected {kind.expected}."
        elif not kind.holds(content[field]):
            yield f"{where}: {field} is {content[field]!r}; expected {kind.expected}."
    for field in content.keys() - shape.keys():
        yield f"{where}: {field} is not a field here; expected one of {', '.join(shape)}."


def faults_of_rows(file: str, row: str, content: Any, shape: Shape) -> Iterator[str]:
    """Yield the faults of a file that lists rows of one shape.

    `row` is the name of one row.
    """
    if not isinstance(content, list):
        yield f"{file}: expected a list of {row}s."
        return
    for number, each in enumerate(content, 1):
        yield from faults(f"{file}: {row} {number}", each, shape)

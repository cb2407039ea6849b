"""Define the content of a sheet, before it is text, page or PDF.

It is kept as JSON.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any


class Form(StrEnum):
    """Say how the lines of a part are set."""

    FACTS = "facts"
    """A label and its value."""
    LINES = "lines"
    """One sentence below the other."""
    BOXES = "boxes"
    """A box to tick before each."""
    ASKED = "asked"
    """Questions, each with room for its answer."""
    ROOM = "room"
    """Room to write."""


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one line with its label before it.

    `cites` are ids of sources, `link` is an address. `tick` is the id by which a box is ticked.
    """

    text: str
    label: str = ""
    cites: tuple[str, ...] = ()
    link: str = ""
    ticked: bool = False
    tick: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Hold a heading with its lines.

    `cites` are sources of all of them, `drawings` SVG that stands below.
    """

    id: str
    heading: str
    form: Form
    lines: tuple[Line, ...] = ()
    cites: tuple[str, ...] = ()
    drawings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """Hold a cited source by id, name and date.

    `url` is its address or "".
    """

    id: str
    what: str
    date: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold the sheet of one owner as made on a day.

    `sources` are numbered by their place, from 1, in the order in which lines cite them.
    """

    made_on: date
    parts: tuple[Part, ...]
    sources: tuple[Cited, ...] = ()

    def part(self, part_id: str) -> Part | None:
        """Find the part of this id."""
        return next((part for part in self.parts if part.id == part_id), None)

    def with_ticks(self, ticked: Collection[str]) -> Sheet:
        """Tick the boxes whose ids are among these, and no others."""
        return replace(self, parts=tuple(_tick_boxes(part, ticked) for part in self.parts))

    def drawing(self, part_id: str) -> str | None:
        """Find the first drawing of the part of this id, as SVG."""
        part = self.part(part_id)
        return part.drawings[0] if part and part.drawings else None

    def numbers(self, cites: tuple[str, ...]) -> tuple[int, ...]:
        """Find the numbers of the sources of a line or a part."""
        return tuple(place for place, each in enumerate(self.sources, 1) if each.id in cites)


def _tick_boxes(part: Part, ticked: Collection[str]) -> Part:
    # A box without an id stands on a sheet made before boxes had one.
    lines = (
        replace(each, ticked=each.tick in ticked) if each.tick else each for each in part.lines
    )
    return replace(part, lines=tuple(lines))


_ID_LENGTH = 8


def with_box_ids(part: Part) -> Part:
    """Give each box an id made of its words.

    Its tick holds as long as the words stay the same.
    """
    if part.form is not Form.BOXES:
        return part
    lines = (replace(each, tick=each.tick or _id_of(each.text)) for each in part.lines)
    return replace(part, lines=tuple(lines))


def _id_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_ID_LENGTH]


def cites_of(parts: Iterable[Part]) -> Iterator[str]:
    """List the ids of cited sources in reading order."""
    for part in parts:
        yield from part.cites
        for line in part.lines:
            yield from line.cites


def to_dict(sheet: Sheet) -> dict[str, Any]:
    """Write a sheet as JSON-able data."""
    return {**asdict(sheet), "made_on": sheet.made_on.isoformat()}


def from_dict(data: Mapping[str, Any]) -> Sheet:
    """Read a sheet from `to_dict`."""
    return Sheet(
        date.fromisoformat(data["made_on"]),
        tuple(map(_part, data["parts"])),
        tuple(Cited(**each) for each in data["sources"]),
    )


def _part(data: Mapping[str, Any]) -> Part:
    lines = tuple(Line(**{**each, "cites": tuple(each["cites"])}) for each in data["lines"])
    named = data["id"], data["heading"], Form(data["form"])
    return Part(*named, lines, tuple(data["cites"]), tuple(data.get("drawings", ())))

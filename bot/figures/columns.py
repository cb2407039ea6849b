"""Draw columns above and below zero, with a broken line over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.figures.svg import ENOUGH, INK, LACKING, Size, document, element, text


@dataclass(frozen=True, slots=True)
class Column:
    """Hold one column with its label, value, and words.

    `words` is "" where they would crowd.
    """

    label: str
    value: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Hold a picture of columns, and a line with its own name.

    The title comes with a text alternative. `line` has a value for each column, or is empty.
    `above` and `below` name the colours.
    """

    id: str
    title: str
    description: str
    columns: Sequence[Column]
    above: str
    below: str
    unit: str
    line: Sequence[int] = ()
    line_name: str = ""


_SIZE = Size(720, 440)
_LEFT, _RIGHT, _TOP, _BOTTOM = 24, 24, 150, 370
_WIDEST = 64
_LABEL_BELOW, _NEAR = 34, 26


def draw_columns(picture: Columns) -> str:
    """Draw the picture as SVG."""
    scale = _Scale(picture)
    parts = (
        text(_LEFT, 36, picture.title, 25, "start"),
        *_legend(picture),
        *(
            part
            for place, each in enumerate(picture.columns)
            for part in _column(place, each, scale)
        ),
        element(
            "line",
            x1=_LEFT,
            y1=scale.zero,
            x2=_SIZE.width - _RIGHT,
            y2=scale.zero,
            stroke=INK,
            stroke_width=2,
        ),
        *_line(picture, scale),
    )
    return document(_SIZE, picture.id, picture.title, picture.description, parts)


class _Scale:
    """Place values in the picture."""

    def __init__(self, picture: Columns) -> None:
        values = [0, *(each.value for each in picture.columns), *picture.line]
        self._low, self._high = min(values), max(values)
        self._span = max(self._high - self._low, 1)
        self.step = (_SIZE.width - _LEFT - _RIGHT) / max(len(picture.columns), 1)
        self.zero = self.height(0)
        self._line = picture.line

    def height(self, value: int) -> float:
        return _TOP + (self._high - value) * (_BOTTOM - _TOP) / self._span

    def free_above(self, place: int, top: float) -> float:
        """Find room above a column for its value, clear of the line."""
        line = self.height(self._line[place]) if self._line else top
        return (line if abs(top - line - 14) < _NEAR else top) - 10

    def middle(self, place: int) -> float:
        return _LEFT + self.step * (place + 0.5)


def _column(place: int, column: Column, scale: _Scale) -> Iterator[str]:
    x, width = scale.middle(place), min(scale.step * 0.62, _WIDEST)
    top, bottom = sorted((scale.height(column.value), scale.zero))
    yield element(
        "rect",
        x=x - width / 2,
        y=top,
        width=width,
        height=max(bottom - top, 1),
        fill=LACKING if column.value < 0 else ENOUGH,
    )
    if column.words:
        is_below, fits = column.value < 0, len(column.words) * _LETTER <= width
        if fits and bottom - top >= _ROOM:
            y = bottom - 10 if is_below else top + 24
            yield text(x, y, column.words, 19, colour="#fff")
        else:
            y = bottom + 22 if is_below else scale.free_above(place, top)
            yield text(x, y, column.words, 19)
    yield text(x, _BOTTOM + _LABEL_BELOW + 24, column.label, 19)


_ROOM, _LETTER = 36, 13
"""Height and width that a value needs to stand in its column."""


def _line(picture: Columns, scale: _Scale) -> Iterator[str]:
    if not picture.line:
        return
    points = [
        (scale.middle(place), scale.height(value)) for place, value in enumerate(picture.line)
    ]
    yield element(
        "polyline",
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        fill="none",
        stroke=INK,
        stroke_width=3,
        stroke_dasharray="9 6",
    )
    for x, y in points:
        yield element("circle", cx=x, cy=y, r=4.5, fill=INK)


def _legend(picture: Columns) -> Iterator[str]:
    yield element("rect", x=_LEFT, y=58, width=18, height=18, fill=ENOUGH)
    yield text(_LEFT + 26, 74, picture.above, 19, "start")
    if any(each.value < 0 for each in picture.columns):
        yield element("rect", x=_LEFT + 250, y=58, width=18, height=18, fill=LACKING)
        yield text(_LEFT + 276, 74, picture.below, 19, "start")
    if picture.line:
        yield element(
            "line",
            x1=_LEFT,
            y1=100,
            x2=_LEFT + 40,
            y2=100,
            stroke=INK,
            stroke_width=3,
            stroke_dasharray="9 6",
        )
        yield text(_LEFT + 50, 107, picture.line_name, 19, "start")
    yield text(_SIZE.width - _RIGHT, 74, picture.unit, 17, "end")

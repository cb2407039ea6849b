"""Draw bars to the right, with a mark to compare them with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.figures.svg import ENOUGH, INK, LACKING, Size, document, element, text


@dataclass(frozen=True, slots=True)
class Bar:
    """Hold one bar with its name, length, words, and judgement.

    The length is None for none.
    """

    name: str
    length: float | None
    words: str
    is_good: bool


@dataclass(frozen=True, slots=True)
class Bars:
    """Hold a picture of bars, with a mark and its name.

    The title comes with a text alternative. `mark` is None for none.
    """

    id: str
    title: str
    description: str
    bars: Sequence[Bar]
    mark: float | None = None
    mark_name: str = ""


_WIDTH, _LEFT, _RIGHT, _TOP, _STEP, _THICK = 720, 24, 190, 76, 84, 30
_MOST_MARKS = 4
"""Longest bar, in lengths of the mark. Longer ones are cut, so that the others show."""


def draw_bars(picture: Bars) -> str:
    """Draw the picture as SVG."""
    bottom = _TOP + _STEP * len(picture.bars)
    size = Size(_WIDTH, bottom + 16)
    longest = _longest(picture)
    parts = (
        text(_LEFT, 36, picture.title, 25, "start"),
        *(
            part
            for place, each in enumerate(picture.bars)
            for part in _bar(place, each, longest, picture.mark)
        ),
        *_mark_name(picture, longest, bottom),
    )
    return document(size, picture.id, picture.title, picture.description, parts)


def _longest(picture: Bars) -> float:
    lengths = [each.length or 0.0 for each in picture.bars]
    longest = max([*lengths, (picture.mark or 0) * 1.2, 1e-9])
    return min(longest, picture.mark * _MOST_MARKS) if picture.mark else longest


def _width_of(length: float, longest: float) -> float:
    return (_WIDTH - _LEFT - _RIGHT) * min(length / longest, 1.0)


def _mark_name(picture: Bars, longest: float, bottom: float) -> Iterator[str]:
    if picture.mark is not None:
        x = _LEFT + _width_of(picture.mark, longest)
        yield text(x, bottom, picture.mark_name, 18)


def _bar(place: int, bar: Bar, longest: float, mark: float | None) -> Iterator[str]:
    y = _TOP + _STEP * place
    yield text(_LEFT, y, bar.name, 20, "start")
    width = _width_of(max(bar.length or 0.0, 0.0), longest)
    if bar.length is not None:
        colour = ENOUGH if bar.is_good else LACKING
        yield element("rect", x=_LEFT, y=y + 10, width=max(width, 2), height=_THICK, fill=colour)
    x = _LEFT + width + 10
    if mark is not None:
        at = _LEFT + _width_of(mark, longest)
        yield _mark_line(at, y)
        x = at + 10 if x - 10 < at < x + _WORDS else x
    yield text(x, y + 32, bar.words, 20, "start")


_WORDS = 90
"""Room for 「約14.6年」, which the mark must not strike through."""


def _mark_line(x: float, y: float) -> str:
    return element(
        "line",
        x1=x,
        y1=y + 4,
        x2=x,
        y2=y + _THICK + 16,
        stroke=INK,
        stroke_width=2.5,
        stroke_dasharray="4 4",
    )

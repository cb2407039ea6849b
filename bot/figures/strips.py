"""Draw rows of marks over time, one row for each question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.figures.svg import ENOUGH, INK, LACKING, Size, document, element, text


@dataclass(frozen=True, slots=True)
class Strip:
    """Hold one row, with a level for each day.

    Levels go from 0 (well) to `WORST`; None where nothing was said.
    """

    name: str
    levels: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Strips:
    """Hold a picture of rows, with days and meanings of the marks.

    The title comes with a text alternative.
    """

    id: str
    title: str
    description: str
    days: Sequence[str]
    strips: Sequence[Strip]
    meanings: Sequence[str]


WORST = 2
_WIDTH, _LEFT, _RIGHT, _TOP, _STEP, _MARK = 720, 110, 40, 130, 78, 13
_COLOURS = (ENOUGH, INK, LACKING)
"""Colours of the marks. Shapes differ as well, so that no colour alone tells anything."""


def draw_strips(picture: Strips) -> str:
    """Draw the picture as SVG."""
    bottom = _TOP + _STEP * len(picture.strips)
    parts = (
        text(24, 36, picture.title, 25, "start"),
        *_legend(picture.meanings),
        *(
            part
            for place, each in enumerate(picture.strips)
            for part in _strip(_TOP + _STEP * place, each, len(picture.days))
        ),
        *(
            text(_x(place, len(picture.days)), bottom, day, 18)
            for place, day in enumerate(picture.days)
        ),
    )
    size = Size(_WIDTH, bottom + 24)
    return document(size, picture.id, picture.title, picture.description, parts)


def _x(place: int, count: int) -> float:
    """Find where a day stands, a lone one in the middle."""
    room = _WIDTH - _LEFT - _RIGHT
    return _LEFT + room * ((place + 0.5) / count)


def _legend(meanings: Sequence[str]) -> Iterator[str]:
    x = 36.0
    for level, words in enumerate(meanings):
        yield _draw_mark(x, 66, level)
        yield text(x + 24, 73, words, 18, "start")
        x += 24 + 18 * len(words) + 36


def _strip(y: float, strip: Strip, count: int) -> Iterator[str]:
    yield text(24, y + 7, strip.name, 20, "start")
    told = [
        (_x(place, count), _height(y, level), level)
        for place, level in enumerate(strip.levels)
        if level is not None
    ]
    points = " ".join(f"{x:.1f},{height:.1f}" for x, height, _ in told)
    yield element("polyline", points=points, fill="none", stroke=INK, stroke_width=1.5, opacity=0.5)
    yield from (_draw_mark(x, height, level) for x, height, level in told)


def _height(y: float, level: int) -> float:
    """Set what stands worse lower."""
    return y + (level - 1) * 20


def _draw_mark(x: float, y: float, level: int) -> str:
    colour = _COLOURS[level]
    if level == 0:
        return element("circle", cx=x, cy=y, r=_MARK - 2, fill=colour)
    if level == 1:
        corners = f"{x},{y - _MARK} {x - _MARK},{y + _MARK - 2} {x + _MARK},{y + _MARK - 2}"
        return element("polygon", points=corners, fill=colour)
    a, b = _MARK - 3, _MARK - 3
    strokes = f"M{x - a} {y - b}L{x + a} {y + b}M{x - a} {y + b}L{x + a} {y - b}"
    return element("path", d=strokes, stroke=colour, stroke_width=5, fill="none")

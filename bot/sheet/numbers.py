"""Write an owner's figures and their pictures as parts of a sheet.

Pictures are SVG.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from bot.figures.figures import Figures
from bot.figures.indicators import six_indicators
from bot.figures.pictures import Picture
from bot.model.messages import Card
from bot.presentation.cards.figure_cards import DRAWN_FROM, SOURCES, picture_card
from bot.presentation.figure_words import origin_lines
from bot.presentation.pictures import drawings_of
from bot.presentation.wording import say
from bot.sheet.sheet import Form, Line, Part
from knowledge.library import Library

_DRAWN: Mapping[Picture, tuple[str, ...]] = {
    Picture.CASH: ("cash",),
    Picture.DEBT: ("debt", "load"),
    Picture.SIX: (),
}
"""The drawings that stand with each picture's words, by their ids."""


def figure_parts(figures: Figures, today: date, library: Library, months: int) -> Iterator[Part]:
    """Write the pictures that figures suffice for, then every figure's origin."""
    if not figures:
        return
    drawn = {each.id: each.svg for each in drawings_of(figures, today, months)}
    for picture in filter(lambda each: _suffices(figures, each), Picture):
        drawings = tuple(drawn[each] for each in _DRAWN[picture] if each in drawn)
        card = picture_card(picture, figures, today, library, months)
        yield _picture_part(picture, card, drawings)
    lines = tuple(map(_unmarked, origin_lines(figures)))
    yield Part("figures", say("sheet.figures_heading"), Form.LINES, lines)


def _unmarked(words: str) -> Line:
    return Line(words.removeprefix(say("sheet.bullet")))


def _suffices(figures: Figures, picture: Picture) -> bool:
    if picture is Picture.SIX:
        return any(each.value is not None for each in six_indicators(figures))
    return all(figures.value(name) is not None for name in DRAWN_FROM[picture])


def part_id(picture: Picture) -> str:
    """Name the part that holds a picture."""
    return f"figure-{picture}"


def _picture_part(picture: Picture, card: Card, drawings: tuple[str, ...]) -> Part:
    # Sources are numbered on a sheet, and stand at its end.
    sections = (each for each in card.sections if each.heading != say("cards.sources_heading"))
    lines = (_unmarked(line) for section in sections for line in section.lines)
    return Part(part_id(picture), card.title, Form.LINES, tuple(lines), SOURCES[picture], drawings)

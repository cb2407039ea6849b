"""Write a sheet as plain text.

For a chat, a terminal, and a bot without pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.presentation.wording import say
from bot.sheet.sheet import Form, Line, Part, Sheet

BOX, TICKED = "□", "☑"


def as_text(sheet: Sheet) -> str:
    """Write the whole sheet, one part below the other."""
    parts = ["\n".join(_part(part, sheet)) for part in sheet.parts if part.form is not Form.ROOM]
    head = "\n".join((f"■ {say('sheet.title')}", say("sheet.intro"), made_on(sheet.made_on)))
    return "\n\n".join((head, *parts, "\n".join(_sources(sheet)), say("sheet.estimate")))


def made_on(day: date) -> str:
    """Say when a sheet was made."""
    return say("sheet.made_on", date=in_words(day))


def in_words(day: date) -> str:
    """Write a date with its year, as 2026年11月30日."""
    return say("sheet.date", year=day.year, month=day.month, day=day.day)


def labelled(line: Line) -> str:
    """Write a line with its label in front."""
    return say("sheet.fact", label=line.label, text=line.text) if line.label else line.text


def _part(part: Part, sheet: Sheet) -> Iterator[str]:
    yield say("signs.heading", heading=part.heading) + numbers(part.cites, sheet)
    for place, line in enumerate(part.lines, start=1):
        yield _mark(part, line, place) + labelled(line) + numbers(line.cites, sheet)


def _mark(part: Part, line: Line, place: int) -> str:
    if part.form is Form.BOXES:
        return f"{TICKED if line.ticked else BOX} "
    return f"{place}. " if part.form is Form.ASKED else ""


def numbers(cites: tuple[str, ...], sheet: Sheet) -> str:
    """Write the numbers of sources behind a line."""
    found = say("signs.comma").join(map(str, sheet.numbers(cites)))
    return say("sheet.numbers", numbers=found) if found else ""


def _sources(sheet: Sheet) -> Iterator[str]:
    yield say("signs.heading", heading=say("sheet.sources_heading"))
    for number, each in enumerate(sheet.sources, start=1):
        yield say("sheet.source", number=number, what=each.what, date=each.date)

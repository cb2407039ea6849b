"""A sheet as a PDF, where the extra `pdf` is installed."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from bot.presentation.wording import say
from bot.sheet.qr import qr_code
from bot.sheet.sheet import Part, Sheet
from bot.sheet.text import made_on

if TYPE_CHECKING:
    from typst import Fonts


def can_set() -> bool:
    """Ask whether a PDF can be made here."""
    return all(find_spec(name) for name in ("typst", "pylopdf_fonts_jp"))


def as_pdf(sheet: Sheet, address: str) -> bytes:
    """Set a sheet with its address as a PDF.

    The same sheet gives the same bytes. It takes a third of a second of one core: never within a
    turn.
    """
    # Loaded only where a PDF is wanted: typst has forty megabytes.
    import typst  # noqa: PLC0415 - see above

    def set_in(size: str) -> bytes:
        inputs = {**_inputs(sheet, address), "size": size}
        content: bytes = typst.compile(
            _template(), font_paths=_load_fonts(), sys_inputs=inputs, timestamp=0
        )
        return content

    content = set_in(_SIZE)
    return content if len(_SIDE.findall(content)) <= MOST_SIDES else set_in(_SMALLER)


MOST_SIDES = 2
_SIZE, _SMALLER = "8.6", "8"
"""Points of the letters, the smaller ones for a sheet with a third side.

It has twelve months of cash and check-ins.
"""

_SIDE = re.compile(rb"/Type ?/Page\b")
"""The beginning of each side in a PDF that typst makes."""


def as_pictures(sheet: Sheet, address: str, dots_per_inch: int) -> list[bytes]:
    """Set a sheet as PNG, a picture for each side."""
    import typst  # noqa: PLC0415 - as above

    # A list only where there are several, whatever its annotation says.
    drawn: Any = typst.compile(
        _template(),
        font_paths=_load_fonts(),
        sys_inputs=_inputs(sheet, address),
        format="png",
        ppi=dots_per_inch,
    )
    return drawn if isinstance(drawn, list) else [drawn]


def _inputs(sheet: Sheet, address: str) -> dict[str, str]:
    return {"sheet": json.dumps(_data(sheet, address), ensure_ascii=False), "size": _SIZE}


def as_png(svg: str) -> bytes:
    """Set a drawing alone on white, for a chat.

    It takes a thirtieth of a second of one core.
    """
    import typst  # noqa: PLC0415 - as above

    content: bytes = typst.compile(
        _ALONE, font_paths=_load_fonts(), sys_inputs={"svg": svg}, format="png", ppi=_PPI
    )
    return content


_ALONE = b"""#set page(width: 720pt, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)"""
_PPI = 104
"""Makes 720 pt into 1040 pixels, as wide as LINE shows ("Flex Message", image)."""


@cache
def _template() -> bytes:
    return files("bot.sheet").joinpath("sheet.typ").read_bytes()


@cache
def _load_fonts() -> Fonts:
    """Read the letters of Noto Sans JP and no others.

    The PDF is then the same on every machine.
    """
    import typst  # noqa: PLC0415 - as above

    folder = str(files("pylopdf_fonts_jp"))
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )


def _data(sheet: Sheet, address: str) -> dict[str, Any]:
    """Gather the data for the template, with sources as numbers."""
    return {
        "words": {
            "title": say("sheet.title"),
            "intro": say("sheet.intro"),
            "made_on": made_on(sheet.made_on),
            "name": say("sheet.name"),
            "sources_heading": say("sheet.sources_heading"),
            "estimate": say("sheet.estimate"),
            "qr_title": say("sheet.qr_title"),
            "qr_about": say("sheet.qr_about"),
        },
        "parts": [_part(part, sheet) for part in sheet.parts],
        "sources": [
            say("sheet.source", number=number, what=each.what, date=each.date)
            for number, each in enumerate(sheet.sources, start=1)
        ],
        "qr": qr_code(address),
    }


def _part(part: Part, sheet: Sheet) -> dict[str, Any]:
    lines = [asdict(line) | {"numbers": sheet.numbers(line.cites)} for line in part.lines]
    return {
        "heading": part.heading,
        "form": part.form,
        "numbers": sheet.numbers(part.cites),
        "lines": lines,
        "drawings": part.drawings,
    }

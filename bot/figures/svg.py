"""Write SVG as text, with escaped words.

There is no style sheet, so that no page's policy can break it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

ENOUGH, LACKING = "#2b7bd0", "#d2500a"
"""Blue and orange. Three to one on white and near black, also to the colour-blind."""

INK = "currentColor"
"""Gives words and axes the page's colour, light or dark."""

FAMILY = "'Noto Sans JP','Noto Sans CJK JP','Hiragino Sans','Yu Gothic',sans-serif"


@dataclass(frozen=True, slots=True)
class Size:
    """The width and height of a drawing, in its own units."""

    width: int
    height: int


def element(name: str, words: str = "", **attributes: str | float) -> str:
    """Write an element with escaped words.

    `_` in a name stands for `-`.
    """
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_short(value))}"
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{escape(words)}</{name}>" if words else f"<{name}{written}/>"


def _short(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


def text(
    x: float, y: float, words: str, size: int = 20, anchor: str = "middle", colour: str = INK
) -> str:
    """Write words, their baseline at `y`."""
    return element("text", words, x=x, y=y, font_size=size, text_anchor=anchor, fill=colour)


def document(size: Size, id_: str, title: str, description: str, parts: Iterable[str]) -> str:
    """Put parts together to a drawing with a text alternative.

    `id_` makes the ids of its words unique on a page.
    """
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size.width} {size.height}" '
        f'role="img" aria-labelledby="{id_}-title {id_}-text" font-family={quoteattr(FAMILY)}>'
    )
    words = element("title", title, id=f"{id_}-title") + element(
        "desc", description, id=f"{id_}-text"
    )
    return head + words + "".join(parts) + "</svg>"

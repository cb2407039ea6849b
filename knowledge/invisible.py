"""List invisible marks.

Variation selectors, joiners, fillers, directions. They come along when text is copied, or with a
kanji's other form (葛󠄀), and must never change what a text matches. Source: Unicode 16,
DerivedCoreProperties, Default_Ignorable_Code_Point.
"""

from __future__ import annotations

import re

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]+"
)
"""Zero-width marks, directions, variation selectors, fillers and tags."""


def visible(text: str) -> str:
    """Return the text without the marks that nobody sees."""
    return text if text.isascii() else _INVISIBLE.sub("", text)

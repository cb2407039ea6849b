"""Write text in the form in which trouble is looked for.

It has nothing between the letters, and one spelling of each kana.
"""

from __future__ import annotations

import re

from bot.understand.text import fold
from bot.understand.trouble.spelling import spelt
from knowledge.made_once import made_once

_SMALL = str.maketrans("ぁぃぅぇぉゎ", "あいうえおわ")
_SCATTERED = re.compile(r"(?<!\w)\w(?:[^\w]{1,8}\w(?!\w)){1,}+")
"""Single letters with marks or blanks between them."""

_SEPARATORS = re.compile(r"[^\w]+")
"""Marks and blanks between the letters."""

_DRAWN = re.compile(r"(?<!ー)ー++(?=[いたくなとよわ])|(?<=[いたなよわ])ー++")
"""A long mark that only draws out a word of despair, as in 「死にたーい」."""


@made_once
def folded(text: str) -> str:
    """Fold words to hiragana in one spelling, vowels large, none drawn out."""
    return spelt(_DRAWN.sub("", fold(text)).translate(_SMALL))


def gathered(text: str) -> str:
    """Join letters that stand apart (「し・に・た・い」)."""
    return _SCATTERED.sub(lambda found: _SEPARATORS.sub("", found[0]), text)

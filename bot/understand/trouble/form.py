"""The form in which trouble is looked for: nothing between the letters, one spelling of each kana."""

from __future__ import annotations

import re

from bot.understand.text import fold
from bot.understand.trouble.spelling import spelt

_SMALL = str.maketrans("ぁぃぅぇぉゎ", "あいうえおわ")
_SCATTERED = re.compile(r"(?<!\w)\w(?:[^\w]{1,8}\w(?!\w)){1,}+")
_SEPARATORS = re.compile(r"[^\w]+")
_DRAWN = re.compile(r"(?<!ー)ー++(?=[いたくなとよわ])|(?<=[いたなよわ])ー++")


def folded(text: str) -> str:
    """The words alone in hiragana and one spelling, vowels large and none drawn out."""
    return spelt(_DRAWN.sub("", fold(text)).translate(_SMALL))


def gathered(text: str) -> str:
    """The text, letters that stand apart (「し・に・た・い」) put together again."""
    return _SCATTERED.sub(lambda found: _SEPARATORS.sub("", found[0]), text)

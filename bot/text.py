"""Typed text made comparable: one place for what counts as the same word."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 2000
"""Characters of one message that are read; nobody's question is longer, and a paste may be."""

_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_DROPPED = re.compile(r"[^\w%/]|_")
_POLITE = re.compile(
    r"(お願いします|お願い|ください|下さい|と思います|とおもいます|かもしれません|かも|でしょうか|"
    r"なんですけど|ですけど|ですが|なんです|です|ます|だよ|だね|だな|かな|だ|よ|ね|な|わ|の|で)+$"
)


def clean(text: str) -> str:
    """What was typed without control characters and odd widths, cut to `LONGEST` characters."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST])
    kept = "".join(c if c == "\n" or unicodedata.category(c)[0] != "C" else " " for c in plain)
    return re.sub(r"[^\S\n]+", " ", kept).strip()


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower case, katakana as hiragana, without spaces and punctuation: the form for comparing."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text).lower()).translate(_KATAKANA)


@lru_cache(maxsize=4096)
def stem(text: str) -> str:
    """`fold` without polite and spoken endings; the folded text itself when nothing would remain."""
    folded = fold(text)
    return _POLITE.sub("", folded) or folded


def has_words(text: str) -> bool:
    """Whether anything can be read in it: a letter, a digit, a kana or a kanji."""
    return any(character.isalnum() for character in text)

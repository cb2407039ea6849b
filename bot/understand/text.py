"""Typed text made comparable: one place for what counts as the same word.

Nothing here remembers what it was given: what people type is kept in conversations only.
"""

from __future__ import annotations

import re
import unicodedata

from knowledge.invisible import visible

LONGEST = 2000
"""Characters of one message that are read; nobody's question is longer, and a paste may be."""

LONGEST_HEARD = 5000
"""Characters in which despair is listened for; LINE takes no longer text."""

_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_DROPPED = re.compile(r"[^\w%/]|_")

_ENDINGS = (
    "お願いします お願い おねがいします ください 下さい と思います とおもいます かもしれません かも でしょうか でしょう "
    "なんですけど ですけど ですが けど (?<=[たるいな])んです です ます でございます だよ だね だな かな じゃ ぜ ぞ や で だ よ ね な わ の "
    "ー っ ぁ ぇ"
)
"""Polite and spoken endings that do not change what a short message means."""

_POLITE = re.compile(rf"(?:{'|'.join(sorted(_ENDINGS.split(), key=len, reverse=True))})+$")


def clean(text: str) -> str:
    """What was typed without control characters and odd widths, cut to `LONGEST` characters."""
    plain = _normal(text[:LONGEST])
    kept = "".join(c if c == "\n" or unicodedata.category(c)[0] != "C" else " " for c in plain)
    return re.sub(r"[^\S\n]+", " ", kept).strip()


def hiragana(text: str) -> str:
    """The text with its katakana as hiragana."""
    return text.translate(_KATAKANA)


def one_of(*patterns: str) -> str:
    """A pattern for folded text that is any of several; each string holds one or more of them.

    They stand with spaces between them, since folded text has none, and katakana reads as hiragana.
    """
    return f"(?:{'|'.join(hiragana(each) for pattern in patterns for each in pattern.split())})"


def squeeze(text: str) -> str:
    """Lower case, one width, without spaces and punctuation."""
    lower = _normal(_normal(text).lower())
    return _normal(_DROPPED.sub("", lower))


def fold(text: str) -> str:
    """The form for comparing: squeezed, and katakana as hiragana."""
    return hiragana(squeeze(text))


def stem(text: str) -> str:
    """`fold` without polite and spoken endings; the folded text itself when nothing would remain."""
    folded = fold(text)
    return _POLITE.sub("", folded) or folded


def has_words(text: str) -> bool:
    """Whether anything can be read in it: a letter, a digit, a kana or a kanji."""
    return any(character.isalnum() for character in text)


def _normal(text: str) -> str:
    """Write one visible code point for each character, whatever its width."""
    return text if text.isascii() else unicodedata.normalize("NFKC", visible(text))

"""Find the unread parts of a list.

「八十二と公庫」 with an unknown bank is not read in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understand.reading.clause import Kind
from bot.understand.reading.facts.heard import Heard
from bot.understand.reading.facts.lexicon import Lexicon
from bot.understand.reading.plain import plain

_BETWEEN = re.compile(r"[・/／+＋&＆\s]++|(?<=[^ぁ-ん])[とや](?=[^ぁ-ん])")
"""Marks and particles between items of a list."""

_NAME = re.compile(r"([一-龠ァ-ヶーA-Za-z]{2,10})(?:さん|くらい|だけ|とか|です|も|から|が)?")
"""A noun in kanji, katakana or Latin letters with its particle."""

_MOST = 3
"""Pieces named to an owner. More would be their message over again."""


def unread_in(heard: Heard, lexicon: Lexicon) -> tuple[str, ...]:
    """Find the names in a list of answers that no question knows.

    A list has several items of which at least one was read.
    """
    items = [
        item
        for words in heard
        if words.clause.kind is Kind.STATEMENT
        for item in _items(words.clause.text)
    ]
    if len(items) < 2:  # noqa: PLR2004 - one is no list
        return ()
    known = [any(lexicon.find(plain(item)).values()) for item in items]
    if not any(known):
        return ()
    names = (_NAME.fullmatch(item) for item, read in zip(items, known, strict=True) if not read)
    return tuple(name[1] for name in names if name)[:_MOST]


def _items(text: str) -> Iterator[str]:
    return (item for item in _BETWEEN.split(text) if item)

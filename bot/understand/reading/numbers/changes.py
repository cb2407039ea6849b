"""Read a change of sales against a year ago.

As 「3割減」, 「前年比80%」, 「8掛け」 or 「半分になった」.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understand.reading.numbers import quantities
from bot.understand.reading.numbers.counting import Counting, list_amounts, within
from bot.understand.reading.numbers.quantities import Amount
from bot.understand.reading.plain import plain

_FULL = 100.0
"""Per cent."""

_UP = re.compile(r"増|伸|(?<![売以])上が|上昇|あっぷ|ぷらす|良くな|倍|[+＋]")
"""Words of a rise, but not 売上が."""

_DOWN = re.compile(r"減|落|下が|だうん|まいなす|低下|下落|げん$|へ[らっり]|ま$")
"""Words of a fall."""

_AT_A_LEVEL = re.compile(
    r"^(?:くらい|ぐらい|ほど|程度|近く|弱|強|以下|しか)?(?:まで|に(?:な|減|落|下|まで|とど)|しか|の水準|いくか|掛け|がけ)"
    r"|^以下(?:$|で|だ|や)"
)
"""Words by which a share is the level that is left, as in 「7割に減った」."""

_COMPARED = re.compile(
    r"(?:前年|去年|昨年|前|コロナ前|1年前)(?:比|対比|の|と比べて?|に比べて?)$|前年比|対前年|昨対|昨年対比"
)
"""Words before a share that compare it with an earlier time."""

_NOT_UP = re.compile(r"増えていない|伸びていない|上がっていない|増えない")
"""Denied rises, which leave open how sales went."""

_MINUS = re.compile(r"[▲△▼−-]$|マイナス$")
"""A minus or a triangle before a number."""


def count_change(counting: Counting) -> set[str]:
    """Bands are per cent of a fall, a rise below zero."""
    if fallen := _from_to(counting.texts):
        return within(fallen, counting.bands)
    found = list_amounts(quantities.shares, counting.texts)
    if len(found) > 1 and not _DOWN.search(plain(found[0].after)):
        found = found[-1:]
    falls = [_falls(amount) for amount in found]
    known = [each for fall in falls for each in fall]
    return within(known, counting.bands) if all(falls) else set()


_FROM_TO = re.compile(
    r"(?<![\d.])(\d{2,5})(?:万|円|億)*(?:くらい|ほど|は)?(?:あった|だった|売れ|いって|行って|から|やった|が(?=\d)|[→⇒])"
    r"[^\d]{0,12}(\d{1,5})(?:万|円|億|くらい|ほど|しか|です|に|まで|や|$)"
)
"""Two sums, of before and of now."""


def _from_to(texts: Sequence[str]) -> list[float]:
    """Compute the per cent of a fall, as in 「月300あったのがいま180」."""
    pairs = [found for text in texts for found in _FROM_TO.finditer(quantities.arabic(text))]
    sums = [(float(found[1]), float(found[2])) for found in pairs]
    return [_FULL - _FULL * new / old for old, new in sums if old]


def _falls(amount: Amount) -> tuple[float, ...]:
    """Compute the per cent of a fall, below zero for a rise.

    More than one value when unclear.
    """
    after, around = plain(amount.after), plain(amount.before + amount.after)
    if _MINUS.search(amount.before):
        return (amount.value,)
    if amount.words[-1] in _FACTORS or _AT_A_LEVEL.search(after):
        return (_FULL - amount.value,)
    if _COMPARED.search(amount.before) and not _moves(after):
        return (_FULL - amount.value,)
    if _UP.search(around) and not _DOWN.search(around):
        return () if _NOT_UP.search(around) else (-amount.value,)
    if _DOWN.search(around) or amount.value < _SURELY_A_FALL:
        return (amount.value,) if amount.value <= _FULL else ()
    return (
        (_FULL - amount.value,)
        if amount.value >= _SURELY_A_LEVEL
        else (_FULL - amount.value, amount.value)
    )


_FACTORS = "倍け"
"""Units of the share that remains, as in 1.4倍 and 8掛け."""

_SURELY_A_FALL, _SURELY_A_LEVEL = 70, 90
"""Per cent of a lone share that surely fell, or surely remains.

「3割」 is a fall and 「95%」 a level; between them it may be either.
"""


def _moves(after: str) -> bool:
    return _UP.search(after[:6]) is not None or _DOWN.search(after[:6]) is not None

"""Read a sum of capital in millions of yen."""

from __future__ import annotations

from bot.understand.reading.numbers import yen
from bot.understand.reading.numbers.counting import Counting, within
from bot.understand.reading.numbers.yen import Unit

_MILLION = 10**6
_HUNDRED_MILLION = 100
"""億, in millions."""


def count_money(counting: Counting) -> set[str]:
    """Take the last sum told: 「二億を減資して五千万」 is of now.

    Of 「一億以下で五千万よりは多い」 none is the sum.
    """
    sums = [each for each in yen.sums_in("、".join(counting.texts)) if each.unit is not Unit.NONE]
    if not sums or (sums[1:] and any(not each.low or each.high is None for each in sums)):
        return set()
    told = _millions(sums[-1])
    if (
        sums[1:]
        and told < _HUNDRED_MILLION <= _millions(sums[-2])
        and not sums[-1].before.strip("と、 ")
    ):
        told += _millions(sums[-2])  # 「いちおく よんせんまん」
    return within([told], counting.bands)


def _millions(found: yen.Sum) -> float:
    """Take 「3億超」 as more than that, and 「1億以下」 as up to it."""
    if found.high is None:
        return found.low / _MILLION + 1
    return (found.value if found.low else found.high) / _MILLION

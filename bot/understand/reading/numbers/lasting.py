"""Read how many months something lasts, as 「あと2か月」."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understand.reading.numbers import quantities, yen
from bot.understand.reading.numbers.counting import Counting, list_amounts, within
from bot.understand.reading.numbers.quantities import Amount
from bot.understand.reading.numbers.yen import Unit
from bot.understand.reading.plain import plain

_NOT_LASTING = re.compile(
    r"^(?:分|くらい|ぐらい|ほど)?[はもと]?(?:もたない|持たない|もちそうに|もちそうもない|ない|いけない)"
)
"""Money that does not last so long, as in 「3か月もたない」."""

_PERHAPS = re.compile(r"^[はも]?(?:もつか|持つか)")
"""Money that perhaps lasts so long, as in 「3か月もつか」."""

_AT_LEAST = re.compile(r"^(?:以上|より|いじょう|は(?:確実|最低)|超)")
"""Money that lasts so long or longer."""

_REASSURED = re.compile(
    r"^(?:分|くらい|ぐらい|ほど|程度|間|先)?(?:まで)?(?:なら|は)"
    r"(?:なんとか|何とか|どうにか|たぶん|まだ|十分|じゅうぶん|余裕で|楽に|ぎりぎり|普通に|多分|おそらく)*+"
    r"(?:大丈夫|平気|問題ない|心配ない|いけ|行け|もつ|もち|もて|持つ|持ち|持て|しのげ|凌げ|食いつなげ|やれ|やっていけ|足りる|足り(?:そう|ます|る)|ある|回)"
)
"""Words that reassure, as 「3か月は大丈夫」, which is not 「3か月もたない」."""

_SPOKEN_MONTHS = re.compile(r"([1-9])月(?=[も持][たち])")
"""A span that is typed like the name of a month, as in 「3月もつ」."""

_EVERY = re.compile(r"毎[月年週]?$|ごと")
"""Words before a span that repeats, and so tells no length."""

_A_LITTLE = 0.6
"""Months."""

_BEYOND, _HALF_A_YEAR = 0.51, 6
"""Months. What is said to last lasts a little longer, up to a half-year, which is round enough."""


def count_months(counting: Counting) -> set[str]:
    """Find the bands of the months that something lasts."""
    said = [_SPOKEN_MONTHS.sub(r"\1か月", quantities.arabic(text)) for text in counting.texts]
    found = [
        amount
        for amount in list_amounts(quantities.durations, said)
        if not _EVERY.search(amount.before[-3:])
    ]
    values = [value for amount in found for value in _lasting(amount)]
    return within(values or _running_out(counting.texts), counting.bands)


_A_MONTH = re.compile(r"毎月|月々|月に|月$|ひと月|1か月")
"""Words before a sum of every month."""

_IN_HAND = re.compile("手元|残高|残り|口座|現金|預金|通帳")
"""Words before a sum of cash."""


def _running_out(texts: Sequence[str]) -> list[float]:
    """Divide money in hand by a month's costs.

    「手元500万で毎月80万」 lasts 6.25.
    """
    sums = [each for each in yen.sums_in("、".join(texts)) if each.unit is Unit.LARGE]
    monthly = next((n for n, each in enumerate(sums) if _A_MONTH.search(each.before)), None)
    if monthly is None or not sums[monthly].value:
        return []
    behind = [each for each in sums[monthly + 1 :] if _IN_HAND.search(each.before)]
    return [each.value / sums[monthly].value for each in (*sums[:monthly], *behind)][:1]


def _lasting(amount: Amount) -> tuple[float, ...]:
    after = plain(amount.after)
    if _PERHAPS.search(after):
        return (amount.value / 2, amount.value)
    if _NOT_LASTING.search(after):
        return (amount.value / 2, amount.value - _A_LITTLE)
    if _AT_LEAST.search(after):
        return (amount.value + _A_LITTLE, amount.value * 2 + 1)
    if _REASSURED.search(after):
        return (amount.value + (_BEYOND if amount.value < _HALF_A_YEAR else 0),)
    return (amount.value,)

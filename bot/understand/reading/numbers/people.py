"""Read how many people work in a business."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understand.reading.numbers import quantities
from bot.understand.reading.numbers.counting import AROUND, Counting, list_amounts, within
from bot.understand.reading.plain import plain

_PART_TIMERS = re.compile(r"パート|バイト|込み|入れて|含め|合わせて")
"""Words by which part-timers are counted with the others."""

_MORE = re.compile(r"^(?:を|も|以上)?(?:は)?(?:超|こえ|越え|おーばー|より多|以上|強)")
"""Words behind a number that is a lower limit."""

_LESS = re.compile(
    r"^(?:も|は|と)?(?:い?ない|未満|以下|以内|弱|足らず|より少な|を?超えていない|を?超えない|を切)"
)
"""Words behind a number that is an upper limit."""


def count_people(counting: Counting) -> set[str]:
    """Find the band of a number of people, up to a limit or above."""
    found = list_amounts(quantities.heads, counting.texts)
    if len(found) > 1 and _LESS.search(plain(found[0].after)):
        found = found[1:]
    if not found:
        return within(_bare(counting.texts), counting.bands)
    total, after = sum(amount.value for amount in found), plain(found[-1].after)
    limit = min(band.high for band in counting.bands)
    everything = {band.option for band in counting.bands}
    if _LESS.search(after):
        return within([0], counting.bands) if total <= limit else everything
    if "以上" in after[:2] and total <= limit:
        return everything
    more = total + 1 if _MORE.search(after) and "以上" not in after[:2] else total
    return within([more], counting.bands)


_BARE = re.compile(r"(?<![\d.])(\d{1,4})(?![\d.万円年月日割%時分期億千個台件本社店歳才]|か月|店舗)")
"""A number without a unit."""


def _bare(texts: Sequence[str]) -> list[float]:
    """Add up numbers without a counter, as in 「常勤18非常勤30」."""
    numbers = [
        (float(found[1]), plain(text[found.end() : found.end() + AROUND]))
        for text in texts
        for found in _BARE.finditer(quantities.arabic(text))
    ]
    kept = [number for number, after in numbers if not _LESS.search(after)]
    return [sum(kept)] if kept else []


def count_people_of_a_trade(counting: Counting) -> set[str]:
    """Find the trade whose limit the number of people keeps.

    Above the limit it is the last band.
    """
    found = list_amounts(quantities.heads, counting.texts)
    limits = {band.option: band.high for band in counting.bands[:-1]}
    trades = counting.named & limits.keys()
    if not found or len(trades) != 1:
        return set()
    (trade,) = trades
    if sum(amount.value for amount in found) <= limits[trade]:
        return {trade}
    over = counting.bands[-1].option
    return {trade, over} if any(_PART_TIMERS.search(text) for text in counting.texts) else {over}

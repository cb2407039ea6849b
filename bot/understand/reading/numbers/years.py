"""Read how often something was, and for how many years."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.understand.reading.numbers import quantities
from bot.understand.reading.numbers.counting import Counting, holds_any, list_amounts, within
from bot.understand.reading.plain import plain

_NOT_SO = re.compile(r"^(?:だけ)?(?:じゃ|では|やな|とか)")
"""Words behind a number that was named to deny it."""


def count_times(counting: Counting) -> set[str]:
    """Find the band of how often something was, 0 for 「一度もない」."""
    found = list_amounts(quantities.occasions, counting.texts)
    counts = [amount.value for amount in found if not _NOT_SO.search(plain(amount.after))]
    too = [amount for amount in found if amount.after.startswith("も")]
    if any(amount.after == "も" for amount in too) or (too and _denies(counting.texts)):
        counts = [0.0]
    return within(counts, counting.bands)


def _denies(texts: Iterable[str]) -> bool:
    return any("ない" in plain(text) for text in texts)


_NTH_YEAR = re.compile(r"(?<!\d)(\d{1,2})[年期](?:目|め)")
"""An ordinal year, as in 「2年目」, with the length so far."""

_IN_A_ROW = re.compile(
    r"^(?:間|ほど|くらい|ぐらい|とも|も|続けて|連続|前から|以上)*(?:連続|続け|続い|つづ|ずっと|前から|以上|赤|の赤|損|まいなす|間|とも|ほど|くらい)"
)
"""Words behind years of losses without a break."""

_LOSS_FOR = re.compile(
    r"(?:赤字?[がは]?|(?:赤|マイナス|損)[^、。]{0,8}[、\s])(?:もう|ここ|この|これで|かれこれ|すでに|約|だいたい|丸)?[、\s]?$"
)
"""Words of loss before a number of years."""

_HOW_OLD = re.compile(r"創業|開業|設立|起業|始め|営業|やって")
"""Words by which years are the age of the business."""


def count_years(counting: Counting) -> set[str]:
    """Count years of loss, as in 「3期連続」 and 「赤字になって2年目」.

    The age of the business is not counted.
    """
    loss = holds_any(_LOSS, counting.said)
    nth = [
        float(year[1])
        for text in counting.texts
        if loss
        and (year := _NTH_YEAR.search(quantities.arabic(text)))
        and not _HOW_OLD.search(text)
    ]
    rows = [
        amount.value
        for amount in list_amounts(quantities.business_years, counting.texts)
        if (_IN_A_ROW.search(plain(amount.after)) or _LOSS_FOR.search(amount.before))
        and not _HOW_OLD.search(amount.before[-6:])
    ]
    return within((nth or rows)[:1], counting.bands)


_LOSS = ("赤", "損", "まいなす")


def count_years_to_go(counting: Counting) -> set[str]:
    """Find the years until something is done, as in 「償還年数は25年」.

    The age of the business does not count.
    """
    found = list_amounts(quantities.business_years, counting.texts)
    ahead = [each.value for each in found if not _HOW_OLD.search(each.before[-6:])]
    return within(ahead[:1], counting.bands)

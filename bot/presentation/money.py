"""Say yen as people do, in 4,800万円, 1億5,000万円, マイナス300万円."""

from __future__ import annotations

from bot.presentation.wording import say

_MAN, _OKU = 10**4, 10**8


def say_yen(yen: int) -> str:
    """Say an amount in 億 and 万, or in yen below one 万."""
    if yen < 0:
        return say("figures.minus", amount=say_yen(-yen))
    hundred_millions, rest = divmod(yen, _OKU)
    ten_thousands, ones = divmod(rest, _MAN)
    parts = [
        say("figures.oku", count=hundred_millions) if hundred_millions else "",
        say("figures.man", count=ten_thousands) if ten_thousands else "",
        f"{ones:,}" if ones or not yen else "",
    ]
    return say("figures.yen", amount="".join(parts))


def say_about(yen: int) -> str:
    """Say an amount rounded to whole 万円, for a picture or a table."""
    return say_yen(round(yen / _MAN) * _MAN) if abs(yen) >= _MAN else say_yen(yen)


def say_band(low: int | None, high: int | None) -> str:
    """Say a range, as 100万〜300万円, 3,000万円以上, 30万円まで."""
    if high is not None and high <= 0:
        return _say_loss(low, high)
    if low is None or (low == 0 and high is not None):
        return say("figures.up_to", high=say_yen(high or 0))
    if high is None:
        return say("figures.from", low=say_yen(low))
    unit = say("figures.yen", amount="")
    return say("figures.between", low=say_yen(low).removesuffix(unit), high=say_yen(high))


def _say_loss(low: int | None, high: int) -> str:
    """Say a range below zero, smaller loss first, as マイナス300万〜1,000万円."""
    if low is None:
        return say("figures.below", high=say_yen(high))
    if high == 0:
        return say("figures.up_to", high=say_yen(low))
    return say("figures.minus", amount=say_band(-high, -low))

"""Tell a question about hours from the wish for a person at once."""

from __future__ import annotations

import re

from bot.understand.text import fold, one_of

_HOURS = re.compile(
    one_of(
        "夜中 深夜 真夜中 夜で 夜も 夜間 夜に 早朝 土日 土曜 日曜 休日 祝日 休みの日 年末 正月 24時間 何時"
    )
)
"""Times at which offices are closed, and the words that ask for them."""


def names_hours(text: str) -> bool:
    """Tell whether a text names times at which offices may be closed, as 「夜中に話せますか」."""
    return _HOURS.search(fold(text)) is not None

"""Read a wish to let time pass in the terminal, such as 「3か月後へ」.

Every reminder of that time is said.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta

_DAYS = {"日": 1, "週間": 7, "か月": 30, "年": 365}
_SPAN = re.compile(r"(\d{1,3})(日|週間|か月|年)後へ")
_MONTH_MARKS = str.maketrans(dict.fromkeys("ヶケカヵ箇ゖ", "か"))

MOST = timedelta(days=4000)
"""Longest time to pass at once. Every follow-up has ended by then."""


def read_span(line: str) -> timedelta | None:
    """Read a time to pass, as 3か月後へ or 10日後へ, or return None."""
    plain = unicodedata.normalize("NFKC", line).strip().translate(_MONTH_MARKS)
    found = _SPAN.fullmatch(plain)
    return min(timedelta(days=int(found[1]) * _DAYS[found[2]]), MOST) if found else None

"""Time that passes at a wish in the terminal: 「3か月後へ」, with every reminder on its way."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta

_DAYS = {"日": 1, "週間": 7, "か月": 30, "年": 365}
_SPAN = re.compile(r"(\d{1,3})(日|週間|か月|年)後へ")
_MONTH_MARKS = str.maketrans(dict.fromkeys("ヶケカヵ箇ゖ", "か"))

MOST = timedelta(days=4000)
"""So far one may go at once: all that is followed up is over by then."""


def read_span(line: str) -> timedelta | None:
    """Read how long is to pass: 3か月後へ, 10日後へ; None for anything else."""
    plain = unicodedata.normalize("NFKC", line).strip().translate(_MONTH_MARKS)
    found = _SPAN.fullmatch(plain)
    return min(timedelta(days=int(found[1]) * _DAYS[found[2]]), MOST) if found else None

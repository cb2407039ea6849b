"""Turn spoken particles and endings into their standard form.

They come from many regions, and the words are found after that.
"""

from __future__ import annotations

import re
from functools import cache

from knowledge.faq.wording import wordlists


def in_standard(folded: str) -> str:
    """Return a folded text with the forms of `dialects.toml` in standard Japanese. Linear."""
    standard = _standard_forms()
    return _spoken().sub(lambda found: standard[(found.lastindex or 1) - 1], folded)


@cache
def _spoken() -> re.Pattern[str]:
    # One pass for all forms: each is a group, and the number of the group names its standard.
    return re.compile("|".join(f"({spoken})" for spoken, _ in wordlists.dialects()))


@cache
def _standard_forms() -> tuple[str, ...]:
    return tuple(standard for _, standard in wordlists.dialects())

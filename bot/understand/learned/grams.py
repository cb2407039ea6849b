"""Cut a message into runs of letters, for training and reading."""

from __future__ import annotations

from bot.understand.text import fold
from knowledge.made_once import made_once

LONGEST_GRAM = 4
"""Letters. Longer runs are seen too seldom to teach anything."""

START, END = "^", "$"


@made_once
def grams(text: str) -> frozenset[str]:
    """List a text's runs of one to four letters, in hiragana without marks.

    Takes time linear in the length of the text.
    """
    said = f"{START}{fold(text)}{END}"
    return frozenset(
        said[place : place + length]
        for length in range(1, LONGEST_GRAM + 1)
        for place in range(len(said) - length + 1)
    )

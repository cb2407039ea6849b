"""Cut a message into runs of letters, for training and reading."""

from __future__ import annotations

from bot.understand.text import fold

LONGEST_GRAM = 4
"""Letters. Longer runs are seen too seldom to teach anything."""

START, END = "^", "$"


def frame(text: str) -> str:
    """Fold a text, and mark its start and end."""
    return f"{START}{fold(text)}{END}"


def grams(text: str) -> frozenset[str]:
    """List a text's runs of one to four letters, in hiragana without marks.

    Takes time linear in the length of the text.
    """
    said = frame(text)
    return frozenset(
        said[place : place + length]
        for length in range(1, LONGEST_GRAM + 1)
        for place in range(len(said) - length + 1)
    )

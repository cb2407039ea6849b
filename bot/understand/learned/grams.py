"""A message as runs of letters: what a model is trained on and reads."""

from __future__ import annotations

from bot.understand.text import fold

LONGEST_GRAM = 4
"""Letters; longer runs are seen too seldom to teach anything."""

START, END = "^", "$"


def grams(text: str) -> frozenset[str]:
    """List the runs of one to four letters of a text, in hiragana and without marks.

    Takes time linear in the length of the text.
    """
    said = f"{START}{fold(text)}{END}"
    return frozenset(
        said[place : place + length]
        for length in range(1, LONGEST_GRAM + 1)
        for place in range(len(said) - length + 1)
    )

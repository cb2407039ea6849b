"""Make regular expressions from lists of words.

A guard then reads as the words it knows.
"""


def one_of(words: str) -> str:
    """Return a pattern for any of the blank-separated words, the longest first."""
    return "(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + ")"

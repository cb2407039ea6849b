"""Regular expressions from lists of words, so that a guard reads as the words it knows."""


def one_of(words: str) -> str:
    """Return a pattern for any of the blank-separated words, the longest first."""
    return "(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + ")"

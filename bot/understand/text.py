"""Make typed text comparable, in one place.

Nothing here remembers a message once it is answered: words of people are kept in conversations only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from knowledge.invisible import visible
from knowledge.made_once import made_once

LONGEST = 2000
"""Characters of a message that are read. Only a pasted text is longer."""

LONGEST_HEARD = 5000
"""Characters in which despair is listened for. LINE takes no longer text."""

LONGEST_TAIL = 60
"""Characters of polite endings that are cut. Longer ones say something else."""

_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_DROPPED = re.compile(r"[^\w%/]|_")
"""Marks that carry no meaning. % and / belong to numbers."""

_ENDINGS = (
    "お願いします お願い おねがいします ください 下さい と思います とおもいます かもしれません かも でしょうか でしょう "
    "なんですけど ですけど ですが けど んです です ます でございます だよ だね だな かな じゃ ぜ ぞ や で だ よ ね な わ の "
    "ー っ ぁ ぇ"
)
"""Polite and spoken endings without meaning in a short message."""


@made_once
def clean(text: str) -> str:
    """Remove control characters and odd widths, and cut to `LONGEST`."""
    # Cut again: NFKC makes up to eighteen characters of one (「ﷺ」).
    plain = _normal(text[:LONGEST])[:LONGEST]
    kept = "".join(c if c == "\n" or unicodedata.category(c)[0] != "C" else " " for c in plain)
    return re.sub(r"[^\S\n]+", " ", kept).strip()


def hiragana(text: str) -> str:
    """Write the text's katakana as hiragana."""
    return text.translate(_KATAKANA)


class Endings:
    """Cut off the words that a message ends with.

    Several may follow one another. Every place in the tail is looked at once, however many ways
    there are to read it, and no more than the last `LONGEST_TAIL` characters are looked at.
    """

    def __init__(self, words: Iterable[str], only_after: Mapping[str, str] | None = None) -> None:
        """Take the words.

        `only_after` says which characters one of them must stand behind.
        """
        self._by_first: dict[str, list[str]] = {}
        for word in dict.fromkeys(words):
            self._by_first.setdefault(word[0], []).append(word)
        self._longest = max(len(word) for some in self._by_first.values() for word in some)
        self._only_after = dict(only_after or {})

    def cut(self, text: str, least: int = 0) -> str:
        """Cut the longest run of endings off, leaving at least `least` characters."""
        first, begins = len(text), {len(text)}
        for place in range(len(text) - 1, max(least, len(text) - LONGEST_TAIL) - 1, -1):
            if place + self._longest < first:
                break
            if any(place + len(word) in begins for word in self._starting(text, place)):
                begins.add(place)
                first = place
        return text[:first]

    def _starting(self, text: str, place: int) -> Iterator[str]:
        """Find the endings that begin at a place."""
        before = text[place - 1 : place] or "\n"
        for word in self._by_first.get(text[place], ()):
            if text.startswith(word, place) and before in self._only_after.get(word, before):
                yield word


_POLITE = Endings(_ENDINGS.split(), only_after={"んです": "たるいな"})


def one_of(*patterns: str) -> str:
    """Make a pattern of folded text from strings of one or more words.

    They stand with spaces between them, since folded text has none, and katakana reads as hiragana.
    """
    return f"(?:{'|'.join(hiragana(each) for pattern in patterns for each in pattern.split())})"


def run_of(*patterns: str) -> str:
    """Make a pattern of any number of words in a row, without backtracking.

    The longest word is taken at each place. A run that may be read in several ways would otherwise
    be read in all of them before a match fails, and their number doubles with every word.
    """
    words = sorted(
        (each for pattern in patterns for each in pattern.split()), key=len, reverse=True
    )
    return f"{one_of(*words)}*+"


@made_once
def squeeze(text: str) -> str:
    """Lower case, one width, without spaces and punctuation."""
    lower = _normal(_normal(text).lower())
    return _normal(_DROPPED.sub("", lower))


@made_once
def fold(text: str) -> str:
    """Fold a text for comparing, squeezed and with katakana as hiragana."""
    return hiragana(squeeze(text))


@made_once
def stem(text: str) -> str:
    """Fold a text and cut its polite and spoken endings.

    The folded text stays when nothing would remain.
    """
    folded = fold(text)
    return _POLITE.cut(folded) or folded


def has_words(text: str) -> bool:
    """Tell whether a text has a letter, a digit, a kana or a kanji."""
    return any(character.isalnum() for character in text)


def _normal(text: str) -> str:
    """Write one visible code point for each character, whatever its width."""
    return text if text.isascii() else unicodedata.normalize("NFKC", visible(text))

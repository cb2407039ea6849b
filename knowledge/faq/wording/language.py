"""Turn a text into words with readings, by Sudachi."""

from __future__ import annotations

import sys
import unicodedata
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from knowledge.made_once import made_once

if TYPE_CHECKING:
    from sudachipy import Morpheme, Tokenizer

# No character takes more than four bytes.
LONGEST = 16_000

MOST_WORDS = 10_000
"""Words of the dictionary that are kept, more than the FAQ uses."""

# The tokenizer keeps a buffer of its own, so only one thread may be inside at a time.
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Word:
    """Hold one word as Sudachi sees it.

    `surface` is as typed, `reading` hiragana, `kind` the parts of speech.
    """

    surface: str
    normal: str
    reading: str
    kind: tuple[str, ...]
    groups: tuple[int, ...]


@made_once
def words(text: str) -> tuple[Word, ...]:
    """Split a folded text into the shortest words Sudachi knows."""
    with _one_at_a_time:
        return tuple(map(_word, _tokenizer().tokenize(_readable(text))))


def reading(text: str) -> str:
    """Read a folded text aloud, in hiragana."""
    return "".join(word.reading for word in words(text))


def normal_forms(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the words of a long text by normal form and kind.

    The costly rest is left out.
    """
    with _one_at_a_time:
        return [
            (sys.intern(morpheme.normalized_form()), _kind(morpheme))
            for morpheme in _tokenizer().tokenize(_readable(text))
        ]


def _readable(text: str) -> str:
    # Sudachi normalises first, and refuses more than 65,535 bytes of what comes out.
    return unicodedata.normalize("NFKC", text)[:LONGEST]


_NAME = "固有名詞"

_words: dict[tuple[int, str], Word] = {}


def _word(morpheme: Morpheme) -> Word:
    """Make a word, once for each of the dictionary's while there is room.

    Names and words that the dictionary does not know are never kept: they may be somebody's.
    """
    key = (morpheme.word_id(), morpheme.surface())
    if key in _words:
        return _words[key]
    made = _make_word(morpheme)
    if len(_words) < MOST_WORDS and made.kind[1] != _NAME and not morpheme.is_oov():
        _words[key] = made
    return made


def _make_word(morpheme: Morpheme) -> Word:
    return Word(
        surface=sys.intern(morpheme.surface()),
        normal=sys.intern(morpheme.normalized_form()),
        reading=sys.intern(_spoken(morpheme)),
        kind=_kind(morpheme),
        groups=tuple(morpheme.synonym_group_ids()),
    )


def _spoken(morpheme: Morpheme) -> str:
    # A number is read by its digits, however it is written.
    normal: str = morpheme.normalized_form()
    if normal.isdecimal():
        return normal
    return kana(morpheme.reading_form().strip() or morpheme.surface())


_kinds: dict[int, tuple[str, ...]] = {}


def _kind(morpheme: Morpheme) -> tuple[str, ...]:
    # There are some hundred kinds of words; each is fetched from Sudachi once.
    number = morpheme.part_of_speech_id()
    if number not in _kinds:
        _kinds[number] = tuple(morpheme.part_of_speech())
    return _kinds[number]


@cache
def _tokenizer() -> Tokenizer:
    # Imported here: the dictionary costs a tenth of a second, which `--help` should not pay.
    from sudachipy import Dictionary, SplitMode  # noqa: PLC0415 - lazy on purpose, see above

    return Dictionary(dict="small").tokenizer(mode=SplitMode.A)


_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_SOUNDS_ALIKE = str.maketrans(
    {"ぢ": "じ", "づ": "ず", "を": "お", "ゔ": "ぶ", "ー": None, " ": None}
)


def kana(text: str) -> str:
    """Write katakana as hiragana, fold letters that sound alike, drop ー and blanks."""
    return text.translate(_KATAKANA).translate(_SOUNDS_ALIKE)

"""Sudachi, behind one small door: a text becomes words with readings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sudachipy import Tokenizer

# The tokenizer keeps a buffer of its own, so only one thread may be inside at a time.
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Word:
    """One word as Sudachi sees it; `reading` is hiragana, `kind` the parts of speech."""

    surface: str
    normal: str
    reading: str
    kind: tuple[str, ...]
    groups: tuple[int, ...]


@lru_cache(maxsize=2048)
def words(text: str) -> tuple[Word, ...]:
    """Split a folded text into the shortest words Sudachi knows."""
    with _one_at_a_time:
        return tuple(
            Word(
                surface=morpheme.surface(),
                normal=morpheme.normalized_form(),
                reading=_reading(morpheme.surface(), morpheme.reading_form()),
                kind=morpheme.part_of_speech(),
                groups=tuple(morpheme.synonym_group_ids()),
            )
            for morpheme in _tokenizer().tokenize(text)
        )


@cache
def _tokenizer() -> Tokenizer:
    # Imported here: the dictionary costs a tenth of a second, which `--help` should not pay.
    from sudachipy import Dictionary, SplitMode  # noqa: PLC0415 - lazy on purpose, see above

    return Dictionary(dict="small").tokenizer(mode=SplitMode.A)


def _reading(surface: str, reading: str) -> str:
    known = reading if reading and surface.strip() else ""
    return kana(known or surface)


_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_SOUNDS_ALIKE = str.maketrans(
    {"ぢ": "じ", "づ": "ず", "を": "お", "ゔ": "ぶ", "ー": None, " ": None}
)


def kana(text: str) -> str:
    """Write katakana as hiragana, fold letters that sound alike, drop ー and blanks."""
    return text.translate(_KATAKANA).translate(_SOUNDS_ALIKE)

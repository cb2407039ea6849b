"""Make the view of a text for the scorers, once per text."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from knowledge.faq.wording import language, wordlists
from knowledge.faq.wording.endings import core_words
from knowledge.faq.wording.normalise import plain
from knowledge.made_once import made_once

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from knowledge.faq.wording.language import Word

LONGEST_GRAM = 3
"""Characters of the longest gram."""

_SENTENCE_END = re.compile(r"[\r\n。]+")
_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "代名詞", "接尾辞", "接頭辞"})


@dataclass(frozen=True, slots=True)
class View:
    """Hold a text by its reading with grams, and by its content words.

    The reading is in hiragana, each gram stands once, in their order: sums of them must not
    differ between two processes, and the order of a set does.
    """

    reading: str
    grams: tuple[str, ...]
    words: tuple[Word, ...]


def view(text: str) -> View:
    """Look at a text as typed."""
    return view_of_plain(plain(text))


def view_of_plain(text: str, vocabulary: Container[str] | None = None) -> View:
    """Look at a text that has been through `plain`.

    With a vocabulary, place names outside it are left out: where the shop is asks nothing.
    """
    tokens = core_words(text)
    if vocabulary is not None:
        tokens = _without_places(tokens, vocabulary) or tokens
    return _view_of(tokens)


@made_once
def _view_of(tokens: tuple[Word, ...]) -> View:
    reading = "".join(token.reading for token in tokens)
    content = tuple(token for token in tokens if is_content(token))
    return View(reading, tuple(dict.fromkeys(grams(reading))), content)


def _without_places(tokens: Iterable[Word], vocabulary: Container[str]) -> tuple[Word, ...]:
    kept: list[Word] = []
    after_place = False
    for token in tokens:
        strange = token.normal not in vocabulary
        attached = after_place and token.kind[0] in ("接尾辞", "助詞")
        after_place = strange and (token.kind[2] == "地名" or attached)
        if not after_place:
            kept.append(token)
    return tuple(kept)


def content_words(text: str) -> list[str]:
    """Return the normal content words of a long text, with repeats."""
    sentences = (plain(sentence) for sentence in _SENTENCE_END.split(text))
    found = (pair for sentence in sentences for pair in language.normal_forms(sentence))
    return [normal for normal, kind in found if _tells(normal, kind)]


def is_content(word: Word) -> bool:
    """Tell whether a word carries the subject of a question."""
    return _tells(word.normal, word.kind)


def _tells(normal: str, kind: tuple[str, ...]) -> bool:
    return kind[0] in _CONTENT and normal not in _empty()


@cache
def _empty() -> frozenset[str]:
    return frozenset(wordlists.fillers()["words"])


def is_number(word: Word) -> bool:
    """Tell whether a word is a numeral."""
    return word.kind[1] == "数詞"


def grams(reading: str) -> Iterator[str]:
    """Yield all substrings of one to three characters."""
    for size in range(1, LONGEST_GRAM + 1):
        for start in range(len(reading) - size + 1):
            yield sys.intern(reading[start : start + size])

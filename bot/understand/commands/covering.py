"""A form covered by known words from end to end, or not at all.

That a message is a command is known by nothing being left over: 「店を最初からやり直したい」 holds
a word of the business, so it says something else. The first unknown word ends the search.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.understand.commands.conjugation import LONGEST_ENDING, Mood, endings, first_letters
from bot.understand.commands.vocabulary import Tags, Vocabulary
from knowledge.made_once import made_once

LONGEST = 60
"""Characters. A longer message tells something."""

_LONGEST_TAIL = 8
"""Letters that may follow a wish and belong to it, as てほしいです."""

_TAIL = re.compile(r"[ぁ-ゑんー]+")
"""Hiragana that adds politeness and no other content; 「を」 marks a thing: 「終わりにしたいリスケを」."""

_TELLS = re.compile(
    "い[るたなてま]|お[るっ]|る|た|も|は|から|ば|な[いかく]|しま|の[はがに]|って|み|すぎ|れ|られ"
)
"""Endings that make a 「て」 told or supposed. Others beg, in some dialect."""

_NO_STEM: Mapping[str, tuple[str, ...]] = {}


@dataclass(frozen=True, slots=True)
class Word:
    """Hold a known word of a form, with its possible tags."""

    text: str
    tags: Tags


@made_once
def cover(form: str, words: Vocabulary) -> tuple[Word, ...] | None:
    """Split a whole form into known words, or return None."""
    if not form or len(form) > LONGEST:
        return None
    dead: set[int] = set()
    return _cover(form, 0, (), words, dead)


def _cover(
    form: str, start: int, before: tuple[Word, ...], words: Vocabulary, dead: set[int]
) -> tuple[Word, ...] | None:
    if start == len(form) or (before and _is_begging(form[start:], before[-1])):
        return before
    if start in dead:
        return None
    for word in _words_at(form, start, words):
        end = start + len(word.text)
        if found := _cover(form, end, (*before, word), words, dead):
            return found
    dead.add(start)
    return None


def _words_at(form: str, start: int, words: Vocabulary) -> Iterator[Word]:
    """List every known word that begins here, the longest first."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    longest = words.longest.get(form[start], 0)
    for end in range(start, min(start + longest, len(form)) + 1):
        text = form[start:end]
        found[end].update(words.words.get(text, ()))
        for bends, groups in words.stems.get(text, _NO_STEM).items():
            for after, mood in _endings_at(form, end, bends):
                found[after].update(f"{group}.{mood}" for group in groups)
    for end in sorted(found, reverse=True):
        if found[end] and end > start:
            yield Word(form[start:end], frozenset(found[end]))


def _endings_at(form: str, start: int, bends: str) -> Iterator[tuple[int, Mood]]:
    known, is_bare = endings(bends), form[start : start + 1] not in first_letters(bends)
    longest = 0 if is_bare else LONGEST_ENDING
    for end in range(start, min(start + longest, len(form)) + 1):
        if mood := known.get(form[start:end]):
            yield end, mood


def _is_begging(rest: str, word: Word) -> bool:
    """Tell whether the rest only begs, as dialects do in 「消して」くりょうし."""
    wanted = any(tag.endswith(f".{Mood.WANTED}") for tag in word.tags)
    if not wanted or not word.text.endswith(("て", "で", "たい")) or len(rest) > _LONGEST_TAIL:
        return False
    return _TAIL.fullmatch(rest) is not None and _TELLS.match(rest) is None

"""Find the kind of a question, apart from its topic.

May I, how much, when, who, where, how, what if.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from knowledge.faq.wording import language, wordlists
from knowledge.made_once import made_once

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from knowledge.faq.wording.language import Word

MAY, HOW, WHAT_IS, WHAT_IF = "may", "how", "what_is", "what_if"
NEUTRAL = 0.5
"""Fit of a kind where the question or the entry names none."""

_ASKED_WITH_A_WORD = frozenset({"how_much", "when", "who", "where", HOW, "why"})
_GRAMMAR = frozenset({"助詞", "助動詞", "補助記号", "空白", "感動詞"})
# Where Sudachi's normal form is bent itself.
_MADE_FOR_IT = frozenset({"出来る", "デキる", "つかえる", "いける", "込める", "通る"})
_PLAIN_ENDS = frozenset("うくぐすつぬぶむ")
# So many phrasings of no kind stand behind each entry: one phrasing alone says little.
_BEHIND = 3


@made_once
def kinds_in(plain_text: str) -> frozenset[str]:
    """Return the kinds of question in a plain text, none for a mere topic."""
    return kinds_of(language.words(plain_text))


def kinds_of(words: Sequence[Word]) -> frozenset[str]:
    """Return the kinds of question some words ask."""
    kinds = frozenset((*_by_words(words), *_by_grammar(words)))
    # 「何をしたらいい」 asks what to do, not whether one may.
    return kinds - {MAY} if kinds & _ASKED_WITH_A_WORD else kinds


def shares(phrases: Iterable[str]) -> dict[str, float]:
    """Return how well each kind fits an entry with these plain phrases."""
    asked = [kinds for phrase in phrases if (kinds := kinds_in(phrase))]
    counts = Counter(kind for kinds in asked for kind in kinds)
    known = {name: (counts[name] + _BEHIND * NEUTRAL) / (len(asked) + _BEHIND) for name in counts}
    return {**known, "": _BEHIND * NEUTRAL / (len(asked) + _BEHIND)}


def fit(kinds: frozenset[str], entry: Mapping[str, float]) -> float:
    """Return how well a question's kinds fit an entry, 0 to 1."""
    if not kinds:
        return NEUTRAL
    return max(entry.get(kind, entry[""]) for kind in kinds)


def _by_words(words: Sequence[Word]) -> Iterator[str]:
    said, after_what = _table("words"), _table("after_what")
    for word, after in _pairs(words):
        yield from said.get(word.normal, ())
        if word.normal in ("何", "どの", "幾") and after is not None:
            yield from after_what.get(after.normal, ())


def _by_grammar(words: Sequence[Word]) -> Iterator[str]:
    if any(_is_potential(word, after) for word, after in _pairs(words)):
        yield MAY
    for word, after in _pairs(words):
        if word.normal in ("どう", "如何"):
            yield WHAT_IF if after is not None and after.normal == "成る" else HOW
    if _asks_what(words):
        yield WHAT_IS


def _pairs(words: Sequence[Word]) -> Iterator[tuple[Word, Word | None]]:
    return zip(words, (*words[1:], None), strict=True) if words else iter(())


def _is_potential(word: Word, after: Word | None) -> bool:
    """Tell whether a verb says "can".

    「使える」 is the dictionary's 「使う」, bent as no 「使う」 is; 「受けられる」 says it apart.
    """
    if word.kind[0] != "動詞":
        return False
    bent = word.kind[4].startswith("下一段") and word.normal[-1:] in _PLAIN_ENDS
    apart = after is not None and after.normal == "られる"
    return bent or apart or word.normal in _MADE_FOR_IT


def _asks_what(words: Sequence[Word]) -> bool:
    """「リスケとは」, 「リスケって何」."""
    said = [word for word in words if word.kind[0] not in ("補助記号", "空白")]
    if len(said) > 1 and (said[-2].normal, said[-1].normal) == ("と", "は"):
        return True
    while said and said[-1].kind[0] in _GRAMMAR:
        said.pop()
    return bool(said) and said[-1].normal == "何"


@cache
def _table(name: str) -> Mapping[str, tuple[str, ...]]:
    """Map each word to the kinds it shows."""
    kinds: Mapping[str, Sequence[str]] = wordlists.question_kinds()[name]
    found: dict[str, tuple[str, ...]] = {}
    for kind, words in kinds.items():
        for word in words:
            found[word] = (*found.get(word, ()), kind)
    return found

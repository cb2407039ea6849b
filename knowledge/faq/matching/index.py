"""Index the FAQ by all numbers that do not depend on a question."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.faq.matching.rarity import Rarity
from knowledge.faq.matching.views import View, content_words, view
from knowledge.faq.matching.wordings import Wordings, lay_out
from knowledge.faq.wording import kinds
from knowledge.faq.wording.normalise import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from knowledge.faq.entry import Entry
    from knowledge.faq.wording.language import Word

# BM25: how soon repeats stop counting, and how much a long text is held back.
SATURATION = 1.2
LENGTH_PULL = 0.75
# A word of the question or a phrasing says more about an entry than one of its answer.
QUESTION_WEIGHT = 1.5
# A gram in more entries than this points to none of them.
COMMON_FROM = 60
COMMON_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Index:
    """Hold the index, with entries as their positions in the FAQ."""

    wordings: tuple[Wordings, ...]
    gram_squares: Rarity
    word_rarity: Rarity
    spellings: tuple[str, ...]
    readings: tuple[str, ...]
    synonyms: Mapping[int, tuple[str, ...]]
    with_gram: Mapping[str, tuple[int, ...]]
    with_word: Mapping[str, tuple[tuple[int, float], ...]]
    text_rarity: Rarity
    kinds: tuple[Mapping[str, float], ...]


def view_entries(entries: Sequence[Entry]) -> list[list[View]]:
    """Look at every way to ask for each entry.

    That costs most of the index, so it is done once.
    """
    return [[view(text) for text in (entry.question, *entry.phrasings)] for entry in entries]


def build(entries: Sequence[Entry], views: Sequence[Sequence[View]] | None = None) -> Index:
    """Index the entries, whose `views` may be at hand.

    Two thousand take a few seconds.
    """
    views = views or view_entries(entries)
    asked = [[word.normal for one in many for word in one.words] for many in views]
    answered = [content_words(entry.answer) for entry in entries]
    grams = [_union(one.grams for one in many) for many in views]
    gram_squares, word_rarity = Rarity.among(grams).squared(), Rarity.among(asked)
    vocabulary = {word.normal: word for many in views for one in many for word in one.words}
    return Index(
        wordings=lay_out(views, gram_squares, word_rarity),
        gram_squares=gram_squares,
        word_rarity=word_rarity,
        spellings=tuple(vocabulary),
        readings=tuple(word.reading for word in vocabulary.values()),
        synonyms=_synonyms(vocabulary.values()),
        with_gram=_postings(grams),
        with_word=_weighted_postings(asked, answered),
        text_rarity=Rarity.among([[*a, *b] for a, b in zip(asked, answered, strict=True)]),
        kinds=tuple(kinds.shares(_phrases(entry)) for entry in entries),
    )


def _phrases(entry: Entry) -> Iterator[str]:
    """Return the ways to ask for an entry, its question twice."""
    return map(plain, (entry.question, entry.question, *entry.phrasings))


def _union(collections: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset().union(*collections)


def _synonyms(words: Iterable[Word]) -> dict[int, tuple[str, ...]]:
    """Group the words as Sudachi's synonym dictionary does."""
    groups: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for word in words:
        for group in word.groups:
            groups[group][word.normal] = None
    return {group: tuple(names) for group, names in groups.items()}


def _postings(collections: Sequence[frozenset[str]]) -> dict[str, tuple[int, ...]]:
    """Return the entries with each gram worth looking up.

    A gram of one character, or in too many entries, is not.
    """
    entries: defaultdict[str, list[int]] = defaultdict(list)
    for number, grams in enumerate(collections):
        for gram in grams:
            if len(gram) > 1:
                entries[gram].append(number)
    most = max(COMMON_FROM, len(collections) * COMMON_SHARE)
    return {gram: tuple(numbers) for gram, numbers in entries.items() if len(numbers) <= most}


def _weighted_postings(
    asked: Sequence[Sequence[str]], answered: Sequence[Sequence[str]]
) -> dict[str, tuple[tuple[int, float], ...]]:
    """Weigh words by BM25 with two fields, each weight from 0 to 1."""
    mean = sum(map(len, answered)) / max(len(answered), 1) or 1.0
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, (question, answer) in enumerate(zip(asked, answered, strict=True)):
        held_back = 1 - LENGTH_PULL + LENGTH_PULL * len(answer) / mean
        for word, weight in _frequencies(question, answer, held_back):
            postings[word].append((number, weight / (weight + SATURATION)))
    return {word: tuple(weights) for word, weights in postings.items()}


def _frequencies(
    question: Sequence[str], answer: Sequence[str], held_back: float
) -> Iterator[tuple[str, float]]:
    asked, answered = set(question), Counter(answer)
    for word in asked | answered.keys():
        yield word, QUESTION_WEIGHT * (word in asked) + answered[word] / held_back

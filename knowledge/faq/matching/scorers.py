"""Score how alike a question and an entry are, from four sides.

Each score lies between 0 and 1.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from knowledge.faq.matching.views import is_number
from knowledge.faq.matching.wordings import length_of
from knowledge.faq.wording import wordlists

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from knowledge.faq.matching.index import Index
    from knowledge.faq.matching.views import View
    from knowledge.faq.matching.wordings import Wordings
    from knowledge.faq.wording.language import Word

# Words less alike than this (of 100) are different words.
SAME_WORD = 80
# What a synonym counts beside the word itself.
SYNONYM = 0.7
# Shorter readings belong to too many words.
SHORTEST_READING = 3
# How much of the phrasing counts beside how much of the question is covered.
PHRASING_SHARE = 0.3
MOST_WORDS = 40
"""Words of a question that are compared."""

# How far a score falls when no noun of the question is known to the FAQ.
DOUBT = 0.5


@dataclass(frozen=True, slots=True)
class Weights:
    """Weigh the sides of the score.

    The first four, by spelling, are together 1; `meaning` and then `kind` are blended in.
    """

    reading: float = 0.20
    words: float = 0.05
    grams: float = 0.30
    text: float = 0.45
    meaning: float = 0.0
    kind: float = 0.0

    def blend(self, spelling: float, meaning: float, kind: float) -> float:
        """Return one score between 0 and 1."""
        likeness = (1 - self.meaning) * spelling + self.meaning * meaning
        return (1 - self.kind) * likeness + self.kind * kind

    @classmethod
    def shipped(cls, *, with_meaning: bool) -> Weights:
        """Return the weights `make tune` wrote for a build."""
        known = wordlists.thresholds()["meaning" if with_meaning else "spelling"]
        return cls(meaning=known["meaning"], kind=known["kind"])


@dataclass(frozen=True, slots=True)
class Query:
    """A question, with everything that does not depend on the entry.

    `grams` are those the FAQ knows, with their squared weight, `length` counts all; `covered` maps a
    word of the FAQ to the words of the question that mean it, with the share of the question each
    covers, `answered` to what the word weighs in a phrasing; `texts` and `shared` map entries.
    """

    reading: str
    grams: Mapping[str, float]
    length: float
    covered: Mapping[str, Mapping[str, float]]
    answered: Mapping[str, float]
    texts: Mapping[int, float]
    shared: Mapping[int, float]
    unknown: float


def prepare(view: View, index: Index, alike_to: Callable[[Word], Mapping[str, float]]) -> Query:
    """Look the question up in the index once.

    `alike_to` is `alike`, remembered or not.
    """
    content = {
        word.normal: word
        for word in view.words[:MOST_WORDS]
        if not is_number(word) or word.normal in index.word_rarity.known
    }
    words = {name: index.word_rarity(name) for name in content}
    likenesses = {name: alike_to(word) for name, word in content.items()}
    reached = _turned(likenesses)
    whole = sum(words.values())
    known = index.gram_squares.known
    grams = {gram: known[gram] for gram in view.grams if gram in known}
    unseen = index.gram_squares.unseen * (len(view.grams) - len(grams))
    return Query(
        reading=view.reading,
        grams=grams,
        length=length_of(sum(grams.values()) + unseen),
        covered={
            other: {name: words[name] * likeness / whole for name, likeness in some.items()}
            for other, some in reached.items()
        },
        answered={
            other: index.word_rarity(other) * max(some.values()) for other, some in reached.items()
        },
        texts=_texts(words, index),
        shared=_score_shared(grams, index),
        unknown=_unknown(content, likenesses, index),
    )


def candidates(query: Query, limit: int) -> set[int]:
    """Return the entries worth a close look.

    They have most grams in common, or the best text match.
    """
    by_grams = sorted(query.shared, key=query.shared.__getitem__, reverse=True)
    by_text = sorted(query.texts, key=query.texts.__getitem__, reverse=True)
    return {*by_grams[:limit], *by_text[:limit]}


def sides(query: Query, number: int, index: Index) -> tuple[float, float, float, float]:
    """Return reading, words, grams and text for one entry."""
    wordings = index.wordings[number]
    return (
        _reading(query, wordings),
        _words(query, wordings),
        _grams(query, wordings),
        query.texts.get(number, 0.0),
    )


def score(query: Query, number: int, index: Index, weights: Weights) -> float:
    """Return how sure we are that the entry answers the question."""
    reading, words, grams, text = sides(query, number, index)
    likeness = (
        weights.reading * reading
        + weights.words * words
        + weights.grams * grams
        + weights.text * text
    )
    return likeness * (1 - DOUBT * query.unknown)


def _reading(query: Query, wordings: Wordings) -> float:
    _, likeness, _ = process.extractOne(query.reading, wordings.readings, scorer=fuzz.ratio)
    return likeness / 100


def _words(query: Query, wordings: Wordings) -> float:
    """Return the largest share of words that a phrasing has of the question."""
    shared: defaultdict[int, list[str]] = defaultdict(list)
    with_word = wordings.with_word
    for word in query.covered:
        if word in with_word:
            for place in with_word[word]:
                shared[place].append(word)
    weights = wordings.weights
    found = (_shared_words(query, some, weights[place]) for place, some in shared.items())
    return max(found, default=0.0)


def _shared_words(query: Query, shared: Sequence[str], weight: float) -> float:
    """Return the share of the question that some words of a phrasing cover.

    A little also the share of the phrasing, whose words weigh `weight` together.
    """
    covered: dict[str, float] = {}
    backward = 0.0
    for other in shared:
        backward += query.answered[other]
        for word, share in query.covered[other].items():
            if share > covered.get(word, 0.0):
                covered[word] = share
    forward = sum(covered.values())
    return (1 - PHRASING_SHARE) * forward + PHRASING_SHARE * backward / weight


def _grams(query: Query, wordings: Wordings) -> float:
    """Average the cosine to the best phrasing and to all of them together."""
    totals = [0.0] * len(wordings.lengths)
    with_gram = wordings.with_gram
    for gram, weight in query.grams.items():
        if gram in with_gram:
            for place in with_gram[gram]:
                totals[place] += weight
    cosines = [total / length for total, length in zip(totals, wordings.lengths, strict=True)]
    return (max(cosines) + sum(cosines) / len(cosines) / wordings.centroid) / 2 / query.length


def alike(word: Word, index: Index) -> Mapping[str, float]:
    """Return known words spelt or read nearly like this one or meaning the same."""
    found = {other: SYNONYM for group in word.groups for other in index.synonyms.get(group, ())}
    if word.normal in index.word_rarity.known:
        return found | {word.normal: 1.0}
    for other, likeness in _spelt_alike(word, index):
        found[other] = max(found.get(other, 0.0), likeness)
    return found


def _turned(likenesses: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    turned: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for word, others in likenesses.items():
        for other, likeness in others.items():
            turned[other][word] = likeness
    return turned


def _spelt_alike(word: Word, index: Index) -> Iterator[tuple[str, float]]:
    tries = [(word.normal, index.spellings)]
    if len(word.reading) >= SHORTEST_READING:
        tries.append((word.reading, index.readings))
    for text, known in tries:
        found = process.extract(text, known, scorer=fuzz.ratio, score_cutoff=SAME_WORD, limit=None)
        for _, likeness, position in found:
            yield index.spellings[position], (likeness / 100) ** 2


def _unknown(
    content: Mapping[str, Word], likenesses: Mapping[str, Mapping[str, float]], index: Index
) -> float:
    """Return the share of the question, by rarity, in nouns the FAQ never uses."""
    total = sum(map(index.word_rarity, content)) or 1.0
    strange = (
        name
        for name, word in content.items()
        if word.kind[0] == "名詞" and not likenesses[name] and name not in index.with_word
    )
    return sum(map(index.word_rarity, strange)) / total


def _texts(words: Mapping[str, float], index: Index) -> dict[int, float]:
    """Score all texts of an entry by BM25, as a share of the possible."""
    total = sum(map(index.text_rarity, words)) or 1.0
    found: defaultdict[int, float] = defaultdict(float)
    for word in words:
        share = index.text_rarity(word) / total
        for number, weight in index.with_word.get(word, ()):
            found[number] += share * weight
    return found


def _score_shared(grams: Mapping[str, float], index: Index) -> dict[int, float]:
    found: defaultdict[int, float] = defaultdict(float)
    with_gram = index.with_gram
    for gram, weight in grams.items():
        if gram in with_gram:
            for number in with_gram[gram]:
                found[number] += weight
    return found

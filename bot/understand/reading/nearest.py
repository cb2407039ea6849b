"""The nearest labelled examples of the open question: what may be offered, never recorded.

Likeness is behind one small interface. By spelling it needs nothing more (readings in hiragana, so
that misconversion matters little); by meaning it needs the encoder, which is an extra.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rapidfuzz import fuzz, process

from bot.understand.reading.plain import plain
from bot.understand.reading.reading import Reading
from flows.flow import UNKNOWN, Question
from knowledge.faq.matching.language import reading as spoken

MOST_OFFERED = 2
"""Options; more would be the question over again."""

_VOTERS = 7
_LONGEST = 80
"""Characters: a longer message is a story, and no example is like it."""


class Likeness(Protocol):
    """How like a text is to each of some examples, 0 to 1; those below what counts are left out."""

    def best(self, message: str, examples: Sequence[str], most: int) -> list[tuple[int, float]]:
        """Rank the most similar examples: place and likeness of each."""
        ...


@dataclass(frozen=True, slots=True)
class BySpelling:
    """Likeness of readings, by edit distance."""

    least: float = 0.58
    _spoken: dict[str, str] = field(default_factory=dict)

    def best(self, message: str, examples: Sequence[str], most: int) -> list[tuple[int, float]]:
        """Rank the most similar examples: place and likeness of each."""
        said = [self._of_an_example(example) for example in examples]
        found = process.extract(
            _spoken(message), said, scorer=fuzz.ratio, score_cutoff=100 * self.least, limit=most
        )
        return [(place, score / 100) for _, score, place in found]

    def _of_an_example(self, text: str) -> str:
        return self._spoken.setdefault(text, _spoken(text))


def _spoken(text: str) -> str:
    said = plain(text)
    return spoken(said) or said


@dataclass(frozen=True, slots=True)
class Nearest:
    """The labelled examples of every question, and how they are compared."""

    examples: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    likeness: Likeness

    def offers(self, reading: Reading, question: str) -> tuple[str, ...]:
        """At most two options of the question the message may mean, the likelier first.

        None when it asks something, or is like no example.
        """
        texts, options = self.examples.get(question, ((), ()))
        if not texts or reading.asks or not 0 < len(reading.text) <= _LONGEST:
            return ()
        found = self.likeness.best(reading.text, texts, _VOTERS)
        return _most_voted((options[place], like) for place, like in found)


def nearest_of(questions: Iterable[Question], likeness: Likeness) -> Nearest:
    """Gather the examples in the vocabularies of some questions."""
    examples = {
        question.id: tuple(
            (text, option)
            for option, words in question.words.options.items()
            for text in words.examples
        )
        for question in questions
    }
    return Nearest(
        {
            id_: (tuple(text for text, _ in some), tuple(option for _, option in some))
            for id_, some in examples.items()
        },
        likeness,
    )


def _most_voted(votes: Iterable[tuple[str, float]]) -> tuple[str, ...]:
    """Rank options by votes, likelier examples counting more.

    わからない is not offered.
    """
    total: defaultdict[str, float] = defaultdict(float)
    for option, like in votes:
        total[option] += like * like
    ranked = sorted(total, key=lambda option: -total[option])[:MOST_OFFERED]
    return tuple(option for option in ranked if option != UNKNOWN.id)

"""Questions nobody could answer → groups that ask the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from rapidfuzz import fuzz, process

from knowledge.faq.matching.views import view
from knowledge.faq.wording import language
from knowledge.faq.wording.endings import essence
from knowledge.faq.wording.normalise import plain

SAME = 90.0
"""Likeness of two readings, in percent, from which one is a misspelling of the other."""


SHORT = 10
"""Characters of a reading up to which a line says little without the question it answers."""


class Asked(Protocol):
    """A question as it is kept: its number, its words, and when it was asked."""

    @property
    def id(self) -> int:
        """The store's number of it."""

    @property
    def text(self) -> str:
        """Give what the owner typed."""

    @property
    def open_question(self) -> str:
        """What the bot was asking when it was written; "" for nothing."""

    @property
    def asked_at(self) -> datetime:
        """When."""

    @property
    def person(self) -> str:
        """Who; the same for all questions of one person."""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask the same: their numbers, who asked, and the time of the oldest."""

    ids: tuple[int, ...]
    people: frozenset[str]
    since: datetime

    @property
    def count(self) -> int:
        """Count how many people asked, however often each of them did."""
        return len(self.people)


def grouped(questions: Iterable[Asked]) -> tuple[Group, ...]:
    """List every question in exactly one group, that of most people first; their order does not matter.

    Of groups of as many people, the first of everybody come before the second of anybody: one
    person who asks a thousand things does not push others out of sight.

    Questions are together when they are made of the same words, when they sound alike, and when
    others between them do. A thousand different ones take some seconds: call it in a thread.
    """
    by_reading: defaultdict[str, list[Asked]] = defaultdict(list)
    for question in questions:
        by_reading[read_sound(question.text)].append(question)
    groups = [
        _group(those)
        for readings in _alike(sorted(by_reading), _with_same_words(by_reading))
        for those in _apart_by_question([each for one in readings for each in by_reading[one]])
    ]
    return _in_turn(sorted(groups, key=lambda each: (-each.count, each.since, each.ids)))


def _in_turn(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Order groups of one size so that people take turns."""
    turns: Counter[str] = Counter()
    in_turn = []
    for each in groups:
        turns.update(each.people)
        in_turn.append((-each.count, min(turns[person] for person in each.people), each))
    return tuple(each for _, _, each in sorted(in_turn, key=lambda one: one[:2]))


def _apart_by_question(asked: Sequence[Asked]) -> Iterable[list[Asked]]:
    """Keep short lines apart that answer different questions: 「うん」 means another thing to each."""
    apart: defaultdict[str, list[Asked]] = defaultdict(list)
    is_short = max(len(read_sound(each.text)) for each in asked) <= SHORT
    for each in asked:
        apart[each.open_question if is_short else ""].append(each)
    return apart.values()


def read_sound(text: str) -> str:
    """Reduce a question to what is compared: hiragana without politeness, fillers, blanks."""
    asked = essence(plain(text)).replace(" ", "")
    return language.reading(asked) or asked


def _with_same_words(by_reading: Mapping[str, Sequence[Asked]]) -> Iterable[set[str]]:
    """Find readings made of the same content words, in any order.

    One word alone says what a question is about, not what it asks.
    """
    readings: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    for reading, questions in by_reading.items():
        for text in {question.text for question in questions}:
            readings[frozenset(word.normal for word in view(text).words)].add(reading)
    return [together for words, together in readings.items() if len(words) > 1]


def _alike(readings: Sequence[str], together: Iterable[set[str]]) -> Iterable[list[str]]:
    """Join readings that are alike or `together`, by chains of such too."""
    joined = {reading: reading for reading in readings}
    for first, *others in map(sorted, together):
        for other in others:
            _join(joined, first, other)
    for number, reading in enumerate(readings):
        for other, _, _ in process.extract(
            reading, readings[number + 1 :], scorer=fuzz.ratio, score_cutoff=SAME, limit=None
        ):
            _join(joined, reading, other)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for reading in readings:
        groups[_root(joined, reading)].append(reading)
    return groups.values()


def _root(joined: Mapping[str, str], reading: str) -> str:
    while joined[reading] != reading:
        reading = joined[reading]
    return reading


def _join(joined: dict[str, str], one: str, other: str) -> None:
    first, second = sorted((_root(joined, one), _root(joined, other)))
    joined[second] = first


def wordings(questions: Iterable[Asked]) -> tuple[str, ...]:
    """List their different wordings: those of most people first, then shortest."""
    by_person = {(question.text, question.person) for question in questions}
    counts = Counter(text for text, _ in by_person)
    # The words themselves come last, only so that two runs agree.
    return tuple(sorted(counts, key=lambda text: (-counts[text], len(text), text)))


def _group(questions: Sequence[Asked]) -> Group:
    return Group(
        ids=tuple(sorted(question.id for question in questions)),
        people=frozenset(question.person for question in questions),
        since=min(question.asked_at for question in questions),
    )

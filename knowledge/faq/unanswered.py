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
"""Likeness of two readings, in percent, from which one is a misspelling."""


SHORT = 10
"""Characters of a line that says little without the question it answers."""


class Asked(Protocol):
    """A question as it is kept, with its number, words, and time."""

    @property
    def id(self) -> int:
        """The question's number in the store."""

    @property
    def text(self) -> str:
        """Give the owner's words."""

    @property
    def open_question(self) -> str:
        """The question the bot was asking at the time, or ""."""

    @property
    def asked_at(self) -> datetime:
        """The time of the question."""

    @property
    def person(self) -> str:
        """The person, the same for all questions of one person."""


@dataclass(frozen=True, slots=True)
class Group:
    """Hold questions that ask the same.

    `since` is the time of the oldest.
    """

    ids: tuple[int, ...]
    people: frozenset[str]
    since: datetime

    @property
    def count(self) -> int:
        """Count the people who asked, each once."""
        return len(self.people)


def grouped(questions: Iterable[Asked]) -> tuple[Group, ...]:
    """List every question in exactly one group, largest groups first.

    The order of the questions does not matter. Of groups of as many people, the first of everybody
    come before the second of anybody: one person who asks a thousand things does not push others
    out of sight. Questions are together when they are made of the same words, when they sound
    alike, and when others between them do. A thousand different ones take some seconds: call it in
    a thread.
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
    """Keep short lines apart that answer different questions.

    「うん」 means another thing to each.
    """
    apart: defaultdict[str, list[Asked]] = defaultdict(list)
    is_short = max(len(read_sound(each.text)) for each in asked) <= SHORT
    for each in asked:
        apart[each.open_question if is_short else ""].append(each)
    return apart.values()


def read_sound(text: str) -> str:
    """Reduce a question to hiragana without politeness, fillers, blanks.

    Readings are compared.
    """
    asked = essence(plain(text)).replace(" ", "")
    return language.reading(asked) or asked


def _with_same_words(by_reading: Mapping[str, Sequence[Asked]]) -> Iterable[set[str]]:
    """Find readings made of the same content words, in any order.

    One word alone says what a question is about, not what it asks.
    """
    readings: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    for reading, questions in by_reading.items():
        for text in {question.text for question in questions}:
            readings[_content(text)].add(reading)
    return [together for words, together in readings.items() if len(words) > 1]


def _content(text: str) -> frozenset[str]:
    """List the content words of a question, and から, which turns it round.

    「銀行に電話して何と言う」 and 「銀行から電話で何を聞かれる」 share the others.
    """
    origin = {each.normal for each in language.words(plain(text)) if each.normal == "から"}
    return frozenset(word.normal for word in view(text).words) | origin


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
    """List the different wordings, those of most people first, then shortest."""
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

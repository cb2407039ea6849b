"""Add up counts into the figures for staff, without any person.

`bot.analytics.counters` says what is counted, and when.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from bot.model.case import Outcome, Reason
from bot.months import count_months_on
from flows.assessment import VERDICT_LABELS, Verdict
from flows.flow import Question

DAYS = 28
"""Days of the series. They are whole weeks, to compare one with the next."""

WEEK = 7


class Counted(Protocol):
    """How often something was counted on a Japanese day."""

    @property
    def day(self) -> date:
        """The day."""

    @property
    def name(self) -> str:
        """The name of the count."""

    @property
    def value(self) -> str:
        """The kind of the event, or "" when it has only one kind."""

    @property
    def count(self) -> int:
        """Count how often."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Hold the counts of some days by name and value."""

    by: Mapping[tuple[str, str], int]

    def of(self, name: str, value: str) -> int:
        """Count how often this was counted."""
        return self.by.get((name, value), 0)

    def total(self, name: str) -> int:
        """Count all values of a name together."""
        return sum(self.values(name).values())

    def values(self, name: str) -> dict[str, int]:
        """Count how often each of its values was counted."""
        return {value: count for (each, value), count in self.by.items() if each == name}


@dataclass(frozen=True, slots=True)
class Day:
    """Count the people who talked on a day, and the finished questionnaires."""

    date: date
    talked: int
    finished: int


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a whole, its `share` from 0 to 1."""

    label: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Stop:
    """Count how many people reached a question, and stopped there."""

    title: str
    reached: int
    stopped: int

    @property
    def share(self) -> float:
        """The share of people who stopped, from 0 to 1."""
        return self.stopped / self.reached


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures as of a day.

    `month` is the month so far, `before` the month before up to the same day, `days` the last
    four weeks, oldest first; `questions` are those asked today, whose titles are shown.
    """

    today: Sums
    month: Sums
    before: Sums
    days: tuple[Day, ...]
    questions: Mapping[str, Question] = field(default_factory=dict)

    @property
    def weeks(self) -> tuple[tuple[Day, ...], ...]:
        """The days by seven, oldest first."""
        return tuple(self.days[at : at + WEEK] for at in range(0, len(self.days), WEEK))


def since(today: date) -> date:
    """Find the first day whose counts today's `figures` need."""
    return min(_month_before(today), today - timedelta(days=DAYS - 1))


def figures(counts: Iterable[Counted], today: date, questions: Mapping[str, Question]) -> Figures:
    """Add up the counts as of a day, all zero without any.

    `counts` start at `since`.
    """
    kept = [each for each in counts if each.day <= today]
    first, before = today.replace(day=1), _month_before(today)
    last_series = [today - timedelta(days=back) for back in reversed(range(DAYS))]
    by_day = {day: _sums(each for each in kept if each.day == day) for day in last_series}
    return Figures(
        _sums(each for each in kept if each.day == today),
        _sums(each for each in kept if each.day >= first),
        _sums(each for each in kept if before <= each.day < first and each.day.day <= today.day),
        tuple(
            Day(day, sums.total("talked"), sums.total("finished")) for day, sums in by_day.items()
        ),
        questions,
    )


def _sums(counts: Iterable[Counted]) -> Sums:
    added: Counter[tuple[str, str]] = Counter()
    for each in counts:
        added[each.name, each.value] += each.count
    return Sums(added)


def _month_before(day: date) -> date:
    return count_months_on(day.replace(day=1), -1)


def stops(sums: Sums, questions: Mapping[str, Question]) -> tuple[Stop, ...]:
    """List the questions where people stop, the worst first.

    People who are answering at this moment count as having stopped. A person who goes back and
    answers again makes a question answered more often than reached; that is no stop.
    """
    answered = sums.values("answered")
    found = [
        Stop(_title(question, questions), reached, reached - answered.get(question, 0))
        for question, reached in sums.values("reached").items()
        if reached > answered.get(question, 0)
    ]
    return tuple(sorted(found, key=lambda each: (-each.stopped, -each.share, each.title)))


def _title(question: str, questions: Mapping[str, Question]) -> str:
    """Find a question's title, or its id if it is gone."""
    known = questions.get(question)
    return known.title if known else question


def verdicts(sums: Sums) -> tuple[Share, ...]:
    """List the shares of the verdicts, best first."""
    return _shares(sums.values("verdict"), {each.value: VERDICT_LABELS[each] for each in Verdict})


REASONS = {
    Reason.DESPAIR: "つらい気持ちの言葉があった",
    Reason.URGENT: "急ぎの支払いで困っている",
    Reason.MISSES: "ボットが続けて答えられなかった",
    Reason.ASKED: "人と話したい",
}
"""Why a person was wanted, as a heading of numbers."""


OUTCOMES = {
    Outcome.SOLVED: "解決した",
    Outcome.REFERRED: "窓口をご案内した",
    Outcome.OTHER_SUPPORT: "別の支援をご案内した",
    Outcome.UNREACHABLE: "連絡がつかなくなった",
    Outcome.OTHER: "その他",
}
"""Outcomes of a case, as staff choose and read them."""

HELPED = {"yes": "役に立った", "some": "少し役に立った", "no": "役に立たなかった"}
"""Owners' judgements of an ended case."""


def outcomes(sums: Sums) -> tuple[Share, ...]:
    """List the shares of the outcomes of completed cases."""
    return _shares(sums.values("outcome"), {each.value: OUTCOMES[each] for each in Outcome})


def satisfaction(sums: Sums) -> tuple[Share, ...]:
    """List the shares of owners' judgements."""
    return _shares(sums.values("talk_helped"), HELPED)


def persons(sums: Sums) -> tuple[Share, ...]:
    """Why a person was wanted, the gravest first."""
    return _shares(sums.values("person"), {each.value: REASONS[each] for each in Reason})


def _shares(counts: Mapping[str, int], labels: Mapping[str, str]) -> tuple[Share, ...]:
    """List the shares of counted values in the order of `labels`.

    Values without a label keep their name and come last.
    """
    total = sum(counts.values())
    order = [*labels, *sorted(counts.keys() - labels.keys())]
    return tuple(
        Share(labels.get(value, value), counts[value], counts[value] / total)
        for value in order
        if counts.get(value)
    )

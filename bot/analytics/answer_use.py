"""Tell which answers helped, which did not, and which were never given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.analytics.figures import DAYS, WEEK, Counted


@dataclass(frozen=True, slots=True)
class AnswerUse:
    """Count how often an answer was given, helped, or did not."""

    entry: str
    given: int
    helped: int
    missed: int


@dataclass(frozen=True, slots=True)
class Review:
    """The answers of a week up to a day.

    `missed` did not help, the worst first; `given` were given most; `unused` are ids of answers that
    nobody was given in four weeks, in the order of the FAQ. `unanswered` counts what had no answer.
    """

    missed: tuple[AnswerUse, ...]
    given: tuple[AnswerUse, ...]
    unused: tuple[str, ...]
    unanswered: int

    @property
    def is_empty(self) -> bool:
        """Tell whether the week has nothing to look at."""
        return not (self.missed or self.given or self.unanswered)


def begin_review(today: date) -> date:
    """Find the first day whose counts a review of `today` needs."""
    return today - timedelta(days=DAYS - 1)


def review_answers(counts: Iterable[Counted], today: date, entries: Iterable[str]) -> Review:
    """Review the answers with these ids, as counted since `begin_review`."""
    kept = [each for each in counts if begin_review(today) <= each.day <= today]
    week = _add_up(each for each in kept if each.day > today - timedelta(days=WEEK))
    ever, listed = _add_up(kept), tuple(entries)
    uses = [
        AnswerUse(entry, *(week[name, entry] for name in ("entry", "helped", "missed")))
        for entry in listed
    ]
    return Review(
        missed=tuple(sorted((each for each in uses if each.missed), key=_worst_first)),
        given=tuple(sorted((each for each in uses if each.given), key=lambda each: -each.given)),
        unused=tuple(entry for entry in listed if not ever["entry", entry]),
        unanswered=week["unanswered", ""],
    )


def _add_up(counts: Iterable[Counted]) -> Counter[tuple[str, str]]:
    added: Counter[tuple[str, str]] = Counter()
    for each in counts:
        added[each.name, each.value] += each.count
    return added


def _worst_first(use: AnswerUse) -> tuple[int, int]:
    return use.helped - use.missed, -use.missed

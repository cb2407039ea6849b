"""Read the reminders after the verdict from their file.

A reminder counts from a date that the owner or staff named, or from the day they agreed. No date is
ever guessed, so a reminder without its date does not exist.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Any

AGREED, PAUSED, PAPERS = "agreed", "paused", "papers"
"""Starts of a reminder besides a date.

They are the consent, 「あとで続ける」, and the first list of papers.
"""

NUDGES = frozenset({AGREED, PAUSED, PAPERS})
"""What gives way where trouble was told."""


@dataclass(frozen=True, slots=True)
class DateKind:
    """A date that may be named.

    `label` is its button and name, `question` how it is asked for, `names` are words that name it in
    passing. `events` are words that tell of it beside a date and that several may share, in plain
    spelling. `passed` says that it lies behind, `by_month` that its month is enough: the last day is
    meant.
    """

    id: str
    label: str
    question: str
    names: tuple[str, ...]
    events: tuple[str, ...] = ()
    passed: bool = False
    by_month: bool = False


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """A reminder `months` and `days` after the date `since`, `times` times at every `every` months.

    `text` has {day} for the date it counts from, {left} for how many papers are missing. With `before` a
    closed day moves it to the working day before, else to the next. `evened`: people are spread over up to two
    days around it, since many have the same date. `unless_called`: not to somebody
    who said that they called; `unless_named`: nor once one of these dates was named. `half_year`: only to somebody who wants it each half year.
    `check_in` asks how it goes. What came too late is still worth saying for `useful_days`.
    """

    id: str
    since: str
    text: str
    sources: tuple[str, ...] = ()
    months: int = 0
    days: int = 0
    times: int = 1
    every: int = 12
    before: bool = False
    evened: bool = False
    unless_called: bool = False
    unless_named: tuple[str, ...] = ()
    half_year: bool = False
    check_in: bool = False
    useful_days: int = 2


@dataclass(frozen=True, slots=True)
class CheckOption:
    """One tap of a check-in.

    `mark` stands for it in a row of check-ins, `report` is how a bank is told. `tell` says whom to tell
    where it differs from the plan; `trouble` cannot wait, `urgent` is the emergency it is, if it is one.
    `answers` are answers of the questionnaire that it gives as well.
    """

    id: str
    label: str
    mark: str
    report: str
    tell: str = ""
    trouble: bool = False
    urgent: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """Hold one question of a check-in, with a `title` for lists.

    `point` is its place in a report to a bank: 1 how it went, 2 what was done, 3 why it differs, 4
    what is asked for.
    """

    id: str
    title: str
    text: str
    point: int
    options: tuple[CheckOption, ...]

    def option(self, id_: str) -> CheckOption | None:
        """Find an option by its id, or None for one of another version."""
        return next((each for each in self.options if each.id == id_), None)


@dataclass(frozen=True, slots=True)
class FollowUpPlan:
    """Hold a programme's dates by id, reminders and checks, in the file's order.

    `report_sources` are the ids of the sources of the report to a bank.
    """

    dates: Mapping[str, DateKind] = field(default_factory=dict)
    rules: tuple[ReminderRule, ...] = ()
    checks: tuple[Check, ...] = ()
    report_sources: tuple[str, ...] = ()

    @property
    def is_offered(self) -> bool:
        """Tell whether this programme follows up at all."""
        return bool(self.rules)


def load_follow_up(file: Traversable) -> FollowUpPlan:
    """Read the dates and reminders of a file. Raises TypeError for a field that does not exist."""
    data = tomllib.loads(file.read_text("utf-8"))
    dates = (DateKind(**_with_tuples(row, "names", "events")) for row in data["date"])
    rules = (
        ReminderRule(**_with_tuples(row, "sources", "unless_named")) for row in data["reminder"]
    )
    checks = tuple(map(_check, data.get("check", ())))
    sources = tuple(data.get("report_sources", ()))
    return FollowUpPlan({each.id: each for each in dates}, tuple(rules), checks, sources)


def _check(row: Mapping[str, Any]) -> Check:
    options = tuple(CheckOption(**each) for each in row["options"])
    return Check(row["id"], row["title"], row["text"], row["point"], options)


def _with_tuples(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {**row, **{name: tuple(row.get(name, ())) for name in names}}

"""Show check-ins against a plan.

As marks, as a picture over time, and as the report to a bank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.figures.strips import WORST, Strip, Strips, draw_strips
from bot.model.follow_up import CheckIn
from bot.presentation.times import say_full_date
from bot.presentation.wording import join_words, say
from flows.follow_up import Check, CheckOption

SHOWN = 6
"""Check-ins shown at once, the newest."""

FEWEST_DRAWN = 2

Chosen = Sequence[tuple[Check, CheckOption]]
"""What was asked in a check-in and what was tapped, in order."""


def list_chosen(check_in: CheckIn, checks: Sequence[Check]) -> Chosen:
    """List what was tapped, as far as it is still asked."""
    return [
        (check, option)
        for check in checks
        if (option := check.option(check_in.options.get(check.id, "")))
    ]


def history_lines(check_ins: Sequence[CheckIn], checks: Sequence[Check]) -> Iterator[str]:
    """Write the check-ins one under the other, as marks."""
    for each in check_ins[-SHOWN:]:
        chosen = list_chosen(each, checks)
        marks = " ".join(f"{check.title}{option.mark}" for check, option in chosen)
        yield say("follow_up.history_line", day=say_full_date(each.on), marks=marks)


def draw_check_ins(check_ins: Sequence[CheckIn], checks: Sequence[Check]) -> str | None:
    """Draw the check-ins over time as SVG, or None before there are two."""
    shown = check_ins[-SHOWN:]
    if len(shown) < FEWEST_DRAWN:
        return None
    strips = [Strip(check.title, [_level(each, check) for each in shown]) for check in checks]
    days = [say("follow_up.drawn_day", year=each.on.year, month=each.on.month) for each in shown]
    meanings = [
        say("follow_up.drawn_well"),
        say("follow_up.drawn_less"),
        say("follow_up.drawn_badly"),
    ]
    described = "。".join(_describe(shown, checks))
    title = say("follow_up.drawn_title")
    return draw_strips(Strips("check-ins", title, described, days, strips, meanings))


def _level(check_in: CheckIn, check: Check) -> int | None:
    """Return the level of an answer, whose options go from well to badly."""
    ids = [each.id for each in check.options]
    chosen = check_in.options.get(check.id, "")
    return min(ids.index(chosen), WORST) if chosen in ids else None


def _describe(check_ins: Sequence[CheckIn], checks: Sequence[Check]) -> Iterator[str]:
    for each in check_ins:
        told = (f"{check.title}：{option.label}" for check, option in list_chosen(each, checks))
        yield f"{say_full_date(each.on)}　{join_words(told)}"


def report_points(check_in: CheckIn, checks: Sequence[Check]) -> dict[str, str]:
    """Write the four points of a report to a bank, by their names.

    The names are those in `follow_up.report`.
    """
    chosen = list_chosen(check_in, checks)
    differs = join_words(check.title for check, option in chosen if option.tell)
    return {
        "overview": _sentences(1, chosen),
        "actions": _sentences(2, chosen),
        "difference": say("follow_up.report_difference", titles=differs)
        if differs
        else say("follow_up.report_no_difference"),
        "request": _sentences(4, chosen),
    }


def _sentences(point: int, chosen: Chosen) -> str:
    """Say what belongs to one of the four points."""
    return "".join(
        say("follow_up.report_sentence", words=option.report)
        for check, option in chosen
        if check.point == point
    )

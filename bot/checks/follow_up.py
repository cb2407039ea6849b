"""List every fault of the reminders."""

from __future__ import annotations

from collections.abc import Container, Iterator

from bot.presentation.wording import parameters_of
from flows.follow_up import NUDGES, FollowUpPlan


def faults(plan: FollowUpPlan, sources: Container[str]) -> Iterator[str]:
    """Find reminders without a date, a source, or a known parameter."""
    for source in plan.report_sources:
        if source not in sources:
            yield f"report to a bank: source {source} is not in knowledge/sources.json"
    for rule in plan.rules:
        where = f"reminder {rule.id}"
        if rule.since not in {*plan.dates, *NUDGES}:
            yield f"{where}: there is no date {rule.since!r} to count from"
        if unknown := parameters_of(rule.text) - {"day", "left"}:
            yield f"{where}: {sorted(unknown)} stands in braces; a reminder has {{day}} and {{left}}"
        if strange := {*rule.unless_named} - plan.dates.keys():
            yield f"{where}: there is no date {sorted(strange)} that could make it needless"
        for source in rule.sources:
            if source not in sources:
                yield f"{where}: source {source} is not in knowledge/sources.json"

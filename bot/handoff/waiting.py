"""Find open cases that have waited too long, and sort them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.model.case import Case, Reason


def is_overdue(case: Case, now: datetime) -> bool:
    """Tell whether the promised time has passed without an answer."""
    return case.is_open and case.first_reply_at is None and case.promised_by < now


def is_snoozed(case: Case, now: datetime) -> bool:
    """Tell whether a case is put aside for now."""
    return case.snoozed_until is not None and now < case.snoozed_until


def most_urgent_first(cases: Iterable[Case], now: datetime) -> tuple[Case, ...]:
    """Sort waiting cases into the order of work.

    Cases put aside come last. Those that wait for their first answer come before the others. Among
    them despair comes first, then broken promises, then urgent trouble, then the promise that runs
    out soonest.
    """

    def rank(case: Case) -> tuple[bool, bool, bool, bool, bool, datetime, str]:
        return (
            is_snoozed(case, now),
            case.first_reply_at is not None,
            case.reason is not Reason.DESPAIR,
            not is_overdue(case, now),
            case.reason is not Reason.URGENT,
            case.promised_by,
            case.id,
        )

    return tuple(sorted(cases, key=rank))

"""The form in which the desk sets its hours and its promise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time

from bot.channels.slack.settings import wording
from bot.channels.slack.settings.policy_changes import mark_policy
from bot.channels.slack.settings.policy_lines import say_promise
from bot.channels.slack.ui.blocks import Json, context, input_block, modal, select, text_field
from bot.channels.slack.ui.fields import checkboxes, time_field, users_list_field
from bot.model.business_hours import Hours
from bot.model.desk_policy import PROMISES, USUAL, DeskPolicy
from bot.model.messages import Choice
from bot.presentation.limits import cut

OPEN = "settings:open"
OPENS, CLOSES, DAYS, CLOSED, PROMISE, CALLED = (
    "opens",
    "closes",
    "days",
    "closed",
    "promise",
    "called",
)

_WEEK = 7
_MOST_CLOSED, _MOST_CALLED, _LINE = 60, 5, 30


class UnreadableError(Exception):
    """Tell that a field cannot be used, with a sentence for it."""

    def __init__(self, field: str, why: str) -> None:
        self.field, self.why = field, why
        super().__init__(why)


def draw_form(policy: DeskPolicy) -> Json:
    """Draw the form with the current settings."""
    hours = policy.hours
    days = [Choice(wording.weekday(each), str(each)) for each in range(_WEEK)]
    chosen = [str(each) for each in sorted(hours.days)]
    promises = [Choice(say_promise(each), str(each)) for each in PROMISES]
    closed = "\n".join(sorted(each.isoformat() for each in hours.closed))
    typed = text_field(CLOSED, closed, several_lines=True, most=_MOST_CLOSED * _LINE)
    return modal(
        OPEN,
        wording.TITLE,
        [
            context(wording.HOW),
            input_block(wording.OPENS, OPENS, time_field(OPENS, hours.opens.isoformat("minutes"))),
            input_block(
                wording.CLOSES, CLOSES, time_field(CLOSES, hours.closes.isoformat("minutes"))
            ),
            input_block(wording.DAYS, DAYS, checkboxes(DAYS, days, chosen)),
            input_block(wording.CLOSED, CLOSED, typed, hint=wording.CLOSED_HINT, optional=True),
            input_block(
                wording.PROMISE,
                PROMISE,
                select(wording.PROMISE, PROMISE, promises, str(policy.promise_minutes)),
            ),
            input_block(
                wording.CALLED,
                CALLED,
                users_list_field(CALLED, policy.called, most=_MOST_CALLED),
                hint=wording.CALLED_HINT,
                optional=True,
            ),
        ],
        submit=wording.SAVE,
        private=mark_policy(policy),
    )


def read_form(values: Mapping[str, str], before: DeskPolicy = USUAL) -> DeskPolicy:
    """Read the settings from their form, keeping others from `before`.

    Raises UnreadableError.
    """
    opens, closes = _read_time(values, OPENS), _read_time(values, CLOSES)
    if closes <= opens:
        raise UnreadableError(CLOSES, wording.CLOSES_BEFORE_OPENING)
    days = frozenset(int(each) for each in _split(values, DAYS) if each in map(str, range(_WEEK)))
    if not days:
        raise UnreadableError(DAYS, wording.NO_DAY)
    given = values.get(PROMISE, "")
    promise = int(given) if given in map(str, PROMISES) else USUAL.promise_minutes
    hours = Hours(opens, closes, days, _read_closed(values.get(CLOSED, "")))
    called = tuple(_split(values, CALLED))[:_MOST_CALLED]
    return replace(before, hours=hours, promise_minutes=promise, called=called)


def _read_time(values: Mapping[str, str], field: str) -> time:
    try:
        return time.fromisoformat(values.get(field, ""))
    except ValueError:
        raise UnreadableError(field, wording.NOT_A_TIME) from None


def _read_closed(typed: str) -> frozenset[date]:
    lines = [each.strip() for each in typed.splitlines()][:_MOST_CLOSED]
    return frozenset(_read_day(each) for each in lines if each)


def _read_day(line: str) -> date:
    try:
        return date.fromisoformat(line.replace("/", "-"))
    except ValueError:
        raise UnreadableError(CLOSED, wording.refuse_day(cut(line, _LINE))) from None


def _split(values: Mapping[str, str], field: str) -> list[str]:
    return [each for each in values.get(field, "").split(",") if each]

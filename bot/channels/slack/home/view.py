"""The App Home as staff see it, the most urgent first.

It is read on a phone in a glance, so what needs somebody comes first and the rest is one line
each. It holds no owner's words: Slack keeps a home as it was published, also when they have been
taken back since. Charts are text: Slack shows its own only in messages. Source: Slack's Block Kit
reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.analytics.figures import Figures
from bot.channels import Quota
from bot.channels.slack.desk import wording as desk_wording
from bot.channels.slack.home import wording
from bot.channels.slack.home.charts import draw_figures
from bot.channels.slack.home.follow_up import NO_REMINDERS, Reminders, draw_reminders
from bot.channels.slack.knowledge.list_view import LIST, count_people
from bot.channels.slack.knowledge.number_card import SHOW
from bot.channels.slack.replies import wording as saved_wording
from bot.channels.slack.replies.saved_view import LIST as SAVED
from bot.channels.slack.ui.blocks import (
    DIVIDER,
    VIEW_BLOCKS,
    Json,
    actions,
    button,
    context,
    header,
    paragraph,
    plain_text,
    rich_text,
)
from bot.handoff.waiting import is_overdue, most_urgent_first
from bot.model.case import Case
from bot.presentation.case_names import LEVELS, REASONS
from bot.presentation.limits import cut
from bot.presentation.times import say_moment, say_moment_from
from bot.store import OutboxState
from bot.store.records import UnansweredQuestion
from knowledge import sources
from knowledge.freshness import Kind, Stale

BEGIN = "interview:begin"
"""The interview's own action; the rest is the home's."""

REFRESH, CHART, NAME, OPEN_CASE = "home:refresh", "home:chart", "home:name", "home:case"

CASES, STALE = 20, 3
"""So many cases and old facts are shown; the rest is counted."""

A_DAY = 5
"""Numbers of 2015 that staff are asked to check a day: so many are done over a coffee."""

WARN_FROM = 0.8
"""The part of LINE's monthly messages from which staff are warned."""

LATE = timedelta(minutes=5)
"""How long a delivery may take before staff are told."""

_NAME = 80


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the home shows, as of `now`.

    A source that could not be read is None. `viewer` is the ID of who looks. `names` are what cases
    are called and `links` lead to their threads, by case id. `stale` are facts to look at again;
    `checked_today` counts the numbers that somebody has made sure of today. `has_desk` and `has_line` say
    what is set up at all.
    """

    now: datetime
    viewer: str
    cases: Sequence[Case] | None = ()
    names: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    asked: Sequence[UnansweredQuestion] | None = ()
    figures: Figures | None = None
    outbox: OutboxState | None = None
    quota: Quota | None = None
    stale: Sequence[Stale] | None = ()
    checked_today: int = 0
    reminders: Reminders | None = NO_REMINDERS
    has_desk: bool = True
    has_line: bool = True


def draw_home(situation: Situation) -> Json:
    """Draw the view for views.publish."""
    blocks = [
        *_draw_top(situation),
        *_draw_cases(situation),
        *_draw_questions(situation.asked),
        *draw_reminders(situation.reminders, situation.quota),
        DIVIDER,
        *draw_figures(situation.figures, wording.NOT_READ),
        *actions([button(wording.CHART_BUTTON, CHART)]),
        DIVIDER,
        *_draw_upkeep(situation),
    ]
    return {"type": "home", "callback_id": "home", "blocks": blocks[:VIEW_BLOCKS]}


def _draw_top(situation: Situation) -> Iterator[Json]:
    now = situation.now
    yield from actions(
        [
            button(wording.BEGIN_BUTTON, BEGIN, style="primary"),
            button(wording.REFRESH_BUTTON, REFRESH),
        ]
    )
    yield context(wording.say_as_of(say_moment(now)))
    warnings = [*_warn_late(situation.outbox, now), *_warn_quota(situation.quota)]
    if warnings:
        yield paragraph(rich_text("\n".join(f"⚠️ {each}" for each in warnings), bold=True))


def _warn_late(outbox: OutboxState | None, now: datetime) -> Iterator[str]:
    if outbox and outbox.oldest and now - outbox.oldest > LATE:
        yield wording.warn_late(outbox.waiting, now - outbox.oldest)


def _warn_quota(quota: Quota | None) -> Iterator[str]:
    if quota is None or quota.limit is None or quota.used < WARN_FROM * quota.limit:
        return
    if quota.used >= quota.limit:
        yield wording.QUOTA_USED_UP
    else:
        yield wording.warn_quota(quota.limit - quota.used, quota.limit)


# --- cases ----------------------------------------------------------------------------------------


def _draw_cases(situation: Situation) -> Iterator[Json]:
    cases = situation.cases
    if not (situation.has_desk or cases):
        return
    yield header(wording.head_cases(len(cases or ())))
    if cases is None:
        yield context(wording.NOT_READ)
    elif not cases:
        yield context(wording.NOBODY_WAITS)
    else:
        in_order = most_urgent_first(cases, situation.now)
        yield from (_draw_case(each, situation) for each in in_order[:CASES])
        if len(in_order) > CASES:
            yield context(wording.count_other_cases(len(in_order) - CASES))


def _draw_case(case: Case, situation: Situation) -> Json:
    grave = f"{desk_wording.MARKS[case.reason]} {LEVELS[case.reason]}"
    name = situation.names.get(case.id, wording.CASE)
    lines = (
        wording.head_case(grave, name, _describe_wait(case, situation.now)),
        REASONS[case.reason],
        wording.name_holder(_name_holder(case, situation.viewer)),
    )
    shown = {"type": "section", "text": plain_text("\n".join(lines))}
    link = situation.links.get(case.id)
    action = f"{OPEN_CASE}:{case.id}"
    return shown | ({"accessory": button(wording.THREAD_BUTTON, action, url=link)} if link else {})


def _describe_wait(case: Case, now: datetime) -> str:
    since = now - case.opened_at
    if case.first_reply_at:
        return wording.say_replied(since)
    promised = say_moment_from(case.promised_by, now)
    if is_overdue(case, now):
        return wording.say_overdue(since, promised)
    return wording.say_waiting(since, promised)


def _name_holder(case: Case, viewer: str) -> str:
    if not case.holder:
        return wording.NO_HOLDER
    return wording.YOU if case.holder == viewer else cut(case.holder_name, _NAME)


# --- questions nobody could answer ----------------------------------------------------------------


def _draw_questions(asked: Sequence[UnansweredQuestion] | None) -> Iterator[Json]:
    """Count the people; their words stand in lists, which can lose them."""
    yield header(wording.head_questions(count_people(asked or ())))
    if asked is None:
        yield context(wording.NOT_READ)
    elif not asked:
        yield context(wording.NO_QUESTIONS)
    else:
        yield from actions([button(wording.LIST_BUTTON, LIST)])


# --- upkeep ---------------------------------------------------------------------------------------


def _draw_upkeep(situation: Situation) -> Iterator[Json]:
    yield header(wording.UPKEEP)
    lines = [*_describe_quota(situation), *_describe_outbox(situation.outbox)]
    yield paragraph(rich_text("\n".join((*lines, *_describe_stale(situation.stale)))))
    yield from _draw_todays_numbers(situation)
    kept = [button(saved_wording.SAVED_BUTTON, SAVED)] if situation.has_desk else []
    yield from actions([button(wording.NAME_BUTTON, NAME), *kept])
    yield context(wording.NOTHING_PERSONAL)


def _describe_quota(situation: Situation) -> Iterator[str]:
    quota = situation.quota
    if not situation.has_line:
        return
    if quota is None:
        yield wording.QUOTA_NOT_READ
    else:
        yield wording.count_quota(quota.used, quota.limit)


def _describe_outbox(outbox: OutboxState | None) -> Iterator[str]:
    if outbox is None:
        yield wording.OUTBOX_NOT_READ
    elif not (outbox.waiting or outbox.given_up):
        yield wording.ALL_DELIVERED
    else:
        yield wording.count_outbox(outbox.waiting, outbox.given_up)


def _describe_stale(stale: Sequence[Stale] | None) -> Iterator[str]:
    if stale is None:
        yield wording.FACTS_NOT_READ
        return
    unconfirmed = [each for each in stale if each.kind is Kind.LEAFLET_PHONE]
    old = [each for each in stale if each.kind is not Kind.LEAFLET_PHONE]
    yield from _list_facts(wording.LEAFLET_NUMBERS, unconfirmed)
    yield from _list_facts(wording.OLD_FACTS, old)


def _draw_todays_numbers(situation: Situation) -> Iterator[Json]:
    """Lead through the numbers of 2015, a few a day: how many are left, and the next one."""
    codes = [each.target for each in situation.stale or () if each.kind is Kind.LEAFLET_PHONE]
    if not codes:
        return
    left = min(A_DAY - situation.checked_today, len(codes))
    yield context(wording.count_numbers_today(left, len(codes)))
    style = "primary" if left > 0 else ""
    yield from actions([button(wording.NUMBER_BUTTON, SHOW, codes[0], style=style)])


def _list_facts(heading: str, facts: Sequence[Stale]) -> Iterator[str]:
    """List the number of facts, and the first of them."""
    yield wording.count_facts(heading, len(facts))
    for each in facts[:STALE]:
        checked = wording.say_checked(sources.in_words(each.checked_on))
        age = "" if each.kind is Kind.LEAFLET_PHONE else checked
        yield cut(f"・{each.name} {each.number}".rstrip(), _NAME) + age
    if len(facts) > STALE:
        yield wording.count_other_facts(len(facts) - STALE)

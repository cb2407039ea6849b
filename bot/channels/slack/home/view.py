"""Draw the App Home, the most urgent first.

It is read on a phone in a glance, so what needs somebody comes first and the rest is one line each.
It holds no owner's words: Slack keeps a home as it was published, also after they have been taken
back. Charts are text: Slack shows its own only in messages. Source: Slack's Block Kit reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.analytics.figures import Figures
from bot.channels import Quota
from bot.channels.slack.home import wording
from bot.channels.slack.home.charts import draw_figures
from bot.channels.slack.home.follow_up import NO_REMINDERS, Reminders, draw_reminders
from bot.channels.slack.knowledge.list_view import LIST, count_people
from bot.channels.slack.knowledge.number_card import SHOW
from bot.channels.slack.queue.view import Queue, draw_queue
from bot.channels.slack.replies import wording as saved_wording
from bot.channels.slack.replies.saved_view import LIST as SAVED
from bot.channels.slack.settings import wording as settings_wording
from bot.channels.slack.settings.regions import REGIONS
from bot.channels.slack.settings.view import OPEN as SETTINGS
from bot.channels.slack.ui.blocks import (
    DIVIDER,
    VIEW_BLOCKS,
    Json,
    actions,
    button,
    context,
    header,
    paragraph,
    rich_text,
)
from bot.presentation.limits import cut
from bot.presentation.times import say_moment
from bot.store import OutboxState
from bot.store.records import UnansweredQuestion
from knowledge import sources
from knowledge.freshness import Kind, Stale

BEGIN = "interview:begin"
"""The interview's action. The others are the home's."""

REFRESH, CHART, NAME = "home:refresh", "home:chart", "home:name"
REPORT = "home:report"

STALE = 3
"""Old facts shown. The rest is counted."""

A_DAY = 5
"""Numbers of 2015 to check in a day, over a coffee."""

WARN_FROM = 0.8
"""The part of LINE's monthly messages from which staff are warned."""

LATE = timedelta(minutes=5)
"""Time a delivery may take before staff are told."""

_NAME = 80
"""Most characters of a name with its number."""


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the home shows, as of the time of its queue.

    A source that could not be read is None. `stale` are facts to look at again; `checked_today`
    counts the numbers that somebody has made sure of today. `has_desk` and `has_line` say
    what is set up at all.
    """

    queue: Queue
    asked: Sequence[UnansweredQuestion] | None = ()
    figures: Figures | None = None
    outbox: OutboxState | None = None
    quota: Quota | None = None
    stale: Sequence[Stale] | None = ()
    checked_today: int = 0
    reminders: Reminders | None = NO_REMINDERS
    has_desk: bool = True
    has_line: bool = True

    @property
    def shows_cases(self) -> bool:
        """Tell whether there is anything to say of cases."""
        return self.has_desk or bool(self.queue.cases)


def draw_home(situation: Situation) -> Json:
    """Draw the view for views.publish."""
    blocks = [
        *_draw_top(situation),
        *(draw_queue(situation.queue, wording.NOT_READ) if situation.shows_cases else ()),
        *_draw_questions(situation.asked),
        *draw_reminders(situation.reminders, situation.quota),
        DIVIDER,
        *draw_figures(situation.figures, wording.NOT_READ),
        *actions([button(wording.CHART_BUTTON, CHART), button(wording.REPORT_BUTTON, REPORT)]),
        DIVIDER,
        *_draw_upkeep(situation),
    ]
    return {"type": "home", "callback_id": "home", "blocks": blocks[:VIEW_BLOCKS]}


def _draw_top(situation: Situation) -> Iterator[Json]:
    now = situation.queue.now
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


# --- questions nobody could answer ----------------------------------------------------------------


def _draw_questions(asked: Sequence[UnansweredQuestion] | None) -> Iterator[Json]:
    """Count the people with unanswered questions.

    Their words stand in lists, which can lose them.
    """
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
    kept = [
        button(saved_wording.SAVED_BUTTON, SAVED),
        button(settings_wording.BUTTON, SETTINGS),
        button(settings_wording.REGIONS_BUTTON, REGIONS),
    ]
    yield from actions([button(wording.NAME_BUTTON, NAME), *(kept if situation.has_desk else ())])
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
    """Lead through the numbers of 2015, a few a day.

    It shows how many are left, and the next one.
    """
    codes = [each.target for each in situation.stale or () if each.kind is Kind.LEAFLET_PHONE]
    if not codes:
        return
    left = min(A_DAY - situation.checked_today, len(codes))
    yield context(wording.count_numbers_today(left, len(codes)))
    style = "primary" if left > 0 else ""
    yield from actions([button(wording.NUMBER_BUTTON, SHOW, codes[0], style=style)])


def _list_facts(heading: str, facts: Sequence[Stale]) -> Iterator[str]:
    """Write the number of facts, and the first few."""
    yield wording.count_facts(heading, len(facts))
    for each in facts[:STALE]:
        checked = wording.say_checked(sources.in_words(each.checked_on))
        age = "" if each.kind is Kind.LEAFLET_PHONE else checked
        yield cut(f"・{each.name} {each.number}".rstrip(), _NAME) + age
    if len(facts) > STALE:
        yield wording.count_other_facts(len(facts) - STALE)

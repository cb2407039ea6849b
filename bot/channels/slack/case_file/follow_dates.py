"""Let staff name an owner's dates of the follow-up.

The form opens from the file of the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import orjson

from bot.channels.slack.case_file import wording
from bot.channels.slack.desk import wording as desk_wording
from bot.channels.slack.ui.blocks import Json, button, context, input_block, modal
from bot.channels.slack.ui.fields import date_field
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import BlockAction, Event, ViewSubmission
from bot.channels.slack.web.responses import answer_privately, answer_with_errors, open_form
from bot.follow_up.saying import plan_lines
from bot.handoff.date_naming import find_date_faults, list_days, name_dates, today_of
from bot.handoff.refusals import Refused, refuse_if_closed
from bot.model.conversation import Conversation
from bot.model.turn import Context, Turn
from bot.runtime.conversation_service import ConversationService
from bot.store import Incoming
from flows.follow_up import FollowUpPlan

DATES = "file:dates"


def draw_dates_button(conversation: Conversation) -> tuple[Json, ...]:
    """Draw the button to the form, during an open case of a followed owner."""
    follow_up, case = conversation.follow_up, conversation.case
    if not (follow_up and follow_up.agreed_at and case and case.is_open):
        return ()
    return (button(wording.DATES_BUTTON, DATES, case.id),)


def draw_form(case_id: str, conversation: Conversation, plan: FollowUpPlan, about: Context) -> Json:
    """Draw the dates as they are known, and what comes of them."""
    known = list_days(conversation, plan)
    fields = [
        input_block(kind.label, kind.id, _draw_day(kind.id, known), optional=True)
        for kind in plan.dates.values()
    ]
    coming = (
        "\n".join(plan_lines(conversation.follow_up, plan, about.now))
        if conversation.follow_up
        else ""
    )
    blocks = [context(wording.DATES_HOW), *fields, context(coming)]
    private = orjson.dumps([case_id, known]).decode()
    return modal(DATES, wording.DATES_TITLE, blocks, submit=wording.SAVE, private=private)


def _draw_day(kind: str, known: Mapping[str, date | None]) -> Json:
    day = known.get(kind)
    return date_field(kind, day.isoformat() if day else "")


def read_changes(
    values: Mapping[str, str], shown: Mapping[str, str | None]
) -> dict[str, date | None]:
    """Read the days that are not as they were shown. Raises ValueError for one that is none.

    What the owner has named since is left alone, and so is a day that has passed meanwhile.
    """
    chosen = {kind: values.get(kind) or None for kind in shown}
    changed = {kind: day for kind, day in chosen.items() if day != shown[kind]}
    return {kind: date.fromisoformat(day) if day else None for kind, day in changed.items()}


class FollowDates:
    """A part of the Slack channel."""

    desk_only = True

    def __init__(self, conversations: ConversationService, client: Client) -> None:
        self._conversations, self._client = conversations, client
        self._plan = conversations.advisor.programme.follow_up

    def wants(self, event: Event) -> bool:
        """Tell whether it is about these dates."""
        match event:
            case BlockAction(action=name) | ViewSubmission(callback=name):
                return name == DATES
        return False

    async def handle(self, event: BlockAction | ViewSubmission) -> Json | None:
        """Open the form, or keep what stands in it."""
        if isinstance(event, ViewSubmission):
            return await self._save(event)
        key = await self._conversations.store.records.find_case_key(event.value)
        conversation = await self._conversations.store.load_conversation(key) if key else None
        refused = refuse_if_closed(conversation, event.value) if conversation else None
        if conversation is None or refused:
            why = refused.why if refused else desk_wording.NOT_CASE_ANY_MORE
            await answer_privately(self._client, event, why)
            return None
        view = draw_form(event.value, conversation, self._plan, self._about())
        await open_form(self._client, event, view, "views.push")
        return None

    async def _save(self, event: ViewSubmission) -> Json | None:
        (first, *_) = self._plan.dates
        about, (case_id, shown) = self._about(), orjson.loads(event.private)
        try:
            days = read_changes(event.values, shown)
        except ValueError:
            return answer_with_errors({first: wording.NOT_A_DAY})
        if faults := find_date_faults(days, self._plan, today_of(about)):
            return answer_with_errors(faults)
        key = await self._conversations.store.records.find_case_key(case_id)
        if not key:
            return answer_with_errors({first: desk_wording.NOT_CASE_ANY_MORE})

        def decide(conversation: Conversation) -> Turn | Refused:
            return refuse_if_closed(conversation, case_id) or name_dates(conversation, days, about)

        incoming = Incoming(event.event_id, key)
        done = await self._conversations.carry_out(incoming, decide, about.now)
        return answer_with_errors({first: done.refused.why}) if done.refused else None

    def _about(self) -> Context:
        return self._conversations.advisor.context(self._conversations.clock())

"""Take the next case, hand one on, put one aside, name its outcome."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.channels.slack.desk import wording as desk_wording
from bot.channels.slack.desk.case_card import HAND_ON, OUTCOME, SNOOZE
from bot.channels.slack.desk.ephemeral import mention_holder, whisper_in_case
from bot.channels.slack.desk.posts import case_queue, draw_mention
from bot.channels.slack.desk.reply_sender import CaseDecision, ReplySender
from bot.channels.slack.queue import view, wording
from bot.channels.slack.ui.blocks import Json
from bot.channels.slack.web import calls
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import Actor, BlockAction, Event, ViewSubmission
from bot.channels.slack.web.responses import answer_privately, answer_with_errors, open_form
from bot.channels.slack.web.staff_directory import StaffDirectory
from bot.handoff import case_life
from bot.handoff import case_queue as moves
from bot.handoff.refusals import Refused, refuse_if_stale
from bot.handoff.waiting import is_snoozed, most_urgent_first
from bot.model import business_hours
from bot.model.case import Outcome
from bot.model.conversation import Conversation
from bot.model.posts import PostReference
from bot.model.turn import Turn
from bot.presentation.case_names import name_case
from bot.runtime.conversation_service import ConversationService, Shown, SideEffects
from bot.runtime.scheduler import TimerHandler, make_event_id
from bot.store import Incoming, Outgoing
from bot.store.cases import list_open_conversations
from bot.store.records import ClearTimer, Timer

_PRESSED = frozenset({view.NEXT, HAND_ON, SNOOZE, OUTCOME})


class CaseMoves:
    """Handle the buttons for one case among the others.

    `publish_home` draws a user's home again.
    """

    desk_only = True

    def __init__(
        self,
        conversations: ConversationService,
        client: Client,
        staff: StaffDirectory,
        sender: ReplySender,
        publish_home: Callable[[str], None],
    ) -> None:
        self._conversations, self._client = conversations, client
        self._staff, self._sender, self._publish_home = staff, sender, publish_home
        self._records = conversations.store.records

    def wants(self, event: Event) -> bool:
        """Tell whether an event is one of these buttons and forms."""
        match event:
            case BlockAction(action=name) | ViewSubmission(callback=name):
                return name in _PRESSED
        return False

    async def handle(self, event: BlockAction | ViewSubmission) -> Json | None:
        """Handle a button or a form."""
        now = self._conversations.clock()
        match event:
            case ViewSubmission(callback=name) if name == HAND_ON:
                return await self._hand_on(event)
            case ViewSubmission():
                return await self._put_aside(event)
            case BlockAction(action=action) if action == view.NEXT:
                await self._take_next(event)
            case BlockAction(action=action) if action == HAND_ON:
                await open_form(self._client, event, view.draw_hand_on_form(event.value))
            case BlockAction(action=action) if action == SNOOZE:
                opens = business_hours.next_opening(now, self._conversations.advisor.policy().hours)
                await open_form(self._client, event, view.draw_snooze_form(event.value, opens))
            case _:
                await self._say_outcome(event)
        return None

    # --- the next ---------------------------------------------------------------------------------

    async def _take_next(self, event: BlockAction) -> None:
        """Take the most urgent free case, or the next if someone was faster."""
        sender = await self._sender.find_sender(event.actor.user)
        now, hours = self._conversations.clock(), self._conversations.advisor.policy().hours
        for found in await self._list_waiting(now):
            case = found.case
            if case is None:
                continue
            # The id names the case as well: one press may try several cases, each once.
            incoming = Incoming(f"{event.event_id}:{case.id}", found.key)
            done = await self._conversations.carry_out(
                incoming, lambda each: case_life.claim(each, sender, now, hours), now
            )
            if not done.refused:
                programme = self._conversations.advisor.programme
                name = name_case(case, found.answers, programme)
                await answer_privately(self._client, event, wording.say_taken(name))
                self._publish_home(event.actor.user)
                return
        await answer_privately(self._client, event, wording.NOBODY_LEFT)
        self._publish_home(event.actor.user)

    async def _list_waiting(self, now: datetime) -> list[Conversation]:
        found = await list_open_conversations(self._conversations.store)
        by_case = {each.case: each for each in found if each.case and not each.case.holder}
        in_order = most_urgent_first(by_case, now)
        return [by_case[each] for each in in_order if not is_snoozed(each, now)]

    # --- one case ---------------------------------------------------------------------------------

    async def _hand_on(self, event: ViewSubmission) -> Json | None:
        """Give a case to a colleague at the desk.

        The thread tells them.
        """
        to, by = event.values.get(view.TO, ""), event.actor.user
        if why := await self._staff.explain_refusal(Actor(to, self._staff.team)):
            return answer_with_errors({view.TO: why})
        colleague = await self._sender.find_sender(to)
        name = await self._staff.find_name(by)
        note = wording.say_handed_on(name, event.values.get(view.NOTE, "").strip())
        card = PostReference.of_card(event.private)
        told = calls.reply_in_thread(
            draw_mention([to], note),
            card,
            remember=PostReference.of_form_copy(event.event_id),
            key=case_queue(event.private),
        )
        refused = await self._move(
            event,
            event.private,
            lambda each, _: moves.hand_on(each, colleague),
            lambda _, refused: () if refused else (told,),
        )
        return answer_with_errors({view.TO: refused.why}) if refused else None

    async def _put_aside(self, event: ViewSubmission) -> Json | None:
        now = self._conversations.clock()
        opens = business_hours.next_opening(now, self._conversations.advisor.policy().hours)
        until = view.read_return(event.values.get(view.UNTIL, ""), now, opens)
        refused = await self._move(
            event, event.private, lambda each, _: moves.put_aside(each, until), lambda *_: ()
        )
        return answer_with_errors({view.UNTIL: refused.why}) if refused else None

    async def _say_outcome(self, event: BlockAction) -> None:
        case_id, _, chosen = event.value.partition("|")
        if chosen not in set(Outcome):
            return

        def shown(conversation: Conversation, refused: Refused | None) -> tuple[Outgoing, ...]:
            why = mention_holder(refused, conversation.case) if refused else ""
            return (whisper_in_case(case_id, event.actor.user, why),) if why else ()

        await self._move(
            event, case_id, lambda each, _: moves.say_outcome(each, Outcome(chosen)), shown
        )

    async def _move(
        self, event: BlockAction | ViewSubmission, case_id: str, move: CaseDecision, shown: Shown
    ) -> Refused | None:
        """Move the case within its owner's turn, and return a refusal."""
        key, now = await self._records.find_case_key(case_id), self._conversations.clock()
        if not key:
            return Refused(desk_wording.NOT_CASE_ANY_MORE)

        def decide(conversation: Conversation) -> Turn | Refused:
            return refuse_if_stale(conversation, case_id) or move(conversation, now)

        incoming = Incoming(event.event_id, key)
        effects = SideEffects(shown=shown)
        done = await self._conversations.carry_out(incoming, decide, now, effects)
        return done.refused


def make_return_handler(conversations: ConversationService) -> TimerHandler:
    """Make the handler that brings back cases put aside.

    Their holder is told.
    """

    async def handler(timer: Timer, now: datetime) -> None:
        case_id = timer.name.partition(":")[2]

        def decide(conversation: Conversation) -> Turn | Refused:
            return refuse_if_stale(conversation, case_id) or moves.bring_back(conversation)

        incoming = Incoming(make_event_id(timer), timer.key)
        effects = SideEffects(always=(ClearTimer(timer),))
        await conversations.carry_out(incoming, decide, now, effects)

    return handler

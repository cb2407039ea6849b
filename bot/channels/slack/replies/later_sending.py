"""Send replies that were put off, at their time."""

from __future__ import annotations

from datetime import datetime

from bot.channels.slack.desk.posts import case_queue, draw_note
from bot.channels.slack.desk.receipts import make_receipt
from bot.channels.slack.replies import wording
from bot.channels.slack.web import calls
from bot.handoff.later_replies import send_put_off
from bot.handoff.refusals import Refused, refuse_if_stale
from bot.model.conversation import Conversation
from bot.model.posts import PostReference
from bot.model.turn import Turn
from bot.runtime.conversation_service import ConversationService, SideEffects
from bot.runtime.scheduler import TimerHandler, make_event_id
from bot.store import Incoming, Outgoing
from bot.store.records import ClearTimer, Timer


def make_later_handler(conversations: ConversationService) -> TimerHandler:
    """Make the handler of replies for later.

    A reply is sent if the case is still its writer's.
    """

    async def handler(timer: Timer, now: datetime) -> None:
        _, case_id, later_id = timer.name.split(":", 2)
        before = await conversations.store.load_conversation(timer.key)
        kept = before.case.later if before.case else ()
        post = next((each.post for each in kept if each.id == later_id), "")

        def decide(conversation: Conversation) -> Turn | Refused:
            stale = refuse_if_stale(conversation, case_id)
            return stale or send_put_off(conversation, later_id, now)

        def shown(_: Conversation, refused: Refused | None) -> tuple[Outgoing, ...]:
            if refused is None:
                return ()
            told = draw_note(wording.say_not_sent(refused.why))
            card = PostReference.of_card(case_id)
            return (calls.reply_in_thread(told, card, key=case_queue(case_id)),)

        receipt = make_receipt(case_id, post)
        effects = SideEffects(receipt, always=(ClearTimer(timer),), shown=shown)
        await conversations.carry_out(
            Incoming(make_event_id(timer), timer.key), decide, now, effects
        )

    return handler

"""The buttons of a case's card."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.slack.desk import wording
from bot.channels.slack.desk.case_card import NAME
from bot.channels.slack.desk.ephemeral import mention_holder, whisper_in_case
from bot.channels.slack.desk.reply_sender import CaseDecision, ReplySender
from bot.channels.slack.settings import wording as settings_wording
from bot.channels.slack.ui.blocks import actions, button, context
from bot.channels.slack.ui.mrkdwn import escape
from bot.channels.slack.web import calls
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import BlockAction
from bot.channels.slack.web.responses import answer_privately
from bot.handoff import case_life
from bot.handoff.refusals import Refused, refuse_if_closed, refuse_if_stale
from bot.model.conversation import Conversation
from bot.model.turn import Turn
from bot.runtime.conversation_service import ConversationService, SideEffects
from bot.store import Incoming, Outgoing


class CaseButtons:
    """Carries out the buttons of cards.

    The value of each is the id of its case.
    """

    def __init__(
        self,
        conversations: ConversationService,
        client: Client,
        sending: ReplySender,
    ) -> None:
        self._conversations, self._client, self._sending = conversations, client, sending
        self._records = conversations.store.records
        self._programme = conversations.advisor.programme

    # --- the case moves ---------------------------------------------------------------------------

    async def claim_case(self, event: BlockAction) -> None:
        """Take the case."""
        hours = self._conversations.advisor.policy().hours
        sender = await self._sending.find_sender(event.actor.user)
        told = () if sender.speaker.name else (_ask_for_name(event.actor.user),)
        await self._move_case(
            event, lambda each, now: case_life.claim(each, sender, now, hours), told
        )

    async def hand_back_case(self, event: BlockAction) -> None:
        """Give the owner back to the bot."""
        await self._move_case(
            event, lambda each, now: case_life.hand_back(each, now, self._programme)
        )

    async def complete_case(self, event: BlockAction) -> None:
        """End the case."""
        await self._move_case(
            event, lambda each, now: case_life.complete(each, now, self._programme)
        )

    async def reopen_case(self, event: BlockAction) -> None:
        """Take the case up again."""
        sender = await self._sending.find_sender(event.actor.user)
        await self._move_case(event, lambda each, now: case_life.reopen(each, sender, now))

    async def _move_case(
        self, event: BlockAction, move: CaseDecision, told: Sequence[Outgoing] = ()
    ) -> None:
        """Move the case and post `told`, or tell staff why it stays."""
        case_id, now = event.value, self._conversations.clock()
        key = await self._records.find_case_key(case_id)
        if not key:
            await answer_privately(self._client, event, wording.NOT_CASE_ANY_MORE)
            return

        def decide(conversation: Conversation) -> Turn | Refused:
            return refuse_if_stale(conversation, case_id) or move(conversation, now)

        def shown(conversation: Conversation, refused: Refused | None) -> tuple[Outgoing, ...]:
            if refused is None:
                return tuple(told)
            return (
                whisper_in_case(
                    case_id, event.actor.user, mention_holder(refused, conversation.case)
                ),
            )

        await self._conversations.carry_out(
            Incoming(event.event_id, key), decide, now, SideEffects(shown=shown)
        )

    # --- once more --------------------------------------------------------------------------------

    async def retry_delivery(self, event: BlockAction) -> None:
        """Send a message again that LINE refused, while the case is open.

        Pressed twice, it is sent once.
        """
        case_id, _, number = event.value.partition("|")
        if not number.isdecimal():
            return
        key = await self._records.find_case_key(case_id)
        conversation = await self._conversations.store.load_conversation(key)
        if refused := refuse_if_closed(conversation, case_id):
            await answer_privately(self._client, event, escape(refused.why))
            return
        # The store revives only a refused delivery, so that a second press finds nothing.
        delivery = await self._conversations.store.revive(int(number), self._conversations.clock())
        if delivery:
            self._conversations.deliver_now((delivery,))
        else:
            await answer_privately(self._client, event, wording.NOTHING_TO_RETRY)


def _ask_for_name(user: str) -> Outgoing:
    """Ask a staff member without a name for owners to set one."""
    told = settings_wording.NAME_MISSING
    offer = actions([button(settings_wording.NAME_BUTTON, NAME)])
    return calls.post_message({"text": told, "blocks": [context(told), *offer]}, user)

"""The buttons of a case's card, and the form for writing to its owner."""

from __future__ import annotations

import hashlib

from bot.channels.slack.desk import wording
from bot.channels.slack.desk.case_card import WRITE
from bot.channels.slack.desk.ephemeral import mention_holder, whisper_in_case
from bot.channels.slack.desk.posts import case_queue, draw_reply_copy
from bot.channels.slack.desk.reply_sender import CaseDecision, ReplySender
from bot.channels.slack.ui.blocks import (
    Json,
    context,
    input_block,
    modal,
    text_field,
)
from bot.channels.slack.ui.mrkdwn import escape
from bot.channels.slack.web import calls
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import BlockAction, ViewSubmission
from bot.channels.slack.web.responses import answer_privately, answer_with_errors, open_form
from bot.channels.slack.web.staff_directory import StaffDirectory
from bot.handoff import case_life
from bot.handoff.case_life import Consent
from bot.handoff.refusals import Refused, refuse_if_closed, refuse_if_stale
from bot.handoff.staff_message import judge_message
from bot.model.case import Doubt
from bot.model.conversation import Conversation
from bot.model.posts import PostReference
from bot.model.turn import Turn
from bot.presentation import staff_wording
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
        staff: StaffDirectory,
        sending: ReplySender,
    ) -> None:
        self._conversations, self._client, self._staff, self._sending = (
            conversations,
            client,
            staff,
            sending,
        )
        self._records = conversations.store.records
        self._programme = conversations.advisor.programme

    # --- the case moves ---------------------------------------------------------------------------

    async def claim_case(self, event: BlockAction) -> None:
        """Take the case."""
        sender = await self._sending.find_sender(event.actor.user)
        await self._move_case(event, lambda each, now: case_life.claim(each, sender, now))

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
        """Take it up again."""
        sender = await self._sending.find_sender(event.actor.user)
        await self._move_case(event, lambda each, now: case_life.reopen(each, sender, now))

    async def _move_case(self, event: BlockAction, move: CaseDecision) -> None:
        """Move the case, or tell the staff member why it does not move."""
        case_id, now = event.value, self._conversations.clock()
        key = await self._records.find_case_key(case_id)
        if not key:
            await answer_privately(self._client, event, wording.NOT_CASE_ANY_MORE)
            return

        def decide(conversation: Conversation) -> Turn | Refused:
            return refuse_if_stale(conversation, case_id) or move(conversation, now)

        def shown(conversation: Conversation, refused: Refused | None) -> tuple[Outgoing, ...]:
            if refused is None:
                return ()
            return (
                whisper_in_case(
                    case_id, event.actor.user, mention_holder(refused, conversation.case)
                ),
            )

        await self._conversations.carry_out(
            Incoming(event.event_id, key), decide, now, SideEffects(shown=shown)
        )

    # --- the form ---------------------------------------------------------------------------------

    async def open_form(self, event: BlockAction) -> None:
        """Open the form."""
        await open_form(self._client, event, _draw_form(event.value))

    async def handle_form(self, event: ViewSubmission) -> Json | None:
        """Send a reply from the form, or say beside its field what is wrong."""
        text = event.values.get("words", "")
        case_id, _, asked_about = event.private.partition("|")
        key = await self._records.find_case_key(case_id)
        if not key:
            return answer_with_errors({"words": wording.NOT_CASE_ANY_MORE})
        sender = await self._sending.find_sender(event.actor.user)
        name = await self._staff.find_name(event.actor.user)
        post = PostReference.of_form_copy(event.event_id)
        copy = calls.reply_in_thread(
            draw_reply_copy(name, text),
            PostReference.of_card(case_id),
            remember=post,
            key=case_queue(case_id),
        )
        done = await self._sending.send_to_owner(
            Incoming(event.event_id, key),
            case_id,
            post,
            lambda conversation, now: case_life.reply(
                conversation, sender, text, now, consent=_read_consent(text, asked_about)
            ),
            shown=lambda _, refused: () if refused else (copy,),
        )
        if done.again:
            return _repeat_answer(case_id, text, asked_about)
        return _answer_form(done.refused, case_id, text) if done.refused else None

    # --- once more --------------------------------------------------------------------------------

    async def retry_delivery(self, event: BlockAction) -> None:
        """Send once more what LINE refused, while the case is open.

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
        # The store revives it only while it is refused, so that a second press finds nothing.
        delivery = await self._conversations.store.revive(int(number), self._conversations.clock())
        if delivery:
            self._conversations.deliver_now((delivery,))
        else:
            await answer_privately(self._client, event, wording.NOTHING_TO_RETRY)


def _draw_form(case_id: str, text: str = "", doubt: str = "") -> Json:
    """Draw the form, empty or with a question about the words in it.

    With a `doubt` it asks whether `text`, which it holds, is really to be sent.
    """
    field = text_field("words", text, several_lines=True)
    asked = input_block(wording.WRITE_LABEL, "words", field, hint=wording.WRITE_HINT)
    if not doubt:
        return modal(
            WRITE, wording.WRITE_TITLE, [asked], submit=wording.SEND_BUTTON, private=case_id
        )
    told = context(f"{doubt}{wording.ASKED_IN_FORM}")
    private = f"{case_id}|{_digest_text(text)}"
    return modal(
        WRITE,
        wording.WRITE_TITLE,
        [told, asked],
        submit=wording.SEND_BUTTON,
        private=private,
        close=wording.DO_NOT_SEND,
    )


def _answer_form(refused: Refused, case_id: str, text: str) -> Json:
    """Ask about the words in the form, or say what is wrong with them."""
    if refused.doubt in {Doubt.NONE, Doubt.NOT_HOLDER}:
        return answer_with_errors({"words": refused.why})
    return {"response_action": "update", "view": _draw_form(case_id, text, refused.why)}


def _repeat_answer(case_id: str, text: str, asked_about: str) -> Json:
    """Answer what was submitted twice as it was answered the first time."""
    doubt = judge_message(text).doubt
    if doubt and _read_consent(text, asked_about) is Consent.NONE:
        return _answer_form(Refused(staff_wording.ASKED_ABOUT[doubt], doubt=doubt), case_id, text)
    return answer_with_errors({"words": wording.SENT_ALREADY})


def _read_consent(text: str, asked_about: str) -> Consent:
    """Tell whether the writer was asked about these very words."""
    return Consent.SEND if asked_about == _digest_text(text) else Consent.NONE


def _digest_text(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]

"""What staff press on the card of a case, and the form in which they write to its owner."""

from __future__ import annotations

import hashlib

from bot.channels.slack.desk.case_card import WRITE, reference
from bot.channels.slack.desk.ephemeral import whisper, with_holder
from bot.channels.slack.desk.events import Pressed, Submitted
from bot.channels.slack.desk.posts import SENT, queue, spoken_for
from bot.channels.slack.desk.sending import Say, Sending
from bot.channels.slack.ui.blocks import (
    Json,
    context,
    modal,
    question,
    text_field,
)
from bot.channels.slack.ui.mrkdwn import escaped
from bot.channels.slack.web import calls
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.responses import at_once, errors, open_form
from bot.channels.slack.web.staff import Staff
from bot.handoff import case_life
from bot.handoff.case_life import Consent
from bot.handoff.refusals import Refused, refuse_if_closed, refuse_if_stale
from bot.handoff.staff_message import judge_message
from bot.model.case import Doubt
from bot.model.conversation import Conversation
from bot.model.turn import Turn
from bot.presentation import staff_wording
from bot.runtime.conversation_service import ConversationService, SideEffects
from bot.store import Incoming, Outgoing


class CaseButtons:
    """The buttons of cards; the value of each is the id of its case."""

    def __init__(
        self, conversations: ConversationService, client: Client, staff: Staff, sending: Sending
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

    async def claim(self, event: Pressed) -> None:
        """Take the case."""
        sender = await self._sending.sender(event.actor.user)
        await self._move(event, lambda each, now: case_life.claim(each, sender, now))

    async def hand_back(self, event: Pressed) -> None:
        """Give the owner back to the bot."""
        await self._move(event, lambda each, now: case_life.hand_back(each, now, self._programme))

    async def complete(self, event: Pressed) -> None:
        """End the case."""
        await self._move(event, lambda each, now: case_life.complete(each, now, self._programme))

    async def reopen(self, event: Pressed) -> None:
        """Take it up again."""
        sender = await self._sending.sender(event.actor.user)
        await self._move(event, lambda each, now: case_life.reopen(each, sender, now))

    async def _move(self, event: Pressed, move: Say) -> None:
        """Move the case, or tell why not to whoever pressed."""
        case_id, now = event.value, self._conversations.clock()
        key = await self._records.find_case_key(case_id)
        if not key:
            await at_once(self._client, event, staff_wording.NOT_CASE_ANY_MORE)
            return

        def decide(conversation: Conversation) -> Turn | Refused:
            return refuse_if_stale(conversation, case_id) or move(conversation, now)

        def shown(conversation: Conversation, refused: Refused | None) -> tuple[Outgoing, ...]:
            if refused is None:
                return ()
            return (whisper(case_id, event.actor.user, with_holder(refused, conversation.case)),)

        await self._conversations.carry_out(
            Incoming(event.event_id, key), decide, now, SideEffects(shown=shown)
        )

    # --- the form ---------------------------------------------------------------------------------

    async def write(self, event: Pressed) -> None:
        """Open the form."""
        await open_form(self._client, event, _form(event.value))

    async def submitted(self, event: Submitted) -> Json | None:
        """A reply written in the form; what is wrong with it stands beside the field."""
        text = event.values.get("words", "")
        case_id, _, asked_about = event.private.partition("|")
        key = await self._records.find_case_key(case_id)
        if not key:
            return errors({"words": staff_wording.NOT_CASE_ANY_MORE})
        sender = await self._sending.sender(event.actor.user)
        name = await self._staff.name(event.actor.user)
        post = f"{SENT}{event.event_id}"
        copy = calls.reply(
            spoken_for(name, text), reference(case_id), remember=post, key=queue(case_id)
        )
        done = await self._sending.send(
            Incoming(event.event_id, key),
            case_id,
            post,
            lambda conversation, now: case_life.reply(
                conversation, sender, text, now, consent=_consent(text, asked_about)
            ),
            shown=lambda _, refused: () if refused else (copy,),
        )
        if done.again:
            return _answer_again(case_id, text, asked_about)
        return _answer(done.refused, case_id, text) if done.refused else None

    # --- once more --------------------------------------------------------------------------------

    async def retry(self, event: Pressed) -> None:
        """Send once more what LINE refused, while the case is open; pressed twice, it goes once."""
        case_id, _, number = event.value.partition("|")
        if not number.isdecimal():
            return
        key = await self._records.find_case_key(case_id)
        conversation = await self._conversations.store.load_conversation(key)
        if refused := refuse_if_closed(conversation, case_id):
            await at_once(self._client, event, escaped(refused.why))
            return
        delivery = await self._conversations.store.revive(int(number), self._conversations.clock())
        if delivery:
            self._conversations.deliver_now((delivery,))
        else:
            await at_once(self._client, event, staff_wording.NOTHING_TO_RETRY)


def _form(case_id: str, text: str = "", doubt: str = "") -> Json:
    """Draw the form; with a `doubt` it asks whether `text`, which it holds, is really to be sent."""
    field = text_field("words", text, several_lines=True)
    asked = question(staff_wording.WRITE_LABEL, "words", field, hint=staff_wording.WRITE_HINT)
    if not doubt:
        return modal(WRITE, staff_wording.WRITE_TITLE, [asked], submit="送る", private=case_id)
    told = context(f"{doubt}{staff_wording.ASKED_IN_FORM}")
    private = f"{case_id}|{_digest(text)}"
    return modal(
        WRITE,
        staff_wording.WRITE_TITLE,
        [told, asked],
        submit="送る",
        private=private,
        close="送らない",
    )


def _answer(refused: Refused, case_id: str, text: str) -> Json:
    """Ask about the words in the form itself, or say beside the field what is wrong with them."""
    if refused.doubt in {Doubt.NONE, Doubt.NOT_HOLDER}:
        return errors({"words": refused.why})
    return {"response_action": "update", "view": _form(case_id, text, refused.why)}


def _answer_again(case_id: str, text: str, asked_about: str) -> Json:
    """Answer what was submitted twice as it was answered the first time."""
    doubt = judge_message(text).doubt
    if doubt and _consent(text, asked_about) is Consent.NONE:
        return _answer(Refused(staff_wording.ASKED_ABOUT[doubt], doubt=doubt), case_id, text)
    return errors({"words": staff_wording.SENT_ALREADY})


def _consent(text: str, asked_about: str) -> Consent:
    """Tell whether the writer was asked about these very words."""
    return Consent.SEND if asked_about == _digest(text) else Consent.NONE


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]

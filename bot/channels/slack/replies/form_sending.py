"""Send the words of the form now, or when the desk opens next."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from bot.channels.slack.desk import wording as desk_wording
from bot.channels.slack.desk.ephemeral import mention_holder, whisper_in_case
from bot.channels.slack.desk.posts import case_queue, draw_reply_copy
from bot.channels.slack.desk.reply_sender import ReplySender
from bot.channels.slack.replies import compose_view as view
from bot.channels.slack.replies import wording
from bot.channels.slack.replies.compose_view import Draft, Offer, draw_form
from bot.channels.slack.replies.saved_texts import find_unfilled
from bot.channels.slack.ui.blocks import Json, actions, button, context
from bot.channels.slack.ui.marks import strip_marks
from bot.channels.slack.ui.mrkdwn import show_emojis
from bot.channels.slack.web import calls
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import BlockAction, ViewSubmission
from bot.channels.slack.web.responses import answer_privately, answer_with_errors
from bot.channels.slack.web.staff_directory import StaffDirectory
from bot.handoff import case_life, later_replies
from bot.handoff.case_life import Consent, Staff
from bot.handoff.refusals import Refused, refuse_if_stale
from bot.handoff.staff_words.staff_message import judge_message
from bot.model.case import Doubt
from bot.model.conversation import Conversation
from bot.model.later_reply import LaterReply
from bot.model.posts import PostReference
from bot.model.turn import Turn
from bot.presentation import staff_wording
from bot.presentation.times import say_moment
from bot.runtime.conversation_service import ConversationService, DecisionResult, SideEffects
from bot.store import Incoming, Outgoing

_MARK_LENGTH = 16
"""Hexadecimal digits that stand for a form's content."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written in the form of a case, and by whom.

    `name` is the writer's among colleagues, `post` names the copy in the thread, `quotes` says that the
    owner's last words are to stand above it.
    """

    case_id: str
    writer: Staff
    name: str
    text: str
    consent: Consent
    post: PostReference
    quotes: bool
    mark: str


class FormSending:
    """Send from the form, with a copy in the case's thread.

    The copy shows the message's fate.
    """

    def __init__(
        self,
        conversations: ConversationService,
        client: Client,
        staff: StaffDirectory,
        sender: ReplySender,
    ) -> None:
        self._conversations, self._client = conversations, client
        self._staff, self._sender = staff, sender
        self._records = conversations.store.records

    async def send(self, event: ViewSubmission, draft: Draft, offer: Offer) -> Json | None:
        """Send the words, ask about them, or show their fault."""
        typed, block = view.read_words(event.values)
        text = read_plain(typed)
        key = await self._records.find_case_key(draft.case_id)
        if not key:
            return answer_with_errors({block: desk_wording.NOT_CASE_ANY_MORE})
        if left := find_unfilled(text):
            return answer_with_errors({block: wording.refuse_unfilled(left)})
        consent = _read_consent(text, draft.asked_about)
        written = await self._sign(event, draft, text, consent)
        is_later = event.values.get(view.WHEN) == view.LATER
        incoming = Incoming(event.event_id, key)
        if is_later:
            done = await self._put_off(incoming, written, offer.opens)
        else:
            done = await self._send_now(incoming, written, can_quote=offer.can_quote)
        doubt = judge_message(text).doubt if consent is Consent.NONE else Doubt.NONE
        if done.again and not doubt:
            return answer_with_errors({block: wording.SENT_ALREADY})
        refused = done.refused
        if done.again:  # answered as it was the first time
            refused = Refused(staff_wording.ASKED_ABOUT[doubt], doubt=doubt)
        return _answer(refused, draft, offer, block, text) if refused else None

    async def _sign(
        self, event: ViewSubmission, draft: Draft, text: str, consent: Consent
    ) -> Written:
        """Add who has written it, as the owner and as colleagues see them."""
        writer = await self._sender.find_sender(event.actor.user)
        name = await self._staff.find_name(event.actor.user)
        return Written(
            draft.case_id,
            writer,
            name,
            text,
            consent,
            PostReference.of_form_copy(event.event_id),
            quotes=event.values.get(view.QUOTE) == view.QUOTED,
            mark=_digest(event.event_id),
        )

    async def _send_now(
        self, incoming: Incoming, written: Written, *, can_quote: bool
    ) -> DecisionResult:
        drawn = draw_reply_copy(written.name, written.text)
        copy = _post_copy(written.case_id, drawn, written.post)
        return await self._sender.send_to_owner(
            incoming,
            written.case_id,
            written.post,
            lambda conversation, now: case_life.reply(
                conversation,
                written.writer,
                written.text,
                now,
                consent=written.consent,
                quotes=can_quote and written.quotes,
            ),
            shown=lambda _, refused: () if refused else (copy,),
        )

    async def _put_off(
        self, incoming: Incoming, written: Written, opens: datetime
    ) -> DecisionResult:
        later = _make_later(written, opens)
        drawn = _draw_later(written.case_id, written.name, later)
        copy = _post_copy(written.case_id, drawn, written.post)

        def decide(conversation: Conversation) -> Turn | Refused:
            now = self._conversations.clock()
            return refuse_if_stale(conversation, written.case_id) or later_replies.put_off_reply(
                conversation, later, now, consent=written.consent
            )

        effects = SideEffects(shown=lambda _, refused: () if refused else (copy,))
        return await self._conversations.carry_out(
            incoming, decide, self._conversations.clock(), effects
        )

    async def take_back(self, event: BlockAction) -> None:
        """Drop a reply that has not gone yet, and say so on its copy."""
        case_id, _, later_id = event.value.partition("|")
        key = await self._records.find_case_key(case_id)
        if not key:
            await answer_privately(self._client, event, desk_wording.NOT_CASE_ANY_MORE)
            return

        def decide(conversation: Conversation) -> Turn | Refused:
            stale = refuse_if_stale(conversation, case_id)
            return stale or later_replies.take_back_reply(conversation, later_id)

        def shown(conversation: Conversation, refused: Refused | None) -> tuple[Outgoing, ...]:
            why = mention_holder(refused, conversation.case) if refused else wording.TAKEN_BACK
            return (whisper_in_case(case_id, event.actor.user, why),)

        now = self._conversations.clock()
        effects = SideEffects(shown=shown)
        await self._conversations.carry_out(Incoming(event.event_id, key), decide, now, effects)


def read_plain(typed: str) -> str:
    """Read a typed field without Slack's formatting, which LINE would show.

    Unlike a message a field is not escaped: nothing in it is a mention or a link.
    """
    return show_emojis(strip_marks(typed)).strip()


def _make_later(written: Written, opens: datetime) -> LaterReply:
    speaker = written.writer.speaker
    return LaterReply(
        written.mark,
        written.writer.id,
        speaker.name,
        speaker.icon_url,
        written.text,
        opens,
        written.post,
        quotes=written.quotes,
    )


def _post_copy(case_id: str, message: Json, post: PostReference) -> Outgoing:
    return calls.reply_in_thread(
        message, PostReference.of_card(case_id), remember=post, key=case_queue(case_id)
    )


def _draw_later(case_id: str, name: str, later: LaterReply) -> Json:
    """Draw the copy of a reply for later, with a button to cancel."""
    head = wording.head_later(name, say_moment(later.due))
    copy = draw_reply_copy(name, later.text)
    taken_back = button(wording.TAKE_BACK_BUTTON, view.TAKE_BACK, f"{case_id}|{later.id}")
    return {"text": head, "blocks": [context(head), *copy["blocks"], *actions([taken_back])]}


def _answer(refused: Refused, draft: Draft, offer: Offer, block: str, text: str) -> Json:
    """Ask about the words in the form, or show their fault."""
    if refused.doubt in {Doubt.NONE, Doubt.NOT_HOLDER}:
        return answer_with_errors({block: refused.why})
    asked = Draft(draft.case_id, _digest(text), draft.number)
    return {"response_action": "update", "view": draw_form(asked, offer, text, refused.why)}


def _read_consent(text: str, asked_about: str) -> Consent:
    """Tell whether the writer was asked about these very words."""
    return Consent.SEND if asked_about == _digest(text) else Consent.NONE


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_MARK_LENGTH]

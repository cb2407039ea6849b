"""Judge staff's messages in the thread of a case as notes or replies.

A message is a note until somebody has taken the case; then the holder's messages go to the owner.
Anybody else's are asked about first, and so are the holder's that may be meant for colleagues; one
that begins as a note stays a note. Where every message is a note (`only_notes`) nothing goes from
here.
"""

from __future__ import annotations

from dataclasses import replace

from bot import metrics
from bot.channels.slack.desk import reply_questions, wording
from bot.channels.slack.desk.ephemeral import whisper_in_case
from bot.channels.slack.desk.lost_cards import LostCards
from bot.channels.slack.desk.reply_sender import ReplySender
from bot.channels.slack.desk.staff_words import StaffWords, read_words
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import (
    Actor,
    BlockAction,
    MessageChanged,
    MessageDeleted,
    MessagePosted,
)
from bot.channels.slack.web.responses import answer_privately
from bot.handoff import case_life
from bot.handoff.case_life import Consent
from bot.handoff.refusals import Refused, refuse_if_stale
from bot.model.case import Doubt
from bot.model.conversation import Conversation
from bot.model.posts import PostKind, PostReference
from bot.presentation import staff_wording
from bot.runtime.conversation_service import ConversationService, DecisionResult, Tell
from bot.store import Incoming, Outgoing
from bot.store.records import Post


class ThreadReplies:
    """Handle replies in threads, their edits and deletions, and their buttons."""

    def __init__(
        self,
        conversations: ConversationService,
        client: Client,
        sending: ReplySender,
        lost: LostCards,
        *,
        only_notes: bool = False,
    ) -> None:
        self._conversations, self._client, self._sending, self._lost = (
            conversations,
            client,
            sending,
            lost,
        )
        self._records, self._only_notes = conversations.store.records, only_notes

    async def handle_message(self, event: MessagePosted) -> None:
        """Take a message in a thread as a note or as a reply."""
        parent = await self._records.find_post_at(event.channel, event.thread)
        if parent and parent.kind is PostKind.LOST_CARD:
            await self._lost.warn_writer(event, parent)
        if parent is None or parent.kind is not PostKind.CARD:
            return
        words = await read_words(self._sending, parent, event.ts, event.text)
        if not words.text:
            said = whisper_in_case(words.case_id, event.actor.user, wording.FILES_NOT_SENT)
            await self._tell_writer(event.event_id, words.key, said)
        elif words.is_note or self._only_notes:
            await self._keep_as_note(event.event_id, words)
        else:
            await self._send_reply(event.event_id, event.actor, words, files=event.files)

    async def _keep_as_note(self, event_id: str, words: StaffWords, *more: Outgoing) -> None:
        mark = reply_questions.mark_note(words)
        if not (await self._tell_writer(event_id, words.key, mark, *more)).again:
            metrics.notes.inc()

    async def _tell_writer(self, event_id: str, key: str, *said: Outgoing) -> DecisionResult:
        """Tell the writer, once, that nothing reaches the owner."""
        return await self._tell_writer_if(event_id, key, lambda _: said)

    async def _tell_writer_if(self, event_id: str, key: str, tell: Tell) -> DecisionResult:
        now = self._conversations.clock()
        return await self._conversations.tell_staff(Incoming(event_id, key), tell, now)

    async def _send_reply(
        self,
        event_id: str,
        actor: Actor,
        words: StaffWords,
        *,
        files: int = 0,
        consent: Consent = Consent.NONE,
    ) -> None:
        """Send a reply, ask its writer about it, or say why not."""
        if await self._records.find_post(words.post.reference):
            return  # It went when it was asked about: Slack told of the edit before the message.
        sender = await self._sending.find_sender(actor.user)

        def shown(conversation: Conversation, refused: Refused | None) -> tuple[Outgoing, ...]:
            if refused:
                # A press counts once: after that there is nothing more to ask.
                why = refused if consent is Consent.NONE else replace(refused, doubt=Doubt.NONE)
                return reply_questions.ask_writer(words, actor.user, conversation, why)
            told = whisper_in_case(words.case_id, actor.user, wording.FILES_LEFT_OUT)
            asked = reply_questions.close_question(words)
            return (*((asked,) if consent is not Consent.NONE else ()), *((told,) if files else ()))

        done = await self._sending.send_to_owner(
            Incoming(event_id, words.key),
            words.case_id,
            words.post.reference,
            lambda conversation, now: case_life.reply(
                conversation, sender, words.text, now, consent=consent, calls=words.calls
            ),
            records=(words.post,),
            shown=shown,
        )
        if done.refused and not done.refused.doubt:
            metrics.notes.inc()

    # --- edits and deletions ----------------------------------------------------------------------

    async def handle_edit(self, event: MessageChanged) -> None:
        """Judge changed words again, unless they have gone to the owner."""
        if await self._warn_if_sent(event, wording.EDIT_COMES_TOO_LATE):
            return
        parent = await self._records.find_post_at(event.channel, event.thread)
        if parent is None or parent.kind is not PostKind.CARD or self._only_notes:
            return
        words = await read_words(self._sending, parent, event.ts, event.text)
        before = await read_words(self._sending, parent, event.ts, event.before)
        if words.is_note and not before.is_note:
            await self._keep_as_note(event.event_id, words, reply_questions.close_question(words))
        elif words.text and not words.is_note:
            await self._ask_about_edit(event, words)

    async def handle_deletion(self, event: MessageDeleted) -> None:
        """Warn the writer that deleted words had gone to the owner."""
        await self._warn_if_sent(event, wording.DELETION_COMES_TOO_LATE)

    async def _ask_about_edit(self, event: MessageChanged, words: StaffWords) -> None:
        sender = await self._sending.find_sender(event.actor.user)
        now = self._conversations.clock()

        def tell(conversation: Conversation) -> tuple[Outgoing, ...]:
            if refuse_if_stale(conversation, words.case_id):
                return ()
            asked = case_life.ask_about_edit(
                conversation, sender, words.text, now, calls=words.calls
            )
            user = event.actor.user
            return (
                reply_questions.ask_writer(words, user, conversation, asked) if asked.doubt else ()
            )

        await self._tell_writer_if(event.event_id, words.key, tell)

    async def _warn_if_sent(self, event: MessageChanged | MessageDeleted, told: str) -> bool:
        """Tell the writer, if so, that these words have gone to the owner."""
        post = await self._records.find_post_at(event.channel, event.ts)
        parent = await self._records.find_post_at(event.channel, event.thread)
        if not post or not parent or post.kind is not PostKind.STAFF_REPLY:
            return False
        case_id = PostReference(post.thread).case_id
        said = whisper_in_case(case_id, event.actor.user, told, at=parent.reference)
        await self._tell_writer(event.event_id, post.key, said)
        return True

    # --- what is pressed about a reply that was asked about ---------------------------------------

    async def send_as_holder(self, event: BlockAction) -> None:
        """Send words that the holder of the case means for the owner."""
        await self._send_asked(event, Consent.SEND)

    async def send_once(self, event: BlockAction) -> None:
        """Send this one, though the case is somebody else's."""
        await self._send_asked(event, Consent.ONCE)

    async def take_over(self, event: BlockAction) -> None:
        """Take the case over, and send the reply."""
        await self._send_asked(event, Consent.TAKE_OVER)

    async def keep_note(self, event: BlockAction) -> None:
        """Send nothing, and mark the message as a note."""
        case_id, ts = reply_questions.read_value(event.value)
        card = await self._find_card(event, case_id)
        if card and ts:
            words = StaffWords(case_id, card.key, card.channel, ts)
            closed = reply_questions.close_question(words)
            # Named by the message, not by the press: pressed twice it counts as one note.
            await self._keep_as_note(f"kept:{card.channel}:{ts}", words, closed)
        await self._client.respond(event.response_url, {"delete_original": True})

    async def _find_card(self, event: BlockAction, case_id: str) -> Post | None:
        """Find the card of a case, or tell that the case is gone.

        A question stays on its writer's screen when the case is wiped: Slack lets nobody take it back.
        """
        card = await self._records.find_post(PostReference.of_card(case_id))
        if card is None:
            await answer_privately(self._client, event, staff_wording.CASE_GONE)
        return card

    async def _send_asked(self, event: BlockAction, consent: Consent) -> None:
        """Send the reply in question, as it stands now."""
        case_id, ts = reply_questions.read_value(event.value)
        card = await self._find_card(event, case_id)
        if card is None:
            await self._client.respond(event.response_url, {"delete_original": True})
            return
        typed = await self._fetch_text(card, ts, event.actor.user) if ts else ""
        if typed is None:
            await answer_privately(self._client, event, wording.NOT_READ_FROM_SLACK)
        elif not typed:
            await answer_privately(self._client, event, wording.GONE_MEANWHILE)
        elif reply_questions.is_expired(ts, self._conversations.clock()):
            await answer_privately(self._client, event, wording.ASKED_TOO_LONG_AGO)
        else:
            await self._send_chosen(
                event, await read_words(self._sending, card, ts, typed), consent
            )

    async def _send_chosen(self, event: BlockAction, words: StaffWords, consent: Consent) -> None:
        # Whichever button is pressed, and however often, one message goes once.
        pressed = f"chosen:{words.channel}:{words.ts}"
        if words.is_note:  # It was made one since; edited back, it may still go.
            await answer_privately(self._client, event, staff_wording.NOTE_NOT_SENT)
        elif not await self._asks_again(event, words, consent):
            await self._send_reply(pressed, event.actor, words, consent=consent)
        await self._client.respond(event.response_url, {"delete_original": True})

    async def _asks_again(self, event: BlockAction, words: StaffWords, consent: Consent) -> bool:
        """Ask again where the case has gone to a colleague, and tell whether so."""
        conversation = await self._conversations.store.load_conversation(words.key)
        sender, now = await self._sending.find_sender(event.actor.user), self._conversations.clock()
        outcome = refuse_if_stale(conversation, words.case_id) or case_life.reply(
            conversation, sender, words.text, now, consent=consent
        )
        if not isinstance(outcome, Refused) or not outcome.doubt:
            return False
        user = event.actor.user
        asked = reply_questions.ask_writer(words, user, conversation, outcome)
        await self._tell_writer(event.event_id, words.key, *asked)
        return True

    async def _fetch_text(self, card: Post, ts: str, user: str) -> str | None:
        """Fetch the current words of this user's message in the thread.

        "" when it is gone, None when Slack does not answer.
        """
        answer = await self._client.ask(
            "conversations.replies",
            channel=card.channel,
            ts=card.ts,
            oldest=ts,
            latest=ts,
            inclusive=True,
            limit=2,
        )
        if not answer.ok and answer.error != "thread_not_found":
            return None
        found = answer.data.get("messages") or []
        mine = (each for each in found if each.get("ts") == ts and each.get("user") == user)
        return next((str(each.get("text", "")) for each in mine), "")

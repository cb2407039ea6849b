"""What staff write in the thread of a case: a note, or a reply to the owner.

A reply is a note until somebody has taken the case; then the holder's replies go to the owner,
anybody else's are asked about first, and what begins with `//` is always a note.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot import metrics
from bot.channels.slack.desk.case_card import reference
from bot.channels.slack.desk.ephemeral import whisper, with_holder
from bot.channels.slack.desk.events import Actor, Deleted, Edited, Pressed, Typed
from bot.channels.slack.desk.lost_cards import LostCards
from bot.channels.slack.desk.posts import queue
from bot.channels.slack.desk.sending import Sending
from bot.channels.slack.desk.wiping import OF_STAFF
from bot.channels.slack.ui.blocks import actions, button
from bot.channels.slack.web import calls
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.deliver import GONE
from bot.channels.slack.web.responses import at_once
from bot.handoff import case_life
from bot.handoff.case_life import Refused
from bot.model.case import CARD
from bot.model.conversation import Conversation
from bot.presentation import staff_wording
from bot.runtime.conversation_service import Besides, Done, OwnerTurns
from bot.store import Incoming, Outgoing
from bot.store.records import Post

SEND_ONCE, TAKE_OVER, KEEP_NOTE = "case:send_once", "case:take_over", "case:keep_note"


@dataclass(frozen=True, slots=True)
class _Said:
    """A staff member's words in the thread of a case, and where they stand."""

    case_id: str
    key: str
    channel: str
    ts: str
    text: str

    @property
    def post(self) -> Post:
        """How these words are known when they have gone to the owner."""
        name, thread = f"{OF_STAFF}{self.channel}:{self.ts}", reference(self.case_id)
        return Post(name, self.key, self.channel, self.ts, thread)


class ThreadReplies:
    """Replies in threads, their edits and deletions, and what is pressed about a reply."""

    def __init__(
        self, turns: OwnerTurns, client: Client, sending: Sending, lost: LostCards
    ) -> None:
        self._turns, self._client, self._sending, self._lost = turns, client, sending, lost
        self._records = turns.store.records

    async def typed(self, event: Typed) -> None:
        """Somebody wrote in a thread."""
        parent = await self._records.posted_at(event.channel, event.thread)
        if parent and parent.reference.startswith(GONE):
            await self._lost.typed(event, parent)
        if parent is None or not parent.reference.startswith(CARD):
            return
        words = await self._said(event, parent)
        if case_life.is_note(words.text):
            seen = calls.react_to("memo", event.channel, event.ts)
            if not (await self._told(event, words, seen)).again:
                metrics.notes.inc()
        elif words.text:
            await self._reply(event.event_id, event.actor, words, files=event.files)
        else:
            said = whisper(words.case_id, event.actor.user, staff_wording.FILES_NOT_SENT)
            await self._told(event, words, said)

    async def _said(self, event: Typed, parent: Post) -> _Said:
        """The words, and whose case they belong to: that of the card they stand under."""
        case_id = parent.reference.removeprefix(CARD)
        text = await self._sending.plain(event.text)
        return _Said(case_id, parent.key, event.channel, event.ts, text)

    async def _told(self, event: Typed | Edited | Deleted, words: _Said, said: Outgoing) -> Done:
        """Nothing reaches the owner; the writer is told so, once."""
        return await self._turns.do(
            Incoming(event.event_id, words.key),
            lambda _: Refused(""),
            self._turns.clock(),
            Besides(shown=lambda _, __: (replace(said, key=queue(words.case_id)),)),
        )

    async def _reply(
        self,
        event_id: str,
        actor: Actor,
        words: _Said,
        *,
        files: int = 0,
        take_over: bool = False,
        once: bool = False,
    ) -> None:
        """Send it if the case allows, or tell the writer why not."""
        sender = await self._sending.sender(actor.user)

        def asks(conversation: Conversation) -> bool:
            may_ask = not (take_over or once)
            return may_ask and _can_be_sent(conversation, words.case_id, actor.user)

        def shown(conversation: Conversation, refused: Refused | None) -> tuple[Outgoing, ...]:
            if refused:
                may = asks(conversation)
                return (_refused(words, actor.user, conversation, refused, asks=may),)
            told = staff_wording.FILES_LEFT_OUT
            return (whisper(words.case_id, actor.user, told),) if files else ()

        done = await self._sending.send(
            Incoming(event_id, words.key),
            words.case_id,
            words.post.reference,
            lambda conversation, now: case_life.reply(
                conversation, sender, words.text, now, take_over=take_over, once=once
            ),
            records=(words.post,),
            shown=shown,
        )
        if done.refused and not asks(done.conversation):
            metrics.notes.inc()

    async def too_late(self, event: Edited | Deleted) -> None:
        """What has gone to an owner stays with her, whatever happens to it here."""
        post = await self._records.posted_at(event.channel, event.ts)
        parent = await self._records.posted_at(event.channel, event.thread)
        if not post or not parent or not post.reference.startswith(OF_STAFF):
            return
        case_id = post.thread.removeprefix(CARD)
        words = _Said(case_id, post.key, event.channel, event.ts, "")
        edited = isinstance(event, Edited)
        told = (
            staff_wording.EDIT_COMES_TOO_LATE if edited else staff_wording.DELETION_COMES_TOO_LATE
        )
        said = whisper(case_id, event.actor.user, told, at=parent.reference)
        await self._told(event, words, said)

    # --- what is pressed about a reply that was asked about ---------------------------------------

    async def send_once(self, event: Pressed) -> None:
        """Send this one, though the case is somebody else's."""
        await self._chosen(event, once=True)

    async def take_over(self, event: Pressed) -> None:
        """Take the case over, and send it."""
        await self._chosen(event, take_over=True)

    async def keep_note(self, event: Pressed) -> None:
        """Send nothing."""
        metrics.notes.inc()
        await self._client.respond(event.response_url, {"delete_original": True})

    async def _chosen(self, event: Pressed, *, take_over: bool = False, once: bool = False) -> None:
        """Send the reply that was asked about, as it stands now."""
        case_id, _, ts = event.value.partition("|")
        card = await self._records.post(f"{CARD}{case_id}")
        text = await self._text_at(card, ts, event.actor.user) if card else ""
        if card is None or not text:
            await at_once(self._client, event, staff_wording.GONE_MEANWHILE)
            return
        words = _Said(case_id, card.key, card.channel, ts, await self._sending.plain(text))
        # Whichever button is pressed, and however often, one message goes once.
        pressed = f"chosen:{card.channel}:{ts}"
        await self._reply(pressed, event.actor, words, take_over=take_over, once=once)
        await self._client.respond(event.response_url, {"delete_original": True})

    async def _text_at(self, card: Post, ts: str, user: str) -> str:
        """What this user's message in the thread says now; empty when it is gone."""
        answer = await self._client.ask(
            "conversations.replies",
            channel=card.channel,
            ts=card.ts,
            oldest=ts,
            latest=ts,
            inclusive=True,
            limit=2,
        )
        found = answer.data.get("messages") or []
        mine = (each for each in found if each.get("ts") == ts and each.get("user") == user)
        return next((str(each.get("text", "")) for each in mine), "")


def _can_be_sent(conversation: Conversation, case_id: str, user: str) -> bool:
    """Whether it is refused for no other reason than that somebody else has the case."""
    case = conversation.case
    if case is None or case.id != case_id or not case.is_open:
        return False
    return case.holder not in {"", user}


def _refused(
    words: _Said, user: str, conversation: Conversation, refused: Refused, *, asks: bool
) -> Outgoing:
    """Why it was not sent, to the writer alone; if it `asks`, with what to do with it."""
    why = with_holder(refused, conversation.case)
    if not asks:
        return whisper(words.case_id, user, why)
    value = f"{words.case_id}|{words.ts}"
    offered = [
        button("今回だけ送る", SEND_ONCE, value),
        button("担当を代わって送る", TAKE_OVER, value),
        button("メモのまま", KEEP_NOTE, value),
    ]
    return whisper(words.case_id, user, why, actions(offered))

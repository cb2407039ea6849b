"""The desk: what staff do in a case's thread and on its card. A part of the Slack channel.

A reply in the thread is a note until somebody has taken the case; then the holder's replies go to the
owner, anybody else's are asked about first, and what begins with `//` is always a note. Whether
something is sent is decided within the owner's turn, where the case is, never from what Slack shows.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from bot import handoff, metrics, staff_wording
from bot.case import Case
from bot.channels.slack import calls
from bot.channels.slack.blocks import Json, actions, button, modal, question, text_field
from bot.channels.slack.case_card import CLAIM, COMPLETE, HAND_BACK, REOPEN, WRITE, reference
from bot.channels.slack.client import Client
from bot.channels.slack.desk_posts import queue, spoken_for
from bot.channels.slack.events import Actor, Deleted, Edited, Event, Pressed, Submitted, Typed
from bot.channels.slack.receipts import RETRY, receipt
from bot.channels.slack.staff import Staff
from bot.channels.slack.wiping import OF_STAFF
from bot.channels.slack.words import escaped, mentioned, plain
from bot.conversation import Conversation
from bot.handoff import Refused
from bot.messages import Speaker
from bot.owner_turns import Besides, Done, OwnerTurns, Shown
from bot.store import Incoming, Outgoing
from bot.store.records import Post
from bot.turn import Turn

SEND_ONCE, TAKE_OVER, KEEP_NOTE = "case:send_once", "case:take_over", "case:keep_note"

CARD = "case:"
"""Begins the name of a card's post."""

Say = Callable[[Conversation, datetime], Turn | Refused]

NOTE = "//"
"""Begins a reply that is a note whatever the case."""


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


class Desk:
    """A part of the Slack channel: the threads of `channel`, and the buttons of their cards."""

    def __init__(self, channel: str, turns: OwnerTurns, client: Client, staff: Staff) -> None:
        self._channel, self._turns = channel, turns
        self._client, self._staff = client, staff
        self._records = turns.store.records

    def wants(self, event: Event) -> bool:
        """Replies in threads of the desk, edits and deletions there, and a case's buttons."""
        match event:
            case Typed(channel=channel, thread=thread, direct=False):
                return channel == self._channel and bool(thread)
            case Edited(channel=channel) | Deleted(channel=channel):
                return channel == self._channel
            case Pressed(action=name) | Submitted(callback=name):
                return name.startswith("case:")
        return False

    async def hear(self, event: Event) -> Json | None:
        """One thing a staff member did."""
        match event:
            case Typed():
                await self._typed(event)
            case Edited():
                await self._too_late(event, staff_wording.EDIT_COMES_TOO_LATE)
            case Deleted():
                await self._too_late(event, staff_wording.DELETION_COMES_TOO_LATE)
            case Submitted():
                return await self._submitted(event)
            case Pressed(action=action):
                await self._pressed[action](self, event)
        return None

    # --- replies in the thread --------------------------------------------------------------------

    async def _typed(self, event: Typed) -> None:
        words = await self._said(event)
        if words is None:
            return
        if words.text.startswith(NOTE):
            metrics.notes.inc()
            await self._told(event, words, calls.react_to("memo", event.channel, event.ts))
        elif words.text:
            await self._reply(event.event_id, event.actor, words, files=event.files)
        else:
            whisper = self._whisper(words.case_id, event.actor, staff_wording.FILES_NOT_SENT)
            await self._told(event, words, whisper)

    async def _said(self, event: Typed) -> _Said | None:
        """The words and whose case they belong to; None outside the thread of a case."""
        parent = await self._records.posted_at(event.channel, event.thread)
        if parent is None or not parent.reference.startswith(CARD):
            return None
        case_id = parent.reference.removeprefix(CARD)
        text = (await self._plain(event.text)).strip()
        return _Said(case_id, parent.key, event.channel, event.ts, text)

    async def _told(self, event: Typed | Edited | Deleted, words: _Said, said: Outgoing) -> None:
        """Nothing reaches the owner; the writer is told so, once."""
        await self._turns.do(
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
        sender = await self._sender(actor.user)

        def shown(conversation: Conversation, refused: Refused | None) -> tuple[Outgoing, ...]:
            if refused:
                may_ask = not (take_over or once)
                return (self._refused(words, actor, conversation, refused, may_ask=may_ask),)
            told = staff_wording.FILES_LEFT_OUT
            return (self._whisper(words.case_id, actor, told),) if files else ()

        await self._send(
            Incoming(event_id, words.key),
            words.case_id,
            words.post.reference,
            lambda conversation, now: handoff.reply(
                conversation, sender, words.text, now, take_over=take_over, once=once
            ),
            records=(words.post,),
            shown=shown,
        )

    async def _send(
        self,
        incoming: Incoming,
        case_id: str,
        post: str,
        say: Say,
        *,
        records: tuple[Post, ...] = (),
        shown: Shown,
    ) -> Done:
        """Say something to the owner; its receipt will stand on the post of this name."""
        now = self._turns.clock()
        before: list[Case | None] = []

        def decide(conversation: Conversation) -> Turn | Refused:
            before.append(conversation.case)
            return handoff.stale(conversation, case_id) or say(conversation, now)

        besides = Besides(receipt(case_id, post), records, shown=shown)
        done = await self._turns.do(incoming, decide, now, besides)
        if before and not done.refused:
            _count(before[0], now)
        return done

    def _refused(
        self,
        words: _Said,
        actor: Actor,
        conversation: Conversation,
        refused: Refused,
        *,
        may_ask: bool,
    ) -> Outgoing:
        """Why it was not sent, to the writer alone; in somebody else's case, what to do with it."""
        case = conversation.case
        why = _with_holder(refused, case)
        asks = may_ask and case and case.is_open and case.holder not in {"", actor.user}
        if not asks or refused.why == staff_wording.CASE_REPLACED:
            return self._whisper(words.case_id, actor, why)
        value = f"{words.case_id}|{words.ts}"
        offered = [
            button("今回だけ送る", SEND_ONCE, value),
            button("担当を代わって送る", TAKE_OVER, value),
            button("メモのまま", KEEP_NOTE, value),
        ]
        return self._whisper(words.case_id, actor, why, actions(offered))

    def _whisper(self, case_id: str, actor: Actor, why: str, more: Sequence[Json] = ()) -> Outgoing:
        """A word to one staff member in the thread; `why` is mrkdwn of our own, nobody's words."""
        section = {"type": "section", "text": {"type": "mrkdwn", "text": why}}
        message = {"text": why, "blocks": [section, *more]}
        return calls.whisper(message, actor.user, reference(case_id), key=queue(case_id))

    async def _too_late(self, event: Edited | Deleted, told: str) -> None:
        """What has gone to an owner stays with her, whatever happens to it here."""
        post = await self._records.posted_at(event.channel, event.ts)
        parent = await self._records.posted_at(event.channel, event.thread)
        if not post or not parent or not post.reference.startswith(OF_STAFF):
            return
        words = _Said(parent.reference.removeprefix(CARD), post.key, event.channel, event.ts, "")
        await self._told(event, words, self._whisper(words.case_id, event.actor, told))

    # --- what is pressed ------------------------------------------------------------------------

    async def _claim(self, event: Pressed) -> None:
        sender = await self._sender(event.actor.user)
        await self._move(event, lambda each, now: handoff.claim(each, sender, now))

    async def _hand_back(self, event: Pressed) -> None:
        await self._move(event, handoff.hand_back)

    async def _complete(self, event: Pressed) -> None:
        await self._move(event, handoff.complete)

    async def _reopen(self, event: Pressed) -> None:
        sender = await self._sender(event.actor.user)
        await self._move(event, lambda each, now: handoff.reopen(each, sender, now))

    async def _move(self, event: Pressed, move: Say) -> None:
        """Move the case, or tell why not to whoever pressed."""
        case_id, now = event.value, self._turns.clock()
        key = await self._records.case_key(case_id)
        if not key:
            await self._at_once(event, staff_wording.NOT_CASE_ANY_MORE)
            return

        def decide(conversation: Conversation) -> Turn | Refused:
            return handoff.stale(conversation, case_id) or move(conversation, now)

        def shown(conversation: Conversation, refused: Refused | None) -> tuple[Outgoing, ...]:
            if refused is None:
                return ()
            why = _with_holder(refused, conversation.case)
            return (self._whisper(case_id, event.actor, why),)

        await self._turns.do(Incoming(event.event_id, key), decide, now, Besides(shown=shown))

    async def _write(self, event: Pressed) -> None:
        field = text_field("words", several_lines=True)
        asked = question(staff_wording.WRITE_LABEL, "words", field, hint=staff_wording.WRITE_HINT)
        view = modal(WRITE, staff_wording.WRITE_TITLE, [asked], submit="送る", private=event.value)
        await self._client.call("views.open", {"trigger_id": event.trigger, "view": view})

    async def _submitted(self, event: Submitted) -> Json | None:
        """A reply written in the form; what is wrong with it stands beside the field."""
        case_id, text = event.private, event.values.get("words", "")
        key = await self._records.case_key(case_id)
        if not key:
            return _errors(staff_wording.NOT_CASE_ANY_MORE)
        sender = await self._sender(event.actor.user)
        name = await self._staff.name(event.actor.user)
        post = f"sent:{event.event_id}"
        copy = calls.reply(
            spoken_for(name, text), reference(case_id), remember=post, key=queue(case_id)
        )
        done = await self._send(
            Incoming(event.event_id, key),
            case_id,
            post,
            lambda conversation, now: handoff.reply(conversation, sender, text, now),
            shown=lambda _, refused: () if refused else (copy,),
        )
        return _errors(done.refused.why) if done.refused else None

    async def _retry(self, event: Pressed) -> None:
        """Send once more what LINE refused; pressed twice, it goes once."""
        _, _, number = event.value.partition("|")
        if not number.isdecimal():
            return
        delivery = await self._turns.store.revive(int(number), self._turns.clock())
        if delivery:
            self._turns.deliver_now((delivery,))
        else:
            await self._at_once(event, staff_wording.NOTHING_TO_RETRY)

    async def _once(self, event: Pressed) -> None:
        await self._chosen(event, once=True)

    async def _take_over(self, event: Pressed) -> None:
        await self._chosen(event, take_over=True)

    async def _keep(self, event: Pressed) -> None:
        metrics.notes.inc()
        await self._client.respond(event.response_url, {"delete_original": True})

    async def _chosen(self, event: Pressed, *, take_over: bool = False, once: bool = False) -> None:
        """Send the reply that was asked about, as it stands now."""
        case_id, _, ts = event.value.partition("|")
        card = await self._records.post(reference(case_id))
        text = await self._text_at(card, ts, event.actor.user) if card else ""
        if card is None or not text:
            await self._at_once(event, staff_wording.GONE_MEANWHILE)
            return
        words = _Said(case_id, card.key, card.channel, ts, await self._plain(text))
        await self._reply(event.event_id, event.actor, words, take_over=take_over, once=once)
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

    _pressed: ClassVar[Mapping[str, Callable[[Desk, Pressed], Awaitable[None]]]] = {
        CLAIM: _claim,
        WRITE: _write,
        HAND_BACK: _hand_back,
        COMPLETE: _complete,
        REOPEN: _reopen,
        RETRY: _retry,
        SEND_ONCE: _once,
        TAKE_OVER: _take_over,
        KEEP_NOTE: _keep,
    }

    # --- parts ----------------------------------------------------------------------------------

    async def _at_once(self, event: Pressed, why: str) -> None:
        """A word to whoever pressed, beside any case."""
        said = {"response_type": "ephemeral", "replace_original": False, "text": why}
        await self._client.respond(event.response_url, said)

    async def _sender(self, user: str) -> handoff.Staff:
        """The staff member as owners see them: the name they have set, or none."""
        named = await self._records.staff(user)
        return handoff.Staff(user, Speaker(named.name, named.icon_url) if named else Speaker(""))

    async def _plain(self, text: str) -> str:
        """What was typed, with mentions as names."""
        names = {user: await self._staff.name(user) for user in mentioned(text)}
        return plain(text, lambda user: names.get(user, ""))


def _with_holder(refused: Refused, case: Case | None) -> str:
    """Why it was refused, in mrkdwn; the holder as colleagues know them, not as owners do."""
    why = escaped(refused.why)
    if not case or not case.holder or not refused.holder_name:
        return why
    return why.replace(f"{escaped(refused.holder_name)}さん", f"<@{case.holder}>さん")


def _errors(why: str) -> Json:
    return {"response_action": "errors", "errors": {"words": why}}


def _count(before: Case | None, now: datetime) -> None:
    metrics.staff_replies.inc()
    if before and before.first_reply_at is None:
        metrics.first_response_seconds.observe((now - before.opened_at).total_seconds())

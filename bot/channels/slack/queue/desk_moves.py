"""Move a case to another desk, of its region or chosen by staff.

The region's is known once the place is known. The card and its owner's words go along; no copy of
the words stays behind, so that words taken back or forgotten are gone everywhere.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.channels.slack.desk import wording as desk_wording
from bot.channels.slack.desk.case_card import MOVE_DESK, draw_card
from bot.channels.slack.desk.lost_cards import make_lost_card
from bot.channels.slack.desk.posts import case_queue, draw_note, post_history
from bot.channels.slack.queue import wording
from bot.channels.slack.queue.view import DESK, OWN_DESK, draw_move_form
from bot.channels.slack.ui.blocks import Json
from bot.channels.slack.web import calls
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import BlockAction, Event, ViewSubmission
from bot.channels.slack.web.responses import answer_with_errors, open_form
from bot.handoff import case_desks
from bot.handoff.refusals import Refused, refuse_if_stale
from bot.model.conversation import Conversation
from bot.model.posts import PostKind, PostReference
from bot.model.turn import Turn
from bot.runtime.conversation_service import ConversationService, SideEffects
from bot.runtime.scheduler import make_event_id
from bot.store import Incoming, Outgoing, TurnResult
from bot.store.records import ClearTimer, Post, Record, Timer

_PAGE, _PAGES = 200, 20
"""Messages of a thread that are read at a time, and how often."""

QUIET = timedelta(seconds=3)
"""Time in which an owner must not have written before a move.

A message still on its way to the thread could not be taken along.
"""


@dataclass(frozen=True, slots=True)
class Thread:
    """Hold the thread of a case, its card and its owner's words.

    The words are found by the names of their posts.
    """

    card: Post
    words: Mapping[str, Json]


class DeskMoves:
    """Move cases from desk to desk.

    `channel` is that of the desk's own.
    """

    desk_only = True

    def __init__(self, conversations: ConversationService, client: Client, channel: str) -> None:
        self._conversations, self._client, self._channel = conversations, client, channel
        self._records = conversations.store.records

    def wants(self, event: Event) -> bool:
        """Tell whether it is about moving a case to another desk."""
        match event:
            case BlockAction(action=name) | ViewSubmission(callback=name):
                return name == MOVE_DESK
        return False

    async def handle(self, event: BlockAction | ViewSubmission) -> Json | None:
        """Open the form, or move the case."""
        policy = self._conversations.advisor.policy()
        if isinstance(event, BlockAction):
            await open_form(self._client, event, draw_move_form(event.value, policy))
            return None
        desk = event.values.get(DESK, "").replace(OWN_DESK, "")
        if desk and desk not in policy.regions.values():
            return answer_with_errors({DESK: wording.DESK_GONE})
        refused = await self._move(
            event.event_id, event.private, lambda each: case_desks.move_to_desk(each, desk)
        )
        return answer_with_errors({DESK: refused.why}) if refused else None

    async def take_to_region(self, timer: Timer, now: datetime) -> None:
        """Take a case to the desk of its prefecture.

        The timer rings again while the card is not posted yet or the owner is writing; each try is an
        event of its own, since a second move changes nothing.
        """
        case_id = timer.name.partition(":")[2]
        context, over = self._conversations.advisor.context(now), (ClearTimer(timer),)
        event_id = f"{make_event_id(timer)}:{now.isoformat()}"
        refused = await self._move(
            event_id, case_id, lambda each: case_desks.move_to_region(each, context), over
        )
        if refused and refused.why != wording.NOT_NOW:
            done = TurnResult(None, records=over)
            await self._conversations.store.commit(
                Incoming(f"{event_id}:over", timer.key), done, now
            )

    async def _move(
        self,
        event_id: str,
        case_id: str,
        move: Callable[[Conversation], Turn | Refused],
        records: tuple[Record, ...] = (),
    ) -> Refused | None:
        key = await self._records.find_case_key(case_id)
        if not key:
            return Refused(desk_wording.NOT_CASE_ANY_MORE)
        began = self._conversations.clock()
        thread = await self._read_thread(case_id)
        if thread is None:
            return Refused(wording.NOT_NOW)

        def decide(conversation: Conversation) -> Turn | Refused:
            if _is_writing(conversation, began):
                return Refused(wording.NOT_NOW)
            return refuse_if_stale(conversation, case_id) or move(conversation)

        def shown(conversation: Conversation, refused: Refused | None) -> tuple[Outgoing, ...]:
            return () if refused else self._draw_move(conversation, case_id, thread)

        effects = SideEffects(records=(make_lost_card(thread.card), *records), shown=shown)
        now = self._conversations.clock()
        done = await self._conversations.carry_out(Incoming(event_id, key), decide, now, effects)
        return done.refused

    async def _read_thread(self, case_id: str) -> Thread | None:
        """Read the thread of a case, or None.

        It is nowhere yet, or Slack does not say.
        """
        card = await self._records.find_post(PostReference.of_card(case_id))
        if card is None:
            return None
        words: dict[str, Json] = {}
        async for message in self._list_messages(card):
            if message is None or message.get("text") == wording.MOVED_WORDS:
                return None  # Slack does not say, or an earlier move is not yet whole
            if post := await self._find_owner_words(card.channel, message):
                words[post.reference] = {"text": message["text"], "blocks": message["blocks"]}
        return Thread(card, words)

    async def _list_messages(self, card: Post) -> AsyncIterator[Mapping[str, Any] | None]:
        """List a card and the posts under it, page by page.

        None where Slack does not say.
        """
        more: dict[str, str] = {}
        for _ in range(_PAGES):
            answer = await self._client.ask(
                "conversations.replies", channel=card.channel, ts=card.ts, limit=_PAGE, **more
            )
            if not answer.ok:
                yield None
                return
            for message in answer.data.get("messages") or []:
                yield message
            cursor = str((answer.data.get("response_metadata") or {}).get("next_cursor", ""))
            if not cursor:
                return
            more = {"cursor": cursor}

    async def _find_owner_words(self, channel: str, message: Mapping[str, Any]) -> Post | None:
        post = await self._records.find_post_at(channel, str(message.get("ts", "")))
        is_theirs = post is not None and post.kind is PostKind.OWNER_WORDS and not post.wiped
        return post if is_theirs else None

    def _draw_move(
        self, conversation: Conversation, case_id: str, thread: Thread
    ) -> tuple[Outgoing, ...]:
        """Draw the calls that empty the old thread and fill another.

        All in the case's queue: a name stands for the old post until the new one takes it.
        """
        name, key, case = PostReference.of_card(case_id), case_queue(case_id), conversation.case
        if case is None:
            return ()
        about = self._conversations.advisor.context(self._conversations.clock())
        history, desk = PostReference.of_history(case_id), case.desk or self._channel
        gone, words = draw_note(wording.MOVED_TO_DESK), draw_note(wording.MOVED_WORDS)
        return (
            *(calls.update_message(words, each, key=key) for each in (history, *thread.words)),
            calls.update_message(gone, name, key=key),
            calls.post_message(
                draw_card(conversation, about),
                desk,
                remember=name,
                key=key,
                otherwise=self._channel,
            ),
            calls.reply_in_thread(draw_note(wording.CAME_FROM_DESK), name, key=key),
            post_history(conversation, case, history, about.programme),
            *(
                calls.reply_in_thread(said, name, remember=each, key=key)
                for each, said in thread.words.items()
            ),
        )


def _is_writing(conversation: Conversation, began: datetime) -> bool:
    """Tell whether the owner's last message may not stand in the thread yet."""
    case = conversation.case
    return case is not None and case.asked_at is not None and case.asked_at > began - QUIET

"""Cards that were deleted, or emptied because their owner was forgotten.

A deleted card of an open case is replaced by another, with a thread of its own. Where a card was
stays known (`PostKind.LOST_CARD`), so that people who still write there are told that nothing was
sent. That tells nothing of the owner: an id of a case, and a place in Slack.
"""

from __future__ import annotations

from datetime import datetime

from bot.channels.slack.desk import wording
from bot.channels.slack.desk.case_card import draw_card
from bot.channels.slack.desk.ephemeral import whisper_in_case
from bot.channels.slack.desk.posts import case_queue, draw_note, post_history
from bot.channels.slack.web import calls
from bot.channels.slack.web.events import BotMessageDeleted, MessagePosted
from bot.handoff.refusals import refuse_if_stale
from bot.model.conversation import Conversation
from bot.model.posts import PostKind, PostReference
from bot.model.turn import Context
from bot.runtime.conversation_service import ConversationService
from bot.store import Incoming, Outgoing, Store, TurnResult
from bot.store.records import Post


def make_lost_card(post: Post) -> Post:
    """Name the place of a card that is going away."""
    name = PostReference.of_lost_card(post.case_id, post.ts)
    return Post(name, "", post.channel, post.ts)


async def remember_lost_card(store: Store, post: Post, now: datetime) -> None:
    """Remember where a card was that has lost its words."""
    known = TurnResult(None, records=(make_lost_card(post),))
    await store.commit(Incoming(f"{PostKind.LOST_CARD}:{post.reference}", "slack:desk"), known, now)


class LostCards:
    """Cards in `channel` that were deleted, and words written where one was."""

    def __init__(self, channel: str, conversations: ConversationService) -> None:
        self._channel, self._conversations = channel, conversations
        self._records = conversations.store.records

    async def restore_card(self, event: BotMessageDeleted) -> None:
        """Post the deleted card of an open case again, in a new thread."""
        post = await self._records.find_post_at(event.channel, event.ts)
        if post is None or post.wiped or post.kind is not PostKind.CARD:
            return
        case_id = post.case_id
        about = self._conversations.advisor.context(self._conversations.clock())

        await self._conversations.tell_staff(
            Incoming(event.event_id, post.key),
            lambda conversation: self._post_card_again(conversation, case_id, event.ts, about),
            about.now,
            (make_lost_card(post),),
        )

    def _post_card_again(
        self, conversation: Conversation, case_id: str, ts: str, about: Context
    ) -> tuple[Outgoing, ...]:
        case = conversation.case
        if case is None or not case.is_open or refuse_if_stale(conversation, case_id):
            return ()
        name, key = PostReference.of_card(case_id), case_queue(case_id)
        return (
            calls.update_message(
                draw_card(conversation, about),
                name,
                channel=case.desk or self._channel,
                key=key,
                otherwise=self._channel,
            ),
            post_history(
                conversation, case, PostReference.of_history(case_id, ts), about.programme
            ),
            calls.reply_in_thread(draw_note(wording.CARD_POSTED_AGAIN), name, key=key),
        )

    async def warn_writer(self, event: MessagePosted, place: Post) -> None:
        """Warn the writer under a lost card that nothing was sent."""
        said = whisper_in_case(
            place.case_id, event.actor.user, wording.THREAD_IS_LOST, at=place.reference
        )
        await self._conversations.tell_staff(
            Incoming(event.event_id, "slack:desk"), lambda _: (said,), self._conversations.clock()
        )

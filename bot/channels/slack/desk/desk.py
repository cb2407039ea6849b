"""The desk: what staff do in a case's thread and on its card. A part of the Slack channel.

Whether something is sent is decided within the owner's turn, where the case is, never from what
Slack shows.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.channels.slack.desk.case_buttons import CaseButtons
from bot.channels.slack.desk.case_card import CLAIM, COMPLETE, HAND_BACK, REOPEN, WRITE
from bot.channels.slack.desk.events import (
    Deleted,
    Edited,
    Event,
    Pressed,
    Removed,
    Submitted,
    Typed,
)
from bot.channels.slack.desk.lost_cards import LostCards
from bot.channels.slack.desk.receipts import RETRY
from bot.channels.slack.desk.reply_questions import KEEP_NOTE, SEND, SEND_ONCE, TAKE_OVER
from bot.channels.slack.desk.sending import Sending
from bot.channels.slack.desk.thread_replies import ThreadReplies
from bot.channels.slack.ui.blocks import Json
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.staff import Staff
from bot.runtime.conversation_service import ConversationService


class Desk:
    """A part of the Slack channel: the threads of cases, and the buttons of their cards.

    Cards that are made anew go to `channel`. Those posted elsewhere, before another channel was
    set, go on working. With `only_notes` nothing written in a thread goes to an owner.
    """

    desk_only = True

    def __init__(
        self,
        channel: str,
        conversations: ConversationService,
        client: Client,
        staff: Staff,
        *,
        only_notes: bool = False,
    ) -> None:
        sending = Sending(conversations, staff)
        self._lost = LostCards(channel, conversations)
        self._replies = ThreadReplies(
            conversations, client, sending, self._lost, only_notes=only_notes
        )
        self._buttons = CaseButtons(conversations, client, staff, sending)
        self._pressed = _pressed(self._buttons, self._replies)

    def wants(self, event: Event) -> bool:
        """Replies in threads, edits and deletions, and a case's buttons."""
        match event:
            case Typed(thread=thread, direct=False):
                return bool(thread)
            case Edited() | Deleted() | Removed():
                return True
            case Pressed(action=name):
                return name in self._pressed
            case Submitted(callback=name):
                return name == WRITE
        return False

    async def hear(self, event: Event) -> Json | None:
        """One thing a staff member did."""
        match event:
            case Typed():
                await self._replies.typed(event)
            case Edited():
                await self._replies.edited(event)
            case Deleted():
                await self._replies.deleted(event)
            case Removed():
                await self._lost.removed(event)
            case Submitted():
                return await self._buttons.submitted(event)
            case Pressed(action=action):
                await self._pressed[action](event)
        return None


def _pressed(
    buttons: CaseButtons, replies: ThreadReplies
) -> Mapping[str, Callable[[Pressed], Awaitable[None]]]:
    """What each button does, by its action."""
    return {
        CLAIM: buttons.claim,
        WRITE: buttons.write,
        HAND_BACK: buttons.hand_back,
        COMPLETE: buttons.complete,
        REOPEN: buttons.reopen,
        RETRY: buttons.retry,
        SEND: replies.send,
        SEND_ONCE: replies.send_once,
        TAKE_OVER: replies.take_over,
        KEEP_NOTE: replies.keep_note,
    }

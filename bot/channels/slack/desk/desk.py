"""Handle staff's acts in a case's thread and on its card.

Whether something is sent is decided within the owner's turn, where the case is, never from what
Slack shows.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.channels.slack.desk.case_buttons import CaseButtons
from bot.channels.slack.desk.case_card import CLAIM, COMPLETE, HAND_BACK, REOPEN
from bot.channels.slack.desk.lost_cards import LostCards
from bot.channels.slack.desk.receipts import RETRY
from bot.channels.slack.desk.reply_questions import KEEP_NOTE, SEND, SEND_ONCE, TAKE_OVER
from bot.channels.slack.desk.reply_sender import ReplySender
from bot.channels.slack.desk.thread_replies import ThreadReplies
from bot.channels.slack.ui.blocks import Json
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import (
    BlockAction,
    BotMessageDeleted,
    Event,
    MessageChanged,
    MessageDeleted,
    MessagePosted,
)
from bot.runtime.conversation_service import ConversationService


class Desk:
    """Handles the threads of cases and the buttons of their cards.

    Cards that replace deleted ones go to `channel`. Those posted elsewhere, before another channel was
    set, go on working. With `only_notes` nothing written in a thread goes to an owner.
    """

    desk_only = True

    def __init__(
        self,
        channel: str,
        conversations: ConversationService,
        client: Client,
        sending: ReplySender,
        *,
        only_notes: bool = False,
    ) -> None:
        self._lost = LostCards(channel, conversations)
        self._replies = ThreadReplies(
            conversations, client, sending, self._lost, only_notes=only_notes
        )
        self._buttons = CaseButtons(conversations, client, sending)
        self._pressed = _list_button_handlers(self._buttons, self._replies)

    def wants(self, event: Event) -> bool:
        """Tell whether an event is about a thread or a button of a case."""
        match event:
            case MessagePosted(thread=thread, direct=False):
                return bool(thread)
            case MessageChanged() | MessageDeleted() | BotMessageDeleted():
                return True
            case BlockAction(action=name):
                return name in self._pressed
        return False

    async def handle(self, event: Event) -> Json | None:
        """One thing a staff member did."""
        match event:
            case MessagePosted():
                await self._replies.handle_message(event)
            case MessageChanged():
                await self._replies.handle_edit(event)
            case MessageDeleted():
                await self._replies.handle_deletion(event)
            case BotMessageDeleted():
                await self._lost.restore_card(event)
            case BlockAction(action=action):
                await self._pressed[action](event)
        return None


def _list_button_handlers(
    buttons: CaseButtons, replies: ThreadReplies
) -> Mapping[str, Callable[[BlockAction], Awaitable[None]]]:
    """Map each button's action to its handler."""
    return {
        CLAIM: buttons.claim_case,
        HAND_BACK: buttons.hand_back_case,
        COMPLETE: buttons.complete_case,
        REOPEN: buttons.reopen_case,
        RETRY: buttons.retry_delivery,
        SEND: replies.send_as_holder,
        SEND_ONCE: replies.send_once,
        TAKE_OVER: replies.take_over,
        KEEP_NOTE: replies.keep_note,
    }

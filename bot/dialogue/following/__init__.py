"""Handle 見守り, from the offer and consent to dates, check-ins and the end."""

from __future__ import annotations

from bot.dialogue.following.agreeing import act_on
from bot.dialogue.following.checking import show_today, take_check
from bot.dialogue.following.dating import ask_for_date, take_named, take_typed_date
from bot.dialogue.following.telling import add_told_dates
from bot.model.conversation import Conversation
from bot.model.turn import Context, Step

__all__ = ["add_told_dates", "handle_follow_tap", "take_typed_date"]


def handle_follow_tap(
    conversation: Conversation, name: str, value: str, context: Context
) -> Step | None:
    """Handle a button of a follow-up, or return None for another."""
    match name:
        case "follow":
            return act_on(value, conversation, context)
        case "date":
            return ask_for_date(value, conversation, context)
        case "named":
            return take_named(value, conversation, context)
        case "check":
            return take_check(value, conversation, context)
        case "today":
            return show_today(value, conversation, context)
    return None

"""Offer the telephone beside every promise, for owners who cannot wait."""

from __future__ import annotations

from bot.model.case import Reason
from bot.model.conversation import Conversation
from bot.model.messages import choice
from bot.model.turn import Context
from bot.presentation.cards import contact
from bot.presentation.cards.helpline_cards import helpline_lines
from bot.presentation.wording import say
from flows.programme import Programme
from knowledge.place_names.places import PREFECTURES

PHONE = choice(say("buttons.see_phone"), "do", "center")
"""Shows the office that takes calls, after asking for an unknown place."""


def is_place_known(conversation: Conversation, programme: Programme) -> bool:
    """Tell whether the owner has named their prefecture."""
    return conversation.answers.get(programme.place, ("",))[0] in PREFECTURES


def phone_alternative(conversation: Conversation, reason: Reason, context: Context) -> str:
    """Write in a few lines whom to call instead of waiting.

    In despair the helplines that are open all day; else the council of the prefecture, its number
    with its age and whether it can be called now; else how to look it up here.
    """
    if reason is Reason.DESPAIR:
        lines = (say("handoff.dark_by_phone"), *helpline_lines(context.library, all_day=True))
    elif is_place_known(conversation, context.programme):
        code = conversation.answers[context.programme.place][0]
        center = context.library.directory.for_prefecture(code).center
        numbers = contact.phone_lines(center, center.phone())
        hours = contact.say_hours(center, context.now)
        lines = (say("handoff.urgent_by_phone"), center.name, *numbers, hours)
    else:
        lines = (say("handoff.urgent_by_phone") + say("handoff.phone_unknown_place"),)
    return "\n".join(lines)

"""Offer the telephone beside every promise, for owners who cannot wait."""

from __future__ import annotations

from bot.model.case import Reason
from bot.model.conversation import Conversation
from bot.model.messages import choice
from bot.model.turn import Context
from bot.presentation import center_cards, wording
from bot.presentation.cards import helpline_lines
from flows.programme import Programme
from knowledge.place_names.places import PREFECTURES

PHONE = choice(wording.SEE_PHONE, "do", "center")
"""The office that takes calls, by asking for the place where it is not known."""


def is_place_known(conversation: Conversation, programme: Programme) -> bool:
    """Tell whether the owner has said in which prefecture they are."""
    return conversation.answers.get(programme.place, ("",))[0] in PREFECTURES


def phone_alternative(conversation: Conversation, reason: Reason, context: Context) -> str:
    """Write in a few lines whom to call instead of waiting.

    In despair the helplines that are open all day; else the council of the prefecture, its number
    with its age and whether it can be called now; else how to look it up here.
    """
    if reason is Reason.DESPAIR:
        lines = (wording.DARK_BY_PHONE, *helpline_lines(context.library, all_day=True))
    elif is_place_known(conversation, context.programme):
        code = conversation.answers[context.programme.place][0]
        center = context.library.directory.for_prefecture(code).center
        numbers = center_cards.phone_lines(center, center.phone())
        hours = center_cards.open_line(context.now)
        lines = (wording.URGENT_BY_PHONE, center.name, *numbers, hours)
    else:
        lines = (wording.URGENT_BY_PHONE + wording.PHONE_UNKNOWN_PLACE,)
    return "\n".join(lines)

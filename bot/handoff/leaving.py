"""End the case and follow-up of an owner who blocks us, silently."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.follow_up.reminding import end_when_blocked as end_follow_up
from bot.handoff.case_life import end_when_blocked as end_case
from bot.model.conversation import Conversation
from bot.model.turn import Turn


def leave(conversation: Conversation, now: datetime) -> Turn | None:
    """End everything that would write to the owner, or return None."""
    case = end_case(conversation, now)
    followed = end_follow_up(case.conversation if case else conversation)
    if case is None or followed is None:
        return case or followed
    return replace(followed, effects=(*case.effects, *followed.effects))

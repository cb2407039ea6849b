"""Choose the desk of a case, its region's if there is one."""

from __future__ import annotations

from dataclasses import replace

from bot.handoff.refusals import Refused, refuse_closed
from bot.model.conversation import Conversation
from bot.model.turn import CaseMoved, Context, Move, SetTimer, Turn
from bot.presentation import staff_wording


def find_desk(conversation: Conversation, context: Context) -> str:
    """Find the channel for an owner's prefecture, or "" for the desk's own."""
    place = conversation.answers.get(context.programme.place, ("",))[0]
    return context.policy.find_desk(place)


def follow_place(before: Conversation, turn: Turn, context: Context) -> Turn:
    """Let a free case go to the desk of a newly known prefecture.

    A timer takes it there, since its thread is to be read for that.
    """
    case, place = turn.conversation.case, context.programme.place
    if case is None or not case.is_open or case.holder or before.case is None:
        return turn
    if turn.conversation.answers.get(place) == before.answers.get(place):
        return turn
    if find_desk(turn.conversation, context) == case.desk:
        return turn
    return replace(turn, effects=(*turn.effects, SetTimer(case.region_timer, context.now)))


def move_to_region(conversation: Conversation, context: Context) -> Turn | Refused:
    """Move a case to the desk of its prefecture, unless taken meanwhile."""
    case = conversation.case
    if case and case.is_open and case.holder:
        return Refused(staff_wording.YOU_HOLD, case.holder_name)
    return move_to_desk(conversation, find_desk(conversation, context))


def move_to_desk(conversation: Conversation, desk: str) -> Turn | Refused:
    """Move an open case to another desk, unnoticed by its owner."""
    case = conversation.case
    if case is None or not case.is_open:
        return refuse_closed(conversation)
    if case.desk == desk:
        return Refused(staff_wording.IS_AT_THAT_DESK, case.holder_name)
    after = replace(conversation, case=replace(case, desk=desk))
    return Turn(after, (), (CaseMoved(Move.MOVED_DESK),))

"""Hand a case on, put it aside, or name its outcome."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.handoff.case_life import BACK_TO_BOT, Staff, forget_snooze
from bot.handoff.refusals import Refused, refuse_closed
from bot.handoff.speaker import name_staff, named_speaker
from bot.model.case import Case, Ending, Outcome
from bot.model.conversation import Conversation
from bot.model.messages import Reply
from bot.model.turn import CaseMoved, Move, SetTimer, Turn
from bot.presentation import staff_wording
from bot.presentation.wording import say


def hand_on(conversation: Conversation, to: Staff) -> Turn | Refused:
    """Give an open case to a colleague, and tell the owner the new name."""
    case = conversation.case
    if case is None or not case.is_open:
        return refuse_closed(conversation)
    if case.holder == to.id:
        return Refused(staff_wording.HAS_IT_ALREADY, case.holder_name)
    name = named_speaker(to.speaker).name
    awake, timers = forget_snooze(case)
    after = replace(awake, holder=to.id, holder_name=name)
    return Turn(
        replace(conversation.moved("claim"), case=after),
        (Reply(_say_who_comes(case, name), controls=(BACK_TO_BOT,)),),
        (CaseMoved(Move.HANDED_ON), *timers),
    )


def _say_who_comes(case: Case, name: str) -> str:
    """Tell the owner who has their case now, and whether it was somebody else's before."""
    if not case.holder:
        return say("handoff.claimed", name=name_staff(name))
    is_nameless = name == say("handoff.staff")
    who = say("handoff.another_staff") if is_nameless else name_staff(name)
    return say("handoff.handed_on", name=who)


def put_aside(conversation: Conversation, until: datetime) -> Turn | Refused:
    """Put an open case aside until a time.

    It comes back by itself, or when the owner writes.
    """
    case = conversation.case
    if case is None or not case.is_open:
        return refuse_closed(conversation)
    after = replace(case, snoozed_until=until)
    effects = (CaseMoved(Move.SNOOZED), SetTimer(case.return_timer, until))
    return Turn(replace(conversation, case=after), (), effects)


def bring_back(conversation: Conversation) -> Turn | Refused:
    """Bring a case back that was put aside."""
    case = conversation.case
    if case is None or not case.is_open or case.snoozed_until is None:
        return refuse_closed(conversation)
    back, effects = end_snooze(case)
    return Turn(replace(conversation, case=back), (), effects)


def end_snooze(case: Case) -> tuple[Case, tuple[CaseMoved | SetTimer, ...]]:
    """Bring back a case put aside, with the effects of that.

    A case that was not put aside has none.
    """
    if case.snoozed_until is None:
        return case, ()
    awake, timers = forget_snooze(case)
    return awake, (CaseMoved(Move.RETURNED), *timers)


def say_outcome(conversation: Conversation, outcome: Outcome) -> Turn | Refused:
    """Name the outcome of a case that staff have completed."""
    case = conversation.case
    if case is None or case.ending is not Ending.COMPLETED:
        return Refused(staff_wording.NOT_COMPLETED)
    after = replace(conversation, case=replace(case, outcome=outcome))
    return Turn(after, (), (CaseMoved(Move.SORTED),))

"""Put off replies, and send them while the case is still the writer's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.handoff.case_life import Consent, Staff, reply
from bot.handoff.refusals import Refused, refuse_closed
from bot.model.case import Case
from bot.model.conversation import Conversation
from bot.model.later_reply import LaterReply
from bot.model.messages import Speaker
from bot.model.turn import SetTimer, Turn
from bot.presentation import staff_wording

MOST = 5
"""Replies of one case that wait at a time."""


def put_off_reply(
    conversation: Conversation, later: LaterReply, now: datetime, *, consent: Consent
) -> Turn | Refused:
    """Keep a reply until it is due.

    A reply that would be refused at once is refused now.
    """
    at_once = reply(conversation, _sender(later), later.text, now, consent=consent)
    case = conversation.case
    if isinstance(at_once, Refused) or case is None:
        return at_once
    if len(case.later) >= MOST:
        return Refused(staff_wording.TOO_MANY_LATER)
    after = replace(case, later=(*case.later, later))
    return Turn(replace(conversation, case=after), (), (SetTimer(case.timer_of(later), later.due),))


def send_put_off(conversation: Conversation, later_id: str, now: datetime) -> Turn | Refused:
    """Send a reply that was put off.

    Refused where the case has ended or gone to somebody else.
    """
    case = conversation.case
    later = _find(case, later_id)
    if case is None or later is None:
        return refuse_closed(conversation)
    left = replace(conversation, case=_without(case, later))
    return reply(left, _sender(later), later.text, now, consent=Consent.SEND, quotes=later.quotes)


def take_back_reply(conversation: Conversation, later_id: str) -> Turn | Refused:
    """Drop a reply that has not gone yet."""
    case = conversation.case
    later = _find(case, later_id)
    if case is None or later is None:
        return Refused(staff_wording.LATER_GONE)
    after = replace(conversation, case=_without(case, later))
    return Turn(after, (), (SetTimer(case.timer_of(later), None),))


def _find(case: Case | None, later_id: str) -> LaterReply | None:
    kept = case.later if case else ()
    return next((each for each in kept if each.id == later_id), None)


def _without(case: Case, later: LaterReply) -> Case:
    return replace(case, later=tuple(each for each in case.later if each != later))


def _sender(later: LaterReply) -> Staff:
    return Staff(later.staff, Speaker(later.name, later.icon_url))

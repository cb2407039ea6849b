"""Mark an open case as urgent when the owner's words say so."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.heard import Heard
from bot.model.case import Reason
from bot.model.turn import CaseMoved, Move, PassOn, Step
from bot.understand.trouble import TroubleKind

_GRAVE = (Reason.DESPAIR, Reason.URGENT)


def mark_pressing(step: Step, heard: Heard) -> Step:
    """Raise a case whose owner writes of urgent money trouble, and tell staff once.

    What only may be urgent counts, too: a person reads it anyway, and the case must not wait behind
    the others.
    """
    case = step.conversation.case
    told = (*heard.troubles, *heard.doubts)
    if case is None or not case.is_open or case.reason in _GRAVE:
        return step
    is_passed_on = any(isinstance(each, PassOn) for each in step.effects)
    if not is_passed_on or all(each.kind is not TroubleKind.URGENT for each in told):
        return step
    raised = replace(step.conversation, case=replace(case, reason=Reason.URGENT))
    return replace(step, conversation=raised, effects=(*step.effects, CaseMoved(Move.PRESSES)))

"""Tell a result in full once, and after a correction only its change."""

from __future__ import annotations

from dataclasses import replace

from bot.interview.outcomes import result_of
from bot.interview.standing import replay_flow
from bot.model.conversation import Conversation
from bot.model.turn import Context, Step, Then
from bot.presentation.cards.result_cards import change_line
from flows.flow import ASSESSMENT


def name_result(conversation: Conversation, context: Context) -> tuple[str, ...]:
    """Name questionnaire, verdict and path of the current result, if any."""
    state = replay_flow(conversation, context.programme)
    if state is None or state.state != ASSESSMENT:
        return ()
    assessment = result_of(conversation, context).assessment
    return conversation.flow, assessment.verdict, assessment.route.main.path.id


def tell_change(
    before: Conversation, after: Conversation, lead: str, context: Context
) -> Step | None:
    """Tell only the change that a correction made in the result.

    Returns None where no result was told, or none is left.
    """
    was, now = before.result, name_result(after, context)
    if not (was and now) or was[0] != now[0]:
        return None
    said = "\n".join(filter(None, (lead, change_line(was, now, context.programme))))
    return Step(replace(after, result=now), said, then=Then.REPEAT)

"""Handle 「質問が多い」 by the three questions that matter now.

The rest can come later.
"""

from __future__ import annotations

from dataclasses import replace

from bot.interview.buttons import PERSON
from bot.interview.standing import replay_flow
from bot.model.conversation import Conversation
from bot.model.turn import Context, Step, Then
from bot.presentation.wording import say

MOST = 3
"""Questions a tired owner is still asked."""


def shorten(conversation: Conversation, context: Context) -> Step:
    """Ask only the deciding questions, or say how few are left.

    No answer is lost.
    """
    programme = context.programme
    begun = replace(conversation, flow=conversation.flow or programme.main)
    state = replay_flow(begun, programme)
    if state is None or state.question is None:
        return Step(conversation, then=Then.REPEAT, controls=(PERSON,))
    if begun.brief or state.remaining <= MOST:
        return Step(begun, say("answers.few_left", remaining=state.remaining), controls=(PERSON,))
    left = (
        each for each in programme.essential if each in state.ahead and each not in begun.answers
    )
    chosen = set(list(left)[:MOST])
    brief = tuple(each.id for each in programme.flows[begun.flow].questions if each.id in chosen)
    if not brief:
        return Step(begun, say("answers.few_left", remaining=state.remaining), controls=(PERSON,))
    after = replace(begun, brief=brief, asking_again="", adding="", likely={})
    return Step(after, say("answers.only_these", count=len(brief)))

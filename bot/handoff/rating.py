"""Ask the owner in one tap whether talking with staff helped.

The answer is counted without the owner.
"""

from __future__ import annotations

from dataclasses import replace

from bot.model.conversation import Conversation
from bot.model.messages import choice
from bot.model.turn import Context, Rated, Step, Then
from bot.presentation.wording import say

NAME = "talk_helped"

YES, SOME, NO = "yes", "some", "no"

RATINGS = (
    choice(say("buttons.helped_yes"), NAME, YES),
    choice(say("buttons.helped_some"), NAME, SOME),
    choice(say("buttons.helped_no"), NAME, NO),
)


def take_rating(conversation: Conversation, how: str, _: Context) -> Step | None:
    """Thank for a rating and count it once a case.

    None for a value that is no rating.
    """
    if how not in {YES, SOME, NO}:
        return None
    thanks = say("handoff.rated_no") if how == NO else say("handoff.rated")
    case = conversation.case
    if case is None or case.rated:
        return Step(conversation, thanks, then=Then.REPEAT)
    after = replace(conversation, case=replace(case, rated=True))
    return Step(after, thanks, then=Then.REPEAT, effects=(Rated(how),))

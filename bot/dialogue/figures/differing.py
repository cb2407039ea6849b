"""Say at once where a new answer differs from what the owner's figures give."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.figures.concluding import conclude
from bot.interview.figure_prompts import CORRECT_FIGURES
from bot.model.conversation import Conversation
from bot.model.turn import Context, Step
from bot.presentation.wording import say


def tell_difference(step: Step, before: Conversation, context: Context) -> Step:
    """Add what the figures give, so that picture and result never differ in silence."""
    after = step.conversation
    if not after.figures or after.answers == before.answers:
        return step
    lines = [
        say("figures.differs_still", computed=context.programme.questions[name].labels((option,)))
        for name, option in conclude(after.figures, context).items()
        if after.answers.get(name) not in (None, before.answers.get(name), (option,))
    ]
    if not lines:
        return step
    lead = "\n".join(filter(None, (step.lead, *lines)))
    return replace(step, lead=lead, controls=(*step.controls, CORRECT_FIGURES))

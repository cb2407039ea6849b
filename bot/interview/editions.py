"""Ask again for answers of an earlier edition that mean less today.

Their option has been split since.
"""

from __future__ import annotations

from dataclasses import replace

from bot.interview.standing import open_question
from bot.model.conversation import EDITION, Conversation
from bot.model.turn import Step
from bot.presentation.wording import say
from flows.flow import Answers
from flows.programme import Programme


def bring_up_to_date(conversation: Conversation, programme: Programme) -> Conversation:
    """Take back answers of an earlier edition that would now mislead."""
    if conversation.edition == EDITION:
        return conversation
    return replace(
        conversation,
        edition=EDITION,
        answers=_without_split(conversation.answers, programme),
        earlier=_without_split(conversation.earlier, programme),
    )


def explain_asking_again(before: Conversation, step: Step, programme: Programme) -> Step:
    """Say why a question that was answered in an earlier edition is open again."""
    after = step.conversation
    question = open_question(after, programme)
    if before.edition == EDITION or not question or question.id not in programme.split:
        return step
    if question.id not in before.answers or question.id in after.answers:
        return step
    why = say("answers.choices_changed", question=question.title)
    return replace(step, lead="\n\n".join(filter(None, (why, step.lead))))


def _without_split(answers: Answers, programme: Programme) -> Answers:
    split = programme.split
    return {each: kept for each, kept in answers.items() if split.get(each) not in kept}

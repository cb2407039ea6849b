"""What comes before everything else: despair, and money trouble that cannot wait a day."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue import with_staff
from bot.dialogue.answers import record_answer, with_place_hint
from bot.dialogue.heard import Heard
from bot.dialogue.helplines import helplines_reply
from bot.interview.prompts import PERSON, RESUME, open_question
from bot.model.conversation import Conversation
from bot.model.messages import Kind, Reply
from bot.model.turn import Context, PersonWanted, Step, Then
from bot.presentation import wording
from bot.understand import is_label
from bot.understand.distress import emergency_in, is_despair, is_heavy
from bot.understand.text import LONGEST_HEARD


def handle_despair(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Give the helplines and offer a person, whatever the state; the questionnaire waits."""
    if not heard.is_typed or not is_despair(heard.message.text[:LONGEST_HEARD]):
        return None
    if context.desk and with_staff.is_with_a_person(conversation):
        return with_staff.handle_despair(conversation, heard.message, context)
    after = replace(conversation, despaired=True, asking_consent=False)
    return Step(
        after,
        said=(helplines_reply(context.library), Reply(wording.DESPAIR_AFTER, (PERSON, RESUME))),
        then=Then.NOTHING,
        effects=(PersonWanted(urgent=True),),
        notices=("despair",),
    )


def add_sympathy(step: Step, heard: Heard) -> Step:
    """Put a word for how hard it is in front, where the message says so."""
    if heard.message.kind is not Kind.TEXT or not is_heavy(heard.text):
        return step
    lead = "\n\n".join(filter(None, (wording.HEAVY, step.lead)))
    return replace(step, lead=lead, notices=(*step.notices, "heavy"))


def handle_urgent(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Say what to do today about money trouble that is happening and not yet known."""
    emergency = emergency_in(heard.text)
    question = open_question(conversation, context.programme)
    if emergency is None or (question and is_label(heard.text, question)):
        return None
    known = conversation.answers.get(context.programme.emergency, ())
    if emergency in known:
        return None
    others = tuple(each for each in known if each != context.programme.handled)
    options = (*others, emergency.value)
    hinted = with_place_hint(conversation, heard.text, context)
    step = record_answer(
        hinted,
        context.programme.questions[context.programme.emergency],
        options,
        context,
        wording.HEAVY,
    )
    return replace(step, notices=(f"urgent:{emergency.value}",))

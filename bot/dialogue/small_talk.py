"""What is heard before and beside answers: despair, urgent trouble, greetings, thanks, anger."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.answers import hinted, record
from bot.interview.prompts import PERSON, RESTART, RESUME, led, open_question, reminder
from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation
from bot.model.messages import Reply
from bot.model.turn import Context, PersonWanted, Turn
from bot.presentation import wording
from bot.presentation.cards import helpline_lines
from bot.understand import SmallTalk, is_label, small_talk_in, yes_or_no
from bot.understand.distress import emergency_in
from flows.keiei.catalog import QUESTIONS
from knowledge.library import Library


def helplines(library: Library) -> Reply:
    """A human word, the helplines with their dates, and what to do in danger."""
    lines = (wording.DESPAIR, *helpline_lines(library), wording.DESPAIR_DANGER)
    return Reply("\n".join(lines))


def despair(conversation: Conversation, context: Context) -> Turn:
    """The helplines and the offer of a person, whatever the state; the questionnaire waits."""
    replies = (helplines(context.library), Reply(wording.DESPAIR_AFTER, (PERSON, RESUME)))
    return Turn(
        replace(conversation, despaired=True),
        replies,
        (PersonWanted(urgent=True),),
        notices=("despair",),
    )


def comforted(turn: Turn) -> Turn:
    """The replies with a word for how hard it is in front."""
    return replace(turn, replies=led(wording.HEAVY, turn.replies), notices=(*turn.notices, "heavy"))


def urgent(conversation: Conversation, text: str, context: Context) -> Turn | None:
    """Money trouble that is happening: what to do today; None when there is none, or it is known."""
    emergency = emergency_in(text)
    question = open_question(conversation)
    if emergency is None or (question and is_label(text, question)):
        return None
    known = conversation.answers.get("emergency", ())
    if emergency in known:
        return None
    others = tuple(each for each in known if each != "handled")
    options = (*others, emergency.value)
    turn = record(
        hinted(conversation, text), QUESTIONS["emergency"], options, context, wording.HEAVY
    )
    return replace(turn, notices=(f"urgent:{emergency.value}",))


def relieved(conversation: Conversation, text: str, context: Context) -> Turn | None:
    """Relief after a dark hour, heard before 「落ち着いた」 is taken for falling sales."""
    if conversation.adding or small_talk_in(text) is not SmallTalk.RELIEF:
        return None
    return small_talk(replace(conversation, despaired=False), text, context)


def small_talk(conversation: Conversation, text: str, context: Context) -> Turn | None:
    """A human word for a human word, then the open question again; None for anything else."""
    match small_talk_in(text):
        case SmallTalk.GREETING:
            return _greeted(conversation, context)
        case SmallTalk.THANKS:
            said = wording.THANKED
        case SmallTalk.RELIEF:
            said = wording.RELIEVED
        case SmallTalk.GOODBYE:
            said = wording.GOODBYE
        case SmallTalk.ABUSE:
            on = reminder(conversation)
            controls = on.controls if PERSON in on.buttons else (*on.controls, PERSON)
            return Turn(conversation, led(wording.CALM, (replace(on, controls=controls),)))
        case None:
            if yes_or_no(text) is None:
                return None
            said = wording.ACKNOWLEDGED if yes_or_no(text) else wording.UNDERSTOOD
    return Turn(conversation, led(said, (reminder(conversation),)))


def _greeted(conversation: Conversation, context: Context) -> Turn:
    if not conversation.answers:
        said = (
            Reply(f"{wording.greeted(context.now.astimezone(JAPAN).hour)}{wording.GREETING}"),
            reminder(conversation),
        )
        return Turn(conversation, said)
    on = reminder(conversation)
    controls = on.controls if RESTART in on.buttons else (*on.controls, RESTART)
    return Turn(conversation, led(wording.WELCOME_BACK, (replace(on, controls=controls),)))

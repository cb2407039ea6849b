"""What is typed, read as a button, a number, a command, an answer, a place: one step each.

Every step returns None when the text is none of its business.
"""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.answers import (
    LONGEST_PLACE,
    choose,
    correct,
    for_place,
    hinted,
    place_answer,
    record,
)
from bot.dialogue.commands import do
from bot.dialogue.postbacks import value
from bot.interview.prompts import led, open_question, reminder
from bot.model.conversation import Conversation
from bot.model.messages import VERSION, read_value
from bot.model.turn import Context, Turn
from bot.presentation import wording
from bot.understand import (
    answer_in,
    command_in,
    correction_in,
    is_done,
    is_label,
    yes_or_no,
)
from bot.understand.asking import asks
from bot.understand.quantities import picked
from bot.understand.text import fold
from flows.flow import Question
from flows.keiei.catalog import QUESTIONS
from knowledge.place_names.places import locate


def labelled(conversation: Conversation, text: str, context: Context) -> Turn | None:
    """The words of a button last shown mean that button."""
    said = fold(text)
    meant = next((value for label, value in conversation.offered if fold(label) == said), "")
    return value(conversation, meant, context) if meant else None


def numbered(conversation: Conversation, text: str, context: Context) -> Turn | None:
    """A number means a choice shown last; several numbers several answers."""
    numbers = picked(text)
    if not numbers:
        return None
    shown = [each for _, each in conversation.offered]
    values = shown or [button.value for button in reminder(conversation).buttons]
    if max(numbers) > len(values) or min(numbers) < 1:
        return Turn(conversation, led(wording.PICK, (reminder(conversation),)))
    values = [values[number - 1] for number in numbers]
    if len(values) == 1:
        return value(conversation, values[0], context)
    return _several(conversation, values, context)


def _several(conversation: Conversation, values: list[str], context: Context) -> Turn:
    question = open_question(conversation)
    chosen = [read for each in values if (read := read_value(each))]
    options = tuple(
        option for question_id, option in chosen if question and question_id == question.id
    )
    if question is None or not question.several or not options:
        return Turn(conversation, led(wording.PICK, (reminder(conversation),)))
    kept = conversation.answers.get(question.id, ()) if conversation.adding else ()
    alone = {option.id for option in question.options if option.alone}
    merged = tuple(option for option in dict.fromkeys((*kept, *options)) if option not in alone)
    return record(conversation, question, merged or options[:1], context)


def commanded(conversation: Conversation, text: str, context: Context) -> Turn | None:
    """A command, or the wish to answer a question anew."""
    question = open_question(conversation)
    if question and is_label(text, question):
        return None
    if corrected := correction_in(text, _answered(conversation)):
        return correct(conversation, QUESTIONS[corrected], context)
    command = command_in(text)
    return do(command, conversation, context) if command else None


def _answered(conversation: Conversation) -> dict[str, Question]:
    return {id_: QUESTIONS[id_] for id_ in conversation.answers if id_ in QUESTIONS}


def answered_place(conversation: Conversation, text: str, context: Context) -> Turn | None:
    """The answer to the place question: a place, or yes or no to the one heard in passing."""
    question = open_question(conversation)
    if question is None or question.id != "prefecture" or asks(text, question):
        return None
    if conversation.place_hint and (agreed := yes_or_no(text)) is not None:
        if agreed:
            return record(conversation, question, (conversation.place_hint[0],), context)
        return value(conversation, f"{VERSION}|region=all", context)
    return place_answer(conversation, locate(text[:LONGEST_PLACE]), context)


def answered_question(conversation: Conversation, text: str, context: Context) -> Turn | None:
    """The answer to the open question, in words."""
    question = open_question(conversation)
    if question is None:
        return None
    if conversation.adding:
        return _answered_more(conversation, question, text, context)
    understood = answer_in(text, question)
    if understood is None:
        return None
    heard = conversation if question.id == "prefecture" else hinted(conversation, text)
    return choose(heard, question, understood, context)


def _answered_more(
    conversation: Conversation, question: Question, text: str, context: Context
) -> Turn | None:
    """While more options may be added: another one, "that is all", or already the next answer."""
    if is_done(text):
        return value(conversation, f"{VERSION}|done={question.id}", context)
    understood = answer_in(text, question)
    alone = {option.id for option in question.options if option.alone}
    named = understood is not None and alone.isdisjoint(understood.options)
    if understood and named:
        return choose(conversation, question, understood, context)
    return answered_question(replace(conversation, adding=""), text, context)


def done_already(conversation: Conversation, text: str, _: Context) -> Turn | None:
    """「これで全部」 when nothing is being added any more: simply the next thing."""
    said = fold(text) in {fold(wording.DONE), "以上", "以上です"}
    return Turn(conversation, (reminder(conversation),)) if said else None


def placed(conversation: Conversation, text: str, context: Context) -> Turn | None:
    """Nothing but a place, asked for or not: it is kept, and where nothing is open the desk shown."""
    if len(text) > LONGEST_PLACE:
        return None
    place = locate(text)
    if place.decision == "none" or not place.direct or asks(text, QUESTIONS["prefecture"]):
        return None
    return place_answer(for_place(conversation), place, context)

"""Answers into the conversation: a tap, a typed answer, a place. Then the next thing to say."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.interview.prompts import (
    PERSON,
    correction_list,
    led,
    open_question,
    prefecture_choices,
    prompt,
    region_choices,
    reminder,
    standing,
    urgent_end,
)
from bot.model.conversation import Conversation
from bot.model.messages import Message, Reply, from_card, read_value
from bot.model.turn import Context, Turn
from bot.presentation import cards, wording
from bot.understand import Understood
from flows.flow import Question
from flows.keiei.catalog import FLOWS, QUESTIONS
from flows.keiei.diagnosis import URGENT
from flows.keiei.urgency import today
from knowledge.place_names.places import PREFECTURES, REGIONS, Place, locate, locate_point

LONGEST_NUMBER = 4
"""Digits from which a number in a choice's value is not one of ours."""

LONGEST_PLACE = 300
"""Characters in which a place is looked for."""


def record(
    conversation: Conversation,
    question: Question,
    options: tuple[str, ...],
    context: Context,
    lead: str = "",
) -> Turn:
    """Write the answer down and say what comes next; `lead` replaces the echo of the answer."""
    known = question.id in conversation.answers and conversation.adding != question.id
    correcting = known or conversation.asking_again == question.id
    after = _begun(conversation, question).answered(
        question.id,
        options,
        asking_again="",
        adding="",
        misses=0,
        topic="",
        place_hint=None if question.id == "prefecture" else conversation.place_hint,
    )
    labels = question.labels(options)
    said = wording.corrected(question, labels) if correcting else wording.echo(labels)
    return _said(conversation, after, lead or said, context)


def _begun(conversation: Conversation, question: Question) -> Conversation:
    """The conversation with a flow that has this question; an old button may come before any."""
    if conversation.flow in FLOWS:
        return conversation
    return replace(
        conversation, flow=next(id_ for id_, flow in FLOWS.items() if question.id in flow)
    )


def _said(before: Conversation, after: Conversation, lead: str, context: Context) -> Turn:
    """The next thing to say; urgent trouble that has just come up is dealt with first."""
    new = [each for each in today(after.answers) if each not in today(before.answers)]
    stands = standing(after)
    if not new or after.answers.get("emergency") == ("handled",):
        at_urgent_end = stands is not None and stands.state == URGENT
        told_today = at_urgent_end and bool(today(before.answers))
        replies = (urgent_end(after, context),) if told_today else prompt(after, context)
        return Turn(after, led(lead, replies))
    urgent = from_card(cards.today_card(after.answers, context.library))
    rest = (
        (urgent_end(after, context),)
        if stands and stands.state == URGENT
        else prompt(after, context)
    )
    return Turn(after, (Reply(f"{lead}\n{wording.URGENT_OPENING}".strip()), urgent, *rest))


def add(
    conversation: Conversation, question: Question, more: tuple[str, ...], context: Context
) -> Turn:
    """Add options to a question with several answers, and ask for more."""
    alone = {other.id for other in question.options if other.alone}
    if alone.intersection(more):
        return record(conversation, question, more[:1], context)
    kept = [other for other in conversation.answers.get(question.id, ()) if other not in alone]
    options = tuple(dict.fromkeys((*kept, *more)))
    if len(options) == len(question.options) - len(alone):
        return record(conversation, question, options, context)
    after = _begun(conversation, question).answered(
        question.id,
        options,
        adding=question.id,
        asking_again="",
        misses=0,
    )
    return Turn(after, led(wording.echo(question.labels(options)), prompt(after, context)))


def tap(conversation: Conversation, value: str, context: Context) -> Turn | None:
    """An answer tapped, now or long ago; None when the value is no answer."""
    match read_value(value):
        case ("region", region):
            return _region(conversation, region)
        case ("done", question_id) if question_id in QUESTIONS:
            return _done(conversation, QUESTIONS[question_id], context)
        case ("correct", question_id) if question_id in QUESTIONS:
            return correct(conversation, QUESTIONS[question_id], context)
        case ("older", shown) if shown.isdecimal() and len(shown) < LONGEST_NUMBER:
            return Turn(conversation, (correction_list(conversation, int(shown)),))
        case (question_id, option) if question_id in QUESTIONS:
            return _choose(conversation, QUESTIONS[question_id], option, context)
    return None


def _choose(conversation: Conversation, question: Question, option: str, context: Context) -> Turn:
    if question.option(option) is None:
        return Turn(conversation, (Reply(wording.OLD_BUTTON), reminder(conversation)))
    if question.several:
        fresh = conversation
        if conversation.asking_again == question.id:
            fresh = conversation.without(question.id)
        return add(fresh, question, (option,), context)
    return record(conversation, question, (option,), context)


def _done(conversation: Conversation, question: Question, context: Context) -> Turn:
    options = conversation.answers.get(question.id)
    if not options:
        return Turn(conversation, (reminder(conversation),))
    after = replace(conversation, adding="", asking_again="")
    return _said(conversation, after, wording.echo(question.labels(options)), context)


def correct(conversation: Conversation, question: Question, context: Context) -> Turn:
    """Ask a question again; the answer given stays until there is a new one."""
    after = replace(
        _begun(conversation, question), asking_again=question.id, adding="", place_hint=None
    )
    chosen = conversation.answers.get(question.id)
    lead = wording.asking_again(question, question.labels(chosen)) if chosen else ""
    return Turn(after, led(lead, prompt(after, context)))


def choose(
    conversation: Conversation, question: Question, understood: Understood, context: Context
) -> Turn:
    """A typed answer: one option, several where several are allowed, or several to choose from."""
    options = understood.options
    if question.several:
        fresh = conversation.without(question.id) if conversation.asking_again else conversation
        if conversation.adding or (len(options) == 1 and understood.exact):
            return add(fresh, question, options, context)
        return record(fresh, question, options, context)
    if len(options) == 1:
        return record(conversation, question, options, context)
    return which(conversation, question, options)


def which(conversation: Conversation, question: Question, options: tuple[str, ...]) -> Turn:
    """Ask which of several options is meant."""
    reply = reminder(conversation)
    kept = tuple(
        each for each in reply.choices if (read_value(each.value) or ("", ""))[1] in options
    )
    ask = wording.WHICH_OF_MANY if options[2:] else wording.WHICH
    text = f"{question.text}\n{ask}"
    return Turn(conversation, (replace(reply, text=text, choices=kept or reply.choices),))


_KANJI = re.compile("[一-龠]")


# --- places -----------------------------------------------------------------------------------


def _region(conversation: Conversation, region: str) -> Turn:
    open_place = open_question(conversation)
    at_place = (
        conversation
        if open_place and open_place.id == "prefecture"
        else replace(conversation, asking_again="prefecture")
    )
    after = replace(at_place, place_hint=None)
    if region not in REGIONS:
        return Turn(after, (Reply(wording.PREFECTURE_AREAS, region_choices(), (PERSON,)),))
    choices = prefecture_choices(REGIONS[region])
    return Turn(after, (Reply(wording.PREFECTURE_LIST, choices, (PERSON,)),))


def place_answer(conversation: Conversation, place: Place, context: Context) -> Turn | None:
    """Take a place as the answer to the place question; None when no place was understood."""
    question = QUESTIONS["prefecture"]
    if place.decision == "one":
        lead = wording.place(place.name)
        return record(conversation, question, place.prefectures, context, lead)
    if place.decision == "many":
        codes = place.prefectures
        offered = prefecture_choices(codes) if len(codes) < len(PREFECTURES) else region_choices()
        return Turn(conversation, (Reply(place.reason, offered, (PERSON,)),))
    return None


def location(conversation: Conversation, message: Message, context: Context) -> Turn:
    """A location that was sent: the answer to the place question, whenever it comes."""
    place = locate_point(
        message.latitude if message.latitude is not None else float("nan"),
        message.longitude if message.longitude is not None else float("nan"),
        message.text or None,
    )
    turn = place_answer(for_place(conversation), place, context)
    return turn or Turn(conversation, led(place.reason, (reminder(conversation),)))


def for_place(conversation: Conversation) -> Conversation:
    """The conversation in a flow that has the place question: before any other, the desk's."""
    return conversation if conversation.flow else replace(conversation, flow="center")


def hinted(conversation: Conversation, text: str) -> Conversation:
    """The conversation with a place heard in passing, kept until the place question comes.

    Only texts with kanji are searched: a place among other words is hardly ever written without.
    """
    if "prefecture" in conversation.answers or not _KANJI.search(text):
        return conversation
    place = locate(text[:LONGEST_PLACE])
    if place.decision != "one":
        return conversation
    return replace(conversation, place_hint=(place.prefectures[0], place.name))

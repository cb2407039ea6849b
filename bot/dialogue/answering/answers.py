"""Record answers that are tapped, typed or a place."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.heard import LONGEST_ANSWER, Heard
from bot.dialogue.results import tell_change
from bot.interview.buttons import AFTERWARDS, PERSON, prefecture_choices, region_choices
from bot.interview.prompts import correction_list, repeat_prompt
from bot.interview.standing import open_question, replay_flow
from bot.model.conversation import Conversation
from bot.model.messages import Kind, Reply, from_card, read_value
from bot.model.turn import Context, Step, Then
from bot.presentation.cards import urgent_cards
from bot.presentation.wording import say
from bot.understand import Understood
from flows.flow import URGENT, Question
from flows.programme import Programme
from knowledge.place_names.places import PREFECTURES, REGIONS, Place, locate, locate_point

LONGEST_NUMBER = 4
"""Digits from which a number in a choice's value is not one of ours."""

LONGEST_PLACE = 300
"""Characters in which a place is looked for."""


def record_answer(
    conversation: Conversation,
    question: Question,
    options: tuple[str, ...],
    context: Context,
    lead: str = "",
) -> Step:
    """Record an answer and say what comes next.

    `lead` replaces the echo of the answer.
    """
    known = conversation.answers.get(question.id)
    is_again = conversation.asking_again == question.id
    # The same answer again changes nothing, so no change is announced.
    correcting = conversation.adding != question.id and (known or is_again) and known != options
    after = with_flow(conversation, question, context.programme).answered(
        question.id,
        options,
        asking_again="",
        adding="",
        misses=0,
        topic="",
        place_hint=None if question.id == context.programme.place else conversation.place_hint,
    )
    if not lead and options == (context.programme.handled,):
        lead = say("answers.understood")  # the button goes on, and corrects nothing
    labels = question.labels(options)
    said = (
        say("answers.corrected", question=question.title, labels=labels)
        if correcting
        else say("answers.echo", labels=labels)
    )
    return reply_after_answer(conversation, after, lead or said, context)


def with_flow(conversation: Conversation, question: Question, programme: Programme) -> Conversation:
    """Put the conversation in a flow that has this question, if in none.

    An old button may be tapped before any flow has begun.
    """
    if conversation.flow in programme.flows:
        return conversation
    return conversation.with_changes(flow=programme.flow_with(question.id))


def reply_after_answer(
    before: Conversation, after: Conversation, lead: str, context: Context
) -> Step:
    """Say what comes next, with new urgent trouble first.

    The office to call is shown once: what is told behind it only goes on.
    """
    known = {each.id for each in context.programme.today(before.answers)}
    new = [each for each in context.programme.today(after.answers) if each.id not in known]
    at_urgent_end = _is_at_urgent_end(after, context)
    if not new and (corrected := tell_change(before, after, lead, context)):
        return corrected
    if not new or after.answers.get(context.programme.emergency) == (context.programme.handled,):
        office = Then.REPEAT if _is_office_shown(before, after, context) else Then.OFFICE
        return Step(after, lead, then=office if at_urgent_end and known else Then.ASK)
    opening = f"{lead}\n{say('trouble.urgent_opening')}".strip()
    if at_urgent_end:
        return Step(after, opening)
    urgent = from_card(urgent_cards.today_card(after.answers, context), (AFTERWARDS,))
    return Step(after, said=(Reply(opening), urgent))


def _is_at_urgent_end(conversation: Conversation, context: Context) -> bool:
    state = replay_flow(conversation, context.programme)
    return state is not None and state.state == URGENT


def _is_office_shown(before: Conversation, after: Conversation, context: Context) -> bool:
    """Tell whether the office of this place was shown before, at the same end."""
    place = context.programme.place
    is_same = before.answers.get(place) == after.answers.get(place)
    return is_same and _is_at_urgent_end(before, context)


def add_options(
    conversation: Conversation, question: Question, more: tuple[str, ...], context: Context
) -> Step:
    """Add options to a question with several answers, and ask for more."""
    alone = {other.id for other in question.options if other.alone}
    if alone.intersection(more):
        return record_answer(conversation, question, more[:1], context)
    kept = [other for other in conversation.answers.get(question.id, ()) if other not in alone]
    options = tuple(dict.fromkeys((*kept, *more)))
    if len(options) == len(question.options) - len(alone):
        return record_answer(conversation, question, options, context)
    after = with_flow(conversation, question, context.programme).answered(
        question.id,
        options,
        adding=question.id,
        asking_again="",
        misses=0,
    )
    return Step(after, say("answers.echo", labels=question.labels(options)))


def handle_answer_tap(
    conversation: Conversation, name: str, value: str, context: Context
) -> Step | None:
    """Take an answer tapped now or long ago.

    Returns None when the choice is no answer.
    """
    questions = context.programme.questions
    match name:
        case "region":
            return show_regions(conversation, context, value)
        case "older" if value.isdecimal() and len(value) < LONGEST_NUMBER:
            listed = correction_list(conversation, context.programme, int(value))
            return Step(conversation, said=(listed,), then=Then.NOTHING)
        case "done" | "correct" | "deny" if value in questions:
            return _TAPS[name](conversation, questions[value], context)
        case question_id if question_id in questions:
            return _choose(conversation, questions[question_id], value, context)
    return None


def _choose(conversation: Conversation, question: Question, option: str, context: Context) -> Step:
    if question.option(option) is None:
        return Step(conversation, said=(Reply(say("answers.old_button")),), then=Then.REPEAT)
    if question.several:
        fresh = conversation
        if conversation.asking_again == question.id:
            fresh = conversation.without(question.id)
        return add_options(fresh, question, (option,), context)
    return record_answer(conversation, question, (option,), context)


def finish_adding(conversation: Conversation, question: Question, context: Context) -> Step:
    """End a question with several answers, or repeat it without any."""
    options = conversation.answers.get(question.id)
    if not options:
        return Step(conversation, then=Then.REPEAT)
    after = conversation.with_changes(adding="", asking_again="")
    # What was tapped while adding is new only now: trouble among it is told here, or never.
    before = conversation.without(question.id)
    return reply_after_answer(
        before, after, say("answers.echo", labels=question.labels(options)), context
    )


def deny_likely(conversation: Conversation, question: Question, _: Context) -> Step:
    """Take back a likely answer that the owner denied.

    Its question is asked in its turn.
    """
    kept = {key: value for key, value in conversation.likely.items() if key != question.id}
    if kept == conversation.likely:
        return Step(conversation, then=Then.REPEAT)
    return Step(conversation.with_changes(likely=kept), say("answers.understood"))


def ask_again(conversation: Conversation, question: Question, context: Context) -> Step:
    """Ask a question again, keeping its answer until there is a new one."""
    after = replace(
        with_flow(conversation, question, context.programme),
        asking_again=question.id,
        adding="",
        place_hint=None,
    )
    chosen = conversation.answers.get(question.id)
    return Step(
        after,
        say("answers.asking_again", question=question.title, labels=question.labels(chosen))
        if chosen
        else "",
    )


_TAPS = {"done": finish_adding, "correct": ask_again, "deny": deny_likely}


def choose_options(
    conversation: Conversation, question: Question, understood: Understood, context: Context
) -> Step:
    """Take a typed answer of one or several options.

    Several options are a choice to tap where only one is allowed.
    """
    options = understood.options
    if question.several:
        fresh = conversation.without(question.id) if conversation.asking_again else conversation
        if conversation.adding or (len(options) == 1 and understood.exact):
            return add_options(fresh, question, options, context)
        return record_answer(fresh, question, options, context)
    if len(options) == 1:
        return record_answer(conversation, question, options, context)
    return ask_to_disambiguate(conversation, question, options, context)


def ask_to_disambiguate(
    conversation: Conversation, question: Question, options: tuple[str, ...], context: Context
) -> Step:
    """Ask which of several options is meant."""
    reply = repeat_prompt(conversation, context.programme)
    choices = {(read_value(each.value) or ("", ""))[1]: each for each in reply.choices}
    kept = tuple(choices[option] for option in options if option in choices)
    ask = say("answers.which_of_many") if options[2:] else say("answers.which")
    asked = replace(reply, text=f"{question.text}\n{ask}", choices=kept or reply.choices)
    return Step(conversation, said=(asked,), then=Then.NOTHING)


# --- places -----------------------------------------------------------------------------------

_KANJI = re.compile("[一-龠]")


def has_kanji(text: str) -> bool:
    """Tell whether the text may hold a place.

    A place among other words is hardly ever written without kanji.
    """
    return _KANJI.search(text) is not None


def is_only_a_place(text: str) -> bool:
    """Tell whether a text is nothing but a place.

    A surname or an everyday word is none: 小林, さくら.
    """
    if len(text) > LONGEST_ANSWER or not has_kanji(text):
        return False
    place = locate(text)
    return place.decision != "none" and place.direct and not place.also_a_word


def show_regions(conversation: Conversation, context: Context, region: str = "") -> Step:
    """Show the regions of Japan, or a region's prefectures, to tap."""
    place = context.programme.place
    is_open = (question := open_question(conversation, context.programme)) and question.id == place
    at_place = conversation if is_open else conversation.with_changes(asking_again=place)
    if region in REGIONS:
        text, choices = say("answers.prefecture_list"), prefecture_choices(REGIONS[region], place)
    else:
        text, choices = say("answers.prefecture_areas"), region_choices(place)
    asked = Reply(text, choices, (PERSON,), place=place)
    return Step(replace(at_place, place_hint=None), said=(asked,), then=Then.NOTHING)


def answer_with_place(conversation: Conversation, place: Place, context: Context) -> Step | None:
    """Take a place as the answer to its question, or return None."""
    question = context.programme.questions[context.programme.place]
    if place.decision == "one":
        lead = say("answers.place", name=place.name)
        return record_answer(conversation, question, place.prefectures, context, lead)
    if place.decision == "many":
        codes = place.prefectures
        offered = (
            prefecture_choices(codes, context.programme.place)
            if len(codes) < len(PREFECTURES)
            else region_choices(context.programme.place)
        )
        asked = Reply(place.reason, offered, (PERSON,), place=question.id)
        return Step(conversation, said=(asked,), then=Then.NOTHING)
    return None


def handle_location(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Take a sent location as the answer to the place question at any time."""
    message = heard.message
    if message.kind is not Kind.LOCATION:
        return None
    place = locate_point(
        message.latitude if message.latitude is not None else float("nan"),
        message.longitude if message.longitude is not None else float("nan"),
        message.text or None,
    )
    step = answer_with_place(ensure_flow(conversation, context), place, context)
    return step or Step(conversation, place.reason, then=Then.REPEAT)


def ensure_flow(conversation: Conversation, context: Context) -> Conversation:
    """Put the conversation in the office's flow, if in none."""
    if conversation.flow:
        return conversation
    return conversation.with_changes(flow=context.programme.office_flow)


def with_place_hint(conversation: Conversation, text: str, context: Context) -> Conversation:
    """Keep a place heard in passing until the place question comes."""
    if context.programme.place in conversation.answers or not has_kanji(text):
        return conversation
    place = locate(text[:LONGEST_PLACE])
    if place.decision != "one":
        return conversation
    return conversation.with_changes(place_hint=(place.prefectures[0], place.name))

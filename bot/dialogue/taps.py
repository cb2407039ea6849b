"""Handle a choice that is tapped, or said by its label or number.

It is a flow, an answer, a command or an option.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise

from bot.dialogue.answering.answers import handle_answer_tap, record_answer
from bot.dialogue.commands import begin_flow, run_command, show_group, tick_paper
from bot.dialogue.details import has_detail, show_detail
from bot.dialogue.faq.helpful import note_judgement
from bot.dialogue.faq.questions import answer_entries, report_miss
from bot.dialogue.figures.taps import handle_figure_tap
from bot.dialogue.following import handle_follow_tap
from bot.dialogue.heard import Heard, find_shown_value
from bot.dialogue.staff import case_menu
from bot.dialogue.trouble import DARK_ASKED, answer_how_dark
from bot.handoff import consent, rating
from bot.interview.figure_prompts import CORRECT_FIGURES, ORIGINS
from bot.interview.lasting_buttons import lasting_labels
from bot.interview.outcomes import guide_reply
from bot.interview.prompts import repeat_prompt
from bot.interview.standing import open_question
from bot.model.conversation import Conversation
from bot.model.messages import Kind, read_value
from bot.model.turn import Context, Step, Then
from bot.presentation.wording import say
from bot.understand import is_label
from bot.understand.commands import Command
from bot.understand.reading.numbers.quantities import picked
from bot.understand.steering import agreed
from bot.understand.text import fold

_HANDLERS: Mapping[str, Callable[[Conversation, str, Context], Step | None]] = {
    "more": show_detail,
    "paper": tick_paper,
    "papers": show_group,
    rating.NAME: rating.take_rating,
    case_menu.NAME: case_menu.take_old_tap,
    DARK_ASKED: answer_how_dark,
}
"""Handlers of a choice's value, by the choice's name."""

_OF_FIGURES = {ORIGINS.value, CORRECT_FIGURES.value}
"""Buttons below a picture, which mean nothing without figures."""

_ASKED_STRICTLY = ("consent", "do")


def handle_tap(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Handle a tapped choice, however long ago it was shown."""
    if heard.message.kind is not Kind.CHOICE:
        return None
    step = handle_value(conversation, heard.message.tapped, context)
    is_shown = heard.message.value in {value for _, value in conversation.offered}
    return _leave_out_echo(step, heard.message.tapped, context) if is_shown else step


def _leave_out_echo(step: Step, tapped: tuple[str, str] | None, context: Context) -> Step:
    """Leave out the echo of a tapped option, as the chat shows its label."""
    name, value = tapped or ("", "")
    question = context.programme.questions.get(name)
    echo = say("answers.echo", labels=question.labels((value,))) if question else ""
    return replace(step, lead="") if echo and step.lead == echo else step


def handle_value(
    conversation: Conversation, tapped: tuple[str, str] | None, context: Context
) -> Step:
    """Handle a choice by its name and value."""
    step: Step | None = None
    match tapped:
        case ("flow", flow_id):
            return begin_flow(flow_id, conversation, context)
        case ("faq", entry_id):
            entry = context.library.faq.get(entry_id)
            step = answer_entries(conversation, (entry,), context) if entry else None
        case ("guide", guide_id) if guide_id in context.programme.guides:
            card = guide_reply(context.programme.guides[guide_id], conversation, context)
            step = Step(conversation, said=(card,), then=Then.NOTHING)
        case ("consent", "yes" | "no" as said):
            step = _agree(conversation, context) if said == "yes" else consent.decline(conversation)
        case (name, value) if name in _HANDLERS:
            step = _HANDLERS[name](conversation, value, context)
        case ("do", "none"):
            step = report_miss(conversation, "")
        case ("do", command) if command in set(Command):
            step = run_command(Command(command), conversation, context)
        case (name, value):
            step = (
                note_judgement(conversation, name, value)
                or handle_figure_tap(conversation, name, value, context)
                or handle_follow_tap(conversation, name, value, context)
                or handle_answer_tap(conversation, name, value, context)
            )
    return step or Step(conversation, say("answers.old_button"), then=Then.REPEAT)


def _agree(conversation: Conversation, context: Context) -> Step:
    """Open a case on the owner's yes, or offer telephones without a desk."""
    if context.desk:
        return consent.agree(conversation, context)
    return run_command(Command.PERSON, conversation, context)


def match_button_label(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Take the words of a button shown last as a tap on it."""
    value = find_shown_value(conversation, heard.text)
    return handle_value(conversation, read_value(value), context) if value else None


def match_lasting_label(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Take the label of a button of an earlier card as a tap on it.

    The card still stands in the chat. A detail of the result has none before there is a result, and
    a label of the open question answers it.
    """
    value = lasting_labels(context.programme).get(fold(heard.text), "")
    chosen, question = read_value(value), open_question(conversation, context.programme)
    if chosen is None or (question and is_label(heard.text, question)):
        return None
    if chosen[0] == "more" and not has_detail(conversation, chosen[1], context):
        return None
    if value in _OF_FIGURES and not conversation.figures:
        return None
    return handle_value(conversation, chosen, context)


def match_yes_or_no(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Take a clear yes or no as a tap on the pair shown last.

    The pair's first choice begins with 「はい」, and the choice after it is the no. Whether words are
    passed on or deleted is asked and read by itself, more strictly.
    """
    yes = say("buttons.yes")
    pairs = [pair for pair in pairwise(conversation.offered) if pair[0][0].startswith(yes)]
    said = agreed(heard.reading.text)
    if len(pairs) != 1 or said is None:
        return None
    _, value = pairs[0][0 if said else 1]
    chosen = read_value(value)
    is_strict = chosen is not None and chosen[0] in _ASKED_STRICTLY
    return None if is_strict else handle_value(conversation, chosen, context)


def match_choice_numbers(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Take a number for a choice shown last, and several numbers for several answers."""
    numbers = picked(heard.text)
    if not numbers:
        return None
    shown = [value for _, value in conversation.offered]
    values = shown or [
        button.value for button in repeat_prompt(conversation, context.programme).buttons
    ]
    if max(numbers) > len(values) or min(numbers) < 1:
        if _is_answer(conversation, heard, context):
            return None
        return Step(conversation, say("answers.pick"), then=Then.REPEAT)
    chosen = [read_value(values[number - 1]) for number in numbers]
    if len(chosen) == 1:
        return handle_value(conversation, chosen[0], context)
    return _choose_several(conversation, [each for each in chosen if each], context)


def _is_answer(conversation: Conversation, heard: Heard, context: Context) -> bool:
    """Tell whether a number of no button answers the open question itself: 25 people."""
    question = open_question(conversation, context.programme)
    return question is not None and heard.reading.fact(question.id) is not None


def _choose_several(
    conversation: Conversation, chosen: list[tuple[str, str]], context: Context
) -> Step:
    question = open_question(conversation, context.programme)
    options = tuple(option for name, option in chosen if question and name == question.id)
    if question is None or not question.several or not options:
        return Step(conversation, say("answers.pick"), then=Then.REPEAT)
    kept = conversation.answers.get(question.id, ()) if conversation.adding else ()
    alone = {option.id for option in question.options if option.alone}
    merged = tuple(option for option in dict.fromkeys((*kept, *options)) if option not in alone)
    return record_answer(conversation, question, merged or options[:1], context)

"""Render a step into replies, the one place that does so."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.results import name_result
from bot.interview.buttons import RESUME
from bot.interview.figure_prompts import figure_asked
from bot.interview.outcomes import urgent_end
from bot.interview.prompts import prepend_text, prompt, repeat_prompt, way_back
from bot.interview.standing import open_question
from bot.model.conversation import WITH_A_PERSON, Conversation
from bot.model.messages import Choice, Reply, read_value
from bot.model.turn import Context, Step, Then, Turn


def render(step: Step, context: Context) -> Turn:
    """Write a step's own replies, then what follows, behind its lead."""
    following = prepend_text(step.bridge, _add_buttons(step, _following(step, context)))
    replies = prepend_text(step.lead, (*step.said, *following))
    replies = _show_way_back(step, replies, context)
    told = _remember_result(step, context)
    conversation = _remember_choices(told, replies)
    return Turn(conversation, replies, step.effects, notices=step.notices)


def _following(step: Step, context: Context) -> tuple[Reply, ...]:
    match step.then:
        case Then.ASK:
            return prompt(step.conversation, context)
        case Then.REPEAT:
            return (repeat_prompt(step.conversation, context.programme),)
        case Then.OFFICE:
            return (urgent_end(step.conversation, context),)
        case Then.NOTHING:
            return ()


def _remember_result(step: Step, context: Context) -> Conversation:
    """Keep the name of the told result.

    A result that further questions lead to is told in full again.
    """
    conversation = step.conversation
    if step.then is not Then.ASK or conversation.asking_again or conversation.adding:
        return conversation
    return conversation.with_changes(result=name_result(conversation, context))


def _add_buttons(step: Step, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """Put the step's choices first on the last reply, its controls last."""
    if not replies or not (step.choices or step.controls):
        return replies
    *before, last = replies
    choices = (*step.choices, *last.choices)
    new = tuple(each for each in step.controls if each not in last.buttons)
    return (*before, replace(last, choices=choices, controls=(*last.controls, *new)))


def _show_way_back(step: Step, replies: tuple[Reply, ...], context: Context) -> tuple[Reply, ...]:
    """Add a button back to the open question after a detour.

    A detour is an offer, a list or a card.
    """
    conversation = step.conversation
    if figure_asked(conversation):
        return _show_way_back_to_figure(step, replies)
    question = open_question(conversation, context.programme)
    is_detour = step.then is Then.NOTHING and replies and not conversation.asking_consent
    if question is None or not is_detour or conversation.mode in WITH_A_PERSON:
        return replies
    *before, last = replies
    shown = {name for name, _ in map(_parsed, last.buttons)}
    if shown & {question.id, "region", "done"} or RESUME.value in {
        each.value for each in last.buttons
    }:
        return replies
    back = way_back(conversation, context.programme)
    return (*before, replace(last, controls=(back, *last.controls)))


def _show_way_back_to_figure(step: Step, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    conversation = step.conversation
    is_detour = step.then is Then.NOTHING and replies and not conversation.asking_consent
    if not is_detour or conversation.mode in WITH_A_PERSON:
        return replies
    *before, last = replies
    if {"figure", "sure", "picture"} & {name for name, _ in map(_parsed, last.buttons)}:
        return replies
    return (*before, replace(last, controls=(RESUME, *last.controls)))


def _parsed(button: Choice) -> tuple[str, str]:
    return read_value(button.value) or ("", "")


def _remember_choices(conversation: Conversation, replies: tuple[Reply, ...]) -> Conversation:
    """Keep the choices shown last, to know a typed number or label."""
    shown = [reply.buttons for reply in replies if reply.buttons]
    if not shown:
        return conversation
    return conversation.with_changes(offered=tuple(_pair(button) for button in shown[-1]))


def _pair(button: Choice) -> tuple[str, str]:
    return button.label, button.value

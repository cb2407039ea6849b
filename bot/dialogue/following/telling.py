"""Take dates told unasked, in any state and beside other words."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.following.dating import (
    ask_which_kind,
    find_follow_up,
    is_trouble,
    list_told,
    put_question,
    show_named,
    tell_named,
)
from bot.dialogue.heard import Heard
from bot.follow_up.hearing import ToldDate
from bot.follow_up.naming import Named, Questioned, take_date
from bot.model.conversation import Conversation
from bot.model.follow_up import FollowUp
from bot.model.turn import Context, Step


def add_told_dates(step: Step, before: Conversation, heard: Heard, context: Context) -> Step:
    """Take the dates a message tells by itself, and say so in a line.

    A step that did nothing with the message gives way: 「3月決算です」 is no unanswered question.
    """
    follow_up = find_follow_up(step.conversation)
    if follow_up is None or not heard.is_typed or _is_spoken_for(step, before):
        return step
    told = list_told(heard, context)
    if not told or is_trouble(heard, context):
        return step
    if _is_of_use(step, before, heard) and not _is_urgent_by_likeness(step, told):
        return _take_beside(step, follow_up, told, context)
    return _take_alone(before, told, context) or step


def _is_spoken_for(step: Step, before: Conversation) -> bool:
    """Tell whether the words were taken already, or end the follow-up.

    They may have been taken as a date or a figure.
    """
    after = step.conversation
    return after.follow_up != before.follow_up or after.figures != before.figures


def _is_of_use(step: Step, before: Conversation, heard: Heard) -> bool:
    """Tell whether the message was an answer, a question or a command, too."""
    has_command = any(each.startswith("command:") for each in step.notices)
    return heard.reading.asks or has_command or step.conversation.answers != before.answers


def _is_urgent_by_likeness(step: Step, told: list[ToldDate]) -> bool:
    """Tell whether a plain date seemed trouble only by likeness to examples."""
    is_urgent = any(each.startswith("urgent:") for each in step.notices)
    return is_urgent and all(each.is_plain for each in told)


def _take_beside(step: Step, follow_up: FollowUp, told: list[ToldDate], context: Context) -> Step:
    """Take the sure dates.

    The others would be one thing too many to ask.
    """
    lines = []
    for each in told:
        named = take_date(each.kinds[0], each.words, follow_up, context.now)
        if isinstance(named, Named) and not each.kinds[1:]:
            follow_up = named.follow_up
            lines.append(tell_named(each.kinds[0], named, context))
    after = replace(step.conversation, follow_up=follow_up)
    lead = "\n".join(filter(None, (step.lead, *lines)))
    return replace(step, conversation=after, lead=lead)


def _take_alone(before: Conversation, told: list[ToldDate], context: Context) -> Step | None:
    """Take each date up to the first odd or ambiguous one.

    The owner is asked about that one.
    """
    conversation, lines = before, list[str]()
    for each in told:
        kind, follow_up = each.kinds[0], find_follow_up(conversation)
        taken = take_date(kind, each.words, follow_up, context.now) if follow_up else None
        if isinstance(taken, Questioned):
            return replace(put_question(kind, taken, conversation), lead="\n".join(lines))
        if isinstance(taken, Named) and each.kinds[1:]:
            asked = ask_which_kind(each.kinds, taken.day, conversation)
            return replace(asked, lead="\n".join(lines))
        if isinstance(taken, Named):
            conversation = replace(conversation, follow_up=taken.follow_up)
            lines.append(tell_named(kind, taken, context))
    return show_named(lines, conversation, context) if lines else None

"""Handle buttons of figures and pictures, however old."""

from __future__ import annotations

from bot.dialogue.figures.asking import (
    ask_figure_again,
    begin_picture,
    leave_picture,
    list_figures,
    take_figures,
)
from bot.dialogue.figures.doubting import put_doubt
from bot.dialogue.figures.drawing import draw_picture
from bot.dialogue.figures.values import take_values
from bot.figures.cash import FEWEST, MOST
from bot.figures.figures import NAMES, Figures, How
from bot.figures.pictures import Picture
from bot.interview.buttons import PERSON, RESULT_AGAIN
from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation
from bot.model.messages import from_card
from bot.model.turn import Context, Step, Then
from bot.presentation.cards.figure_cards import origins_card
from bot.presentation.figure_words import say_understood
from bot.presentation.wording import say
from bot.understand.figures.doubts import doubt_together


def handle_figure_tap(
    conversation: Conversation, name: str, value: str, context: Context
) -> Step | None:
    """Handle a button of figures, or return None for another."""
    match name:
        case "picture":
            return _handle_picture(conversation, value, context)
        case "months" if value.isdecimal() and len(value) < _DIGITS:
            return show_months(conversation, int(value), context)
        case "figure_again" if value in NAMES:
            return ask_figure_again(conversation, value)
        case "figure" | "sure":
            return _take(conversation, value, context, is_sure=name == "sure")
    return None


_DIGITS = 4
"""Digits that are too many for a number of months."""


def _handle_picture(conversation: Conversation, value: str, context: Context) -> Step | None:
    match value:
        case "leave":
            return leave_picture(conversation)
        case "correct":
            return list_figures(conversation)
        case "origins":
            card = from_card(
                origins_card(conversation.figures, context.library), (), (RESULT_AGAIN, PERSON)
            )
            return Step(conversation, said=(card,), then=Then.NOTHING)
        case picture if picture in set(Picture):
            return begin_picture(conversation, Picture(picture), context)
    return None


def show_months(conversation: Conversation, months: int, context: Context) -> Step:
    """Show the picture of cash for a number of months.

    The nearest possible number if there is none for these.
    """
    count = min(max(months, FEWEST), MOST)
    lead = "" if count == months else say("figures.doubt_months", months=count)
    return draw_picture(conversation, conversation, Picture.CASH, context, months=count, lead=lead)


def _take(
    conversation: Conversation, value: str, context: Context, *, is_sure: bool
) -> Step | None:
    today = context.now.astimezone(JAPAN).date()
    taken = take_values(conversation.figures, value, today)
    if taken is None:
        return None
    figures, names = taken
    for name in () if is_sure else names:
        if doubt := doubt_together(figures, name):
            return put_doubt(conversation, doubt)
    return take_figures(conversation, figures, say_taken(names, figures), context)


def say_taken(names: list[str], figures: Figures) -> str:
    """Say how figures were understood, or that they stay unknown."""
    hows = {figures.given[name].how for name in names}
    if hows == {How.UNKNOWN}:
        return say("figures.unknown_noted")
    if hows == {How.SKIPPED}:
        return say("figures.skipped_noted")
    return say_understood(names, figures)

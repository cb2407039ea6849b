"""Take typed figures.

One message may hold several in any order, with a question beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.dialogue.answering.story import answer_what_is_asked
from bot.dialogue.faq.questions import asks_what_faq_knows
from bot.dialogue.figures.asking import leave_picture, take_figures
from bot.dialogue.figures.doubting import ask_day, dated, put_doubt
from bot.dialogue.figures.taps import say_taken, show_months
from bot.dialogue.heard import Heard, typed_for
from bot.figures.figures import Figures, Given, How
from bot.interview.figure_prompts import figure_asked
from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation
from bot.model.messages import read_value
from bot.model.turn import Context, Step
from bot.presentation.figure_words import HEADS, PAYMENTS
from bot.understand.figures.doubts import Doubt, doubt_sum, doubt_together, doubt_units
from bot.understand.figures.naming import TypedFigures
from bot.understand.figures.vocabulary import Whole
from bot.understand.reading.numbers import quantities
from bot.understand.reading.numbers.quantities import picked
from bot.understand.reading.numbers.yen import Sum


def take_typed_figures(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Take a message's figures while a picture asks for some, or None."""
    name = figure_asked(conversation)
    if not name or not heard.is_typed or _picks_button(name, conversation, heard):
        return None
    typed = typed_for(conversation, heard.text, context)
    if not typed or (not typed.whole and asks_what_faq_knows(heard, context)):
        return None
    if typed.whole is Whole.LEAVE:
        return leave_picture(conversation)
    return answer_what_is_asked(_take(conversation, name, typed, context), heard, context)


def keep_typed_figures(conversation: Conversation, heard: Heard, context: Context) -> Conversation:
    """Keep figures told beside something graver, and leave the picture."""
    typed = typed_for(conversation, heard.text, context)
    today = context.now.astimezone(JAPAN).date()
    figures, *_ = _take_sums(conversation.figures, typed.sums, today)
    return replace(conversation, figures=figures, picture="", figure_again="")


def _picks_button(name: str, conversation: Conversation, heard: Heard) -> bool:
    """Tell whether a number picks a button.

    A number of employees is the answer itself.
    """
    numbers = picked(heard.text)
    shown = len(conversation.offered)
    return bool(numbers) and name != HEADS and all(1 <= each <= shown for each in numbers)


def _take(conversation: Conversation, name: str, typed: TypedFigures, context: Context) -> Step:
    today = context.now.astimezone(JAPAN).date()
    if typed.whole:
        figures = _take_whole(conversation.figures, name, typed.whole, today)
        return take_figures(conversation, figures, say_taken([name], figures), context)
    figures, taken, doubt = _take_sums(conversation.figures, typed.sums, today)
    lead = say_taken(taken, figures) if taken else ""
    kept = replace(conversation, figures=figures)
    if doubt:
        return replace(put_doubt(kept, doubt), lead=lead)
    if any(each.due is None for each in typed.payments):
        return replace(ask_day(kept, typed.payments, today), lead=lead)
    if typed.payments:
        payments = tuple(dated(each, today) for each in typed.payments)
        known = (*(figures.payments or ()), *payments)
        figures, taken = figures.with_payments(known, Given(How.TYPED, today)), [*taken, PAYMENTS]
    return take_figures(conversation, figures, say_taken(taken, figures), context)


def _take_whole(figures: Figures, name: str, whole: Whole, today: date) -> Figures:
    if whole is Whole.NONE and name == PAYMENTS:
        return figures.with_payments((), Given(How.TYPED, today))
    if whole is Whole.NONE:
        return figures.with_figure(name, 0, Given(How.TYPED, today))
    how = How.UNKNOWN if whole is Whole.UNKNOWN else How.SKIPPED
    return figures.with_figure(name, None, Given(how, today))


def _take_sums(
    before: Figures, sums: Mapping[str, Sum], today: date
) -> tuple[Figures, list[str], Doubt | None]:
    """Take amounts up to the first impossible one.

    Returns the figures, the names taken, and the doubt.
    """
    if doubt := doubt_units(sums):
        sums = {name: each for name, each in sums.items() if name not in doubt.understood}
    figures, taken = before, list[str]()
    for name, found in sums.items():
        tried = figures.with_figure(name, found.value, _note_origin(found, today))
        if doubted := doubt_sum(name, found) or doubt_together(tried, name):
            doubt = doubted
            break
        figures, taken = tried, [*taken, name]
    for name in doubt.understood if doubt else ():
        if name in taken:  # it is part of what is doubted, and asked for once more
            figures, taken = figures.without(name), [each for each in taken if each != name]
    return figures, taken, doubt


def _note_origin(found: Sum, today: date) -> Given:
    if found.low != found.high:
        return Given(How.ABOUT, today, found.low, found.high)
    return Given(How.ABOUT if found.about else How.TYPED, today)


def take_months(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Show further months after a picture of cash, as for 「12か月で」."""
    offered = {(read_value(value) or ("", ""))[0] for _, value in conversation.offered}
    if conversation.picture or "months" not in offered or len(heard.text) > _LONGEST_WISH:
        return None
    months = quantities.months(heard.text) if heard.is_typed else None
    return show_months(conversation, round(months), context) if months else None


_LONGEST_WISH = 12
"""Characters of 「12か月分で見たい」."""

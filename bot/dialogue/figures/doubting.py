"""Ask once about an impossible figure, in one sentence.

The sentence says how the figure was understood.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from bot.dialogue.figures.values import write_payments, write_values
from bot.figures.figures import Payment
from bot.model.conversation import Conversation
from bot.model.messages import Choice, Reply, choice
from bot.model.turn import Step, Then
from bot.months import last_of_month, number_month
from bot.presentation.figure_words import PAYMENTS, name_figure, say_value
from bot.presentation.money import say_yen
from bot.presentation.wording import join_words, say
from bot.understand.figures.doubts import Doubt, DoubtKind
from bot.understand.figures.payments import FoundPayment
from flows.flow import UNKNOWN

SURE = "sure"
"""The name of a button whose figures are no longer doubted."""


def put_doubt(conversation: Conversation, doubt: Doubt) -> Step:
    """Ask about a doubtful figure, and keep nothing of it before the answer."""
    said = _SENTENCES[doubt.kind](doubt)
    return Step(conversation, said=(Reply(said, _choices(doubt)),), then=Then.NOTHING)


def _choices(doubt: Doubt) -> tuple[Choice, ...]:
    as_it_is = write_values(doubt.understood)
    likely = write_values(doubt.likely)
    (name, *_) = doubt.understood
    unknown = choice(UNKNOWN.label, "figure", f"{name}:unknown")
    match doubt.kind:
        case DoubtKind.UNIT:
            return (
                choice(say("buttons.picture_yes_man"), SURE, likely),
                choice(say("buttons.picture_no_yen"), SURE, as_it_is),
                unknown,
            )
        case DoubtKind.NEGATIVE:
            return (choice(say("buttons.picture_yes"), SURE, likely), unknown)
        case DoubtKind.LARGER:
            return (
                choice(say("buttons.picture_yes_swap"), SURE, likely),
                choice(say("buttons.picture_as_it_is"), SURE, as_it_is),
                *_ask_again(doubt),
            )
    return (unknown,)


def _ask_again(doubt: Doubt) -> tuple[Choice, ...]:
    """Offer to give each of the figures once more."""
    return tuple(
        choice(say("buttons.picture_again", name=name_figure(name))[:_LABEL], "figure_again", name)
        for name in doubt.understood
    )


_LABEL = 20
"""Characters of a button of LINE."""


def _say_unit(doubt: Doubt) -> str:
    told = (
        say("figures.of_name", name=name_figure(name), amount=say_yen(value))
        for name, value in doubt.understood.items()
    )
    return say("figures.doubt_unit", figures=join_words(told))


def _say_negative(doubt: Doubt) -> str:
    ((name, value),) = doubt.likely.items()
    return say("figures.doubt_negative", name=name_figure(name), amount=say_yen(value))


def _say_a_day(doubt: Doubt) -> str:
    (name,) = doubt.understood
    return say("figures.doubt_a_day", name=name_figure(name))


def _say_larger(doubt: Doubt) -> str:
    (part, small), (whole, large) = doubt.understood.items()
    return say(
        "figures.doubt_larger",
        part=name_figure(part),
        small=say_yen(small),
        whole=name_figure(whole),
        large=say_yen(large),
    )


def _say_heads(doubt: Doubt) -> str:
    ((name, value),) = doubt.understood.items()
    return say("figures.doubt_heads", amount=say_value(name, value))


_SENTENCES: Mapping[DoubtKind, Callable[[Doubt], str]] = {
    DoubtKind.UNIT: _say_unit,
    DoubtKind.NEGATIVE: _say_negative,
    DoubtKind.A_DAY: _say_a_day,
    DoubtKind.LARGER: _say_larger,
    DoubtKind.HEADS: _say_heads,
}


# --- payments without a day -------------------------------------------------------------------------


def ask_day(conversation: Conversation, found: Sequence[FoundPayment], today: date) -> Step:
    """Ask when payments without a day are due.

    Also those with a day that does not exist. Payments with a day wait in the same button.
    """
    undated = [each for each in found if each.due is None]
    wrong = next((each.unread_day for each in undated if each.unread_day), "")
    told = join_words(map(_say_undated, undated))
    said = say("figures.doubt_day", day=wrong) if wrong else say("figures.ask_day", payments=told)
    this_month = number_month(today)
    ends = map(last_of_month, range(this_month, this_month + _MONTHS_OFFERED))
    days = tuple(_day_choice(day, found) for day in ends)
    unknown = choice(UNKNOWN.label, "figure", f"{PAYMENTS}:unknown")
    return Step(conversation, said=(Reply(said, (*days, unknown)),), then=Then.NOTHING)


_MONTHS_OFFERED = 6
"""Months offered for a date that lacks one."""


def _say_undated(found: FoundPayment) -> str:
    what = found.what or say("figures.payment_nameless")
    return say("figures.outflow", name=what, amount=say_yen(found.sum.value))


def _day_choice(day: date, found: Sequence[FoundPayment]) -> Choice:
    payments = [dated(each, day) for each in found[:_MOST_PAYMENTS]]
    return choice(say("buttons.picture_day", month=day.month), SURE, write_payments(payments))


_MOST_PAYMENTS = 8
"""So many fit into the value of a button."""


def dated(found: FoundPayment, otherwise: date) -> Payment:
    """Make a payment of a found one, due `otherwise` where no day was told."""
    return Payment(found.due or otherwise, found.sum.value, found.what)

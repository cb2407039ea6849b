"""Ask the owner once before any word of theirs reaches a person.

A clear yes opens the case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.figures.figures import Figures
from bot.handoff import case_life
from bot.handoff.case_desks import find_desk
from bot.handoff.phone_alternatives import PHONE, phone_alternative
from bot.interview.figure_prompts import SHARE
from bot.model import business_hours
from bot.model.case import Reason
from bot.model.conversation import OFFER_PERSON_AFTER, Conversation
from bot.model.messages import Kind, Message, Reply, choice
from bot.model.turn import Context, KeepSheet, PersonWanted, Step, Then
from bot.presentation.times import say_moment_from, say_span
from bot.presentation.wording import say
from bot.sheet.links import keep_sheet
from bot.sheet.making import make_sheet
from bot.understand import agreed, hesitates, yes_or_no
from bot.understand.reading.numbers.quantities import picked
from flows.programme import Programme

YES = choice(say("buttons.consent_yes"), "consent", "yes", main=True)
NO = choice(say("buttons.consent_no"), "consent", "no")
_MEANS = {YES.value: True, NO.value: False}


def reason_of(conversation: Conversation, programme: Programme) -> Reason:
    """Find the gravest reason in the conversation for wanting a person."""
    if conversation.despaired:
        return Reason.DESPAIR
    if programme.today(conversation.answers):
        return Reason.URGENT
    missed = conversation.misses >= OFFER_PERSON_AFTER
    return Reason.MISSES if missed else Reason.ASKED


def ask(conversation: Conversation, context: Context, lead: str = "") -> Step:
    """Ask whether the owner's words may be passed on.

    The question says what goes to whom and for how long, and gives a telephone number.
    """
    after = replace(conversation, asking_consent=True)
    told = (
        f"{say('handoff.consent_opening')}\n{say('handoff.consent', days=context.retention_days)}"
    )
    telephone = phone_alternative(after, reason_of(after, context.programme), context)
    said = Reply(f"{told}\n\n{telephone}\n\n{say('handoff.consent_question')}", (YES, NO), (PHONE,))
    return Step(
        after,
        lead,
        (said,),
        Then.NOTHING,
        effects=(PersonWanted(),),
        notices=("person",),
    )


def answer(conversation: Conversation, message: Message, context: Context) -> Step | None:
    """Handle a yes or no to the question of consent, or return None.

    A yes that could be a no (「大丈夫です」) is asked about again: words that have left cannot be called
    back.
    """
    said = _read_answer(conversation, message)
    if said is not None:
        return agree(conversation, context) if said else decline(conversation)
    if message.kind is Kind.TEXT and yes_or_no(message.text):
        return replace(ask(conversation, context, say("handoff.consent_unclear")), effects=())
    if message.kind is Kind.TEXT and hesitates(message.text):
        return replace(ask(conversation, context, say("handoff.consent_no_hurry")), effects=())
    return None


def _read_answer(conversation: Conversation, message: Message) -> bool | None:
    """Read yes or no in a tap, number or words, or return None."""
    value, numbers = message.value, picked(message.text)
    if message.kind is Kind.TEXT and len(numbers) == 1:
        shown = dict(enumerate((value for _, value in conversation.offered), start=1))
        value = shown.get(numbers[0], "")
    if value in _MEANS:
        return _MEANS[value]
    return agreed(message.text) if message.kind is Kind.TEXT else None


def agree(conversation: Conversation, context: Context) -> Step:
    """Open the case, and tell the owner by when a person answers."""
    reason = reason_of(conversation, context.programme)
    desk = find_desk(conversation, context)
    opened = case_life.open_case(conversation, reason, context.now, context.policy, desk)
    parts = (
        f"{_promise(opened.conversation, context)}\n{say('handoff.waiting_meanwhile')}",
        say("handoff.waiting_today") if reason is Reason.URGENT else "",
        phone_alternative(conversation, reason, context),
        say("handoff.figures_not_shown") if conversation.figures else "",
        say("handoff.waiting_way_back"),
    )
    share = (SHARE,) if conversation.figures else ()
    said = Reply("\n\n".join(filter(None, parts)), (), (*share, case_life.BACK_TO_BOT, PHONE))
    return replace(
        opened, said=(said,), effects=(*opened.effects, *_make_sheet(conversation, context))
    )


def _make_sheet(conversation: Conversation, context: Context) -> Iterator[KeepSheet]:
    """Make the sheet that is passed on, where it can have a page.

    Figures need a yes of their own.
    """
    sheet = make_sheet(replace(conversation, figures=Figures()), context)
    if sheet and context.page:
        yield keep_sheet(sheet, context.page, context)


def decline(conversation: Conversation) -> Step:
    """Go on with the interview, with nothing passed on."""
    after = replace(conversation, asking_consent=False, misses=0)
    return Step(after, say("handoff.declined"), then=Then.REPEAT)


def _promise(conversation: Conversation, context: Context) -> str:
    """By when a person answers, in words."""
    now = context.now
    promised_by = conversation.case.promised_by if conversation.case else now
    by = say_moment_from(promised_by, now)
    hours = context.policy.hours
    if not business_hours.is_open(now, hours):
        opens = say_moment_from(business_hours.next_opening(now, hours), now)
        return say("handoff.waiting_closed", opens=opens, by=by)
    same_day = promised_by.date() == now.astimezone(business_hours.JAPAN).date()
    if not same_day:
        return say("handoff.waiting_closing", by=by)
    return say("handoff.waiting_soon", span=say_span(context.policy.promise_minutes), by=by)

"""Ask the owner once before any word of theirs reaches a person.

A clear yes opens the case.
"""

from __future__ import annotations

from dataclasses import replace

from bot.handoff import case_life
from bot.handoff.phone_alternatives import PHONE, phone_alternative
from bot.model import business_hours
from bot.model.case import Reason
from bot.model.conversation import OFFER_PERSON_AFTER, Conversation
from bot.model.messages import Kind, Message, Reply, choice
from bot.model.turn import Context, PersonWanted, Step, Then
from bot.presentation import wording
from bot.understand import agreed, hesitates, yes_or_no
from bot.understand.reading.quantities import picked
from flows.programme import Programme

YES = choice(wording.CONSENT_YES, "consent", "yes")
NO = choice(wording.CONSENT_NO, "consent", "no")
_MEANS = {YES.value: True, NO.value: False}


def reason_of(conversation: Conversation, programme: Programme) -> Reason:
    """Why a person is wanted: the gravest of what the conversation shows."""
    if conversation.despaired:
        return Reason.DESPAIR
    if programme.today(conversation.answers):
        return Reason.URGENT
    missed = conversation.misses >= OFFER_PERSON_AFTER
    return Reason.MISSES if missed else Reason.ASKED


def ask(conversation: Conversation, context: Context, lead: str = "") -> Step:
    """Ask whether the owner's words may be passed on: what, to whom, for how long; and a telephone."""
    after = replace(conversation, asking_consent=True)
    told = f"{wording.CONSENT_OPENING}\n{wording.consent(context.retention_days)}"
    telephone = phone_alternative(after, reason_of(after, context.programme), context)
    said = Reply(f"{told}\n\n{telephone}\n\n{wording.CONSENT_QUESTION}", (YES, NO), (PHONE,))
    return Step(
        after,
        lead,
        (said,),
        Then.NOTHING,
        effects=(PersonWanted(),),
        notices=("person",),
    )


def answer(conversation: Conversation, message: Message, context: Context) -> Step | None:
    """Handle a yes or no to the open question of consent; None for anything else.

    A yes that could be a no (「大丈夫です」) is asked about again: what has left cannot be called back.
    """
    said = _said(conversation, message)
    if said is not None:
        return agree(conversation, context) if said else decline(conversation)
    if message.kind is Kind.TEXT and yes_or_no(message.text):
        return replace(ask(conversation, context, wording.CONSENT_UNCLEAR), effects=())
    if message.kind is Kind.TEXT and hesitates(message.text):
        return replace(ask(conversation, context, wording.CONSENT_NO_HURRY), effects=())
    return None


def _said(conversation: Conversation, message: Message) -> bool | None:
    """Read yes or no in a tap, number or words; None for neither."""
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
    opened = case_life.open_case(conversation, reason, context.now)
    parts = (
        f"{_promise(opened.conversation, context)}\n{wording.WAITING_MEANWHILE}",
        wording.WAITING_TODAY if reason is Reason.URGENT else "",
        phone_alternative(conversation, reason, context),
        wording.WAITING_WAY_BACK,
    )
    said = Reply("\n\n".join(filter(None, parts)), (), (case_life.BACK_TO_BOT, PHONE))
    return replace(opened, said=(said,))


def decline(conversation: Conversation) -> Step:
    """Go on with the interview; nothing was passed on."""
    after = replace(conversation, asking_consent=False, misses=0)
    return Step(after, wording.DECLINED, then=Then.REPEAT)


def _promise(conversation: Conversation, context: Context) -> str:
    """By when a person answers, in words."""
    now = context.now
    promised_by = conversation.case.promised_by if conversation.case else now
    by = business_hours.spoken_from(promised_by, now)
    if not business_hours.is_open(now):
        opens = business_hours.spoken_from(business_hours.next_opening(now), now)
        return wording.waiting_closed(opens, by)
    same_day = promised_by.date() == now.astimezone(business_hours.JAPAN).date()
    return wording.waiting_soon(by) if same_day else wording.waiting_closing(by)

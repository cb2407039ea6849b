"""Open, hold and end a case, from the owner's yes on.

An act of staff that makes no sense is refused with a sentence (`Refused`), never an error: two
people press one button, and buttons stay on the screen for years. A refused act has not reached the
owner.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from bot.handoff.phone_alternatives import PHONE
from bot.handoff.rating import RATINGS
from bot.handoff.refusals import Refused, find_reply_fault, refuse_closed
from bot.handoff.speaker import name_staff, named_speaker
from bot.handoff.staff_words.staff_message import judge_message
from bot.interview.buttons import FORGET_NOW, PERSON, withdraw_offer
from bot.interview.outcomes import office_reply
from bot.interview.prompts import prepend_text, repeat_prompt
from bot.model import business_hours
from bot.model.business_hours import OFFICES, Hours
from bot.model.case import Case, Doubt, Ending, Reason, case_id
from bot.model.conversation import WITH_A_PERSON, Conversation, Mode
from bot.model.desk_policy import USUAL, DeskPolicy
from bot.model.messages import Reply, Speaker, choice
from bot.model.turn import CaseMoved, CaseOpened, Context, Effect, Move, SetTimer, Step, Then, Turn
from bot.presentation import staff_wording
from bot.presentation.cards.helpline_cards import helpline_lines
from bot.presentation.wording import say
from flows.programme import Programme

BACK_TO_BOT = choice(say("buttons.back_to_bot"), "do", "bot")

CLAIMED_MINUTES = 30
"""Working minutes at least, from taking a case to the first answer."""

LIVE = timedelta(hours=1)
"""Time after a word of staff in which the bot says nothing about hours."""

QUOTE_AFTER = timedelta(minutes=10)
"""Time after which owners no longer have their own words in view."""

EARLY = timedelta(minutes=1)
"""Time before the promise at which a timer was set for an earlier one."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Hold a person of the desk by the platform's id and the owner's view."""

    id: str
    speaker: Speaker


class Consent(Enum):
    """Name the writer's answer to a question about their reply."""

    NONE = "none"
    SEND = "send"
    ONCE = "once"
    TAKE_OVER = "take-over"


# --- the owner's side -----------------------------------------------------------------------------


def open_case(
    conversation: Conversation,
    reason: Reason,
    now: datetime,
    policy: DeskPolicy = USUAL,
    desk: str = "",
) -> Step:
    """Open a case at a desk, so that the owner's messages are passed on.

    Nothing sent before is passed on.
    """
    promised_by = business_hours.within_hours(now, policy.promise_minutes, policy.hours)
    case = Case(case_id(conversation.key, now), reason, now, promised_by, desk=desk)
    # What was promised in an earlier case has been kept or not; the facts still hold.
    details = replace(conversation.details, next_step="", next_by=None)
    asked = conversation.moved("ask_for_person")
    after = replace(asked, case=case, details=details, asking_consent=False, misses=0)
    effects = (CaseOpened(), SetTimer(case.timer, promised_by))
    return Step(after, then=Then.NOTHING, effects=effects)


def take_back(conversation: Conversation, now: datetime) -> Step:
    """End a case at the owner's wish, and repeat the open question."""
    ended = _end_case(conversation, "take_back", Ending.TAKEN_BACK, now)
    return Step(
        ended.conversation, say("handoff.taken_back"), then=Then.REPEAT, effects=ended.effects
    )


def end_when_blocked(conversation: Conversation, now: datetime) -> Turn | None:
    """End the open case of an owner who blocked us, or return None."""
    if conversation.mode not in WITH_A_PERSON:
        return None
    return _end_case(conversation, "take_back", Ending.BLOCKED, now)


def _end_case(conversation: Conversation, event: str, ending: Ending, now: datetime) -> Turn:
    moved, case = conversation.moved(event), conversation.case
    if case is None:
        return Turn(moved)
    awake, timers = forget_snooze(case)
    after = replace(moved, case=replace(awake, ended_at=now, ending=ending))
    effects: tuple[Effect, ...] = (CaseMoved(Move(ending.value)), SetTimer(case.timer, None))
    return Turn(after, (), (*effects, *timers))


# --- the staff's side -----------------------------------------------------------------------------


def claim(
    conversation: Conversation, staff: Staff, now: datetime, hours: Hours = OFFICES
) -> Turn | Refused:
    """Take the case, and tell the owner the name.

    Of two people the second is told of the first.
    """
    case = conversation.case
    if case is None or not case.is_open:
        return refuse_closed(conversation)
    if case.holder:
        why = (
            staff_wording.YOU_HOLD
            if case.holder == staff.id
            else staff_wording.held_by(case.holder_name)
        )
        return Refused(why, case.holder_name)
    due = max(case.promised_by, business_hours.within_hours(now, CLAIMED_MINUTES, hours))
    awake, timers = forget_snooze(case)
    after = replace(_assign(awake, staff, now), promised_by=due)
    timer = () if case.nudged else (SetTimer(case.timer, due),)
    return Turn(
        replace(conversation.moved("claim"), case=after),
        (
            Reply(
                say("handoff.claimed", name=name_staff(after.holder_name)), controls=(BACK_TO_BOT,)
            ),
        ),
        (CaseMoved(Move.CLAIMED), *timer, *timers),
    )


def reply(  # noqa: PLR0913 - how it is said, all by name
    conversation: Conversation,
    staff: Staff,
    text: str,
    now: datetime,
    *,
    consent: Consent = Consent.NONE,
    calls: bool = False,
    quotes: bool | None = None,
) -> Turn | Refused:
    """Say `text` to the owner under the name of `staff`.

    Only the holder's words go through; of anybody else `consent` tells what they want. Before
    anybody has claimed the case it is a note, and refused; so is a text that begins as a note
    does, however it comes here. Words that may be meant for colleagues need the writer's consent;
    `calls` says that they call somebody. `quotes` is whether the owner's last words are shown above
    it; None where they are old enough to need that.
    """
    case = conversation.case
    if case is None or not case.is_open:
        return refuse_closed(conversation)
    if not case.holder:
        return Refused(staff_wording.NOBODY_HOLDS)
    is_holder = case.holder == staff.id
    if not is_holder and consent not in {Consent.ONCE, Consent.TAKE_OVER}:
        return Refused(
            staff_wording.not_holder(case.holder_name), case.holder_name, Doubt.NOT_HOLDER
        )
    if fault := find_reply_fault(text):
        return Refused(fault, case.holder_name)
    if consent is Consent.NONE and (doubt := judge_message(text, calls=calls).doubt):
        return Refused(staff_wording.ASKED_ABOUT[doubt], case.holder_name, doubt)
    takes_over = consent is Consent.TAKE_OVER and not is_holder
    answered = _assign(case, staff, now) if takes_over else replace(case, quiet_until=now + LIVE)
    first = case.first_reply_at is None
    effects: tuple[Effect, ...] = (CaseMoved(Move.CLAIMED),) if takes_over else ()
    after = replace(answered, first_reply_at=case.first_reply_at or now, quote="")
    quoted = case.quote if quotes or (quotes is None and _needs_quotation(case, now)) else ""
    return Turn(
        replace(withdraw_offer(conversation, FORGET_NOW), case=after),
        (Reply(text.strip(), quote=quoted),),
        (*effects, *((SetTimer(case.timer, None),) if first else ())),
        named_speaker(staff.speaker),
    )


def ask_about_edit(
    conversation: Conversation, staff: Staff, text: str, now: datetime, *, calls: bool = False
) -> Refused:
    """Refuse to send an edited message before its writer says yes."""
    sent = reply(conversation, staff, text, now, calls=calls)
    if isinstance(sent, Refused):
        return sent
    holder_name = conversation.case.holder_name if conversation.case else ""
    return Refused(staff_wording.ASKED_ABOUT[Doubt.EDITED], holder_name, Doubt.EDITED)


def hand_back(conversation: Conversation, now: datetime, programme: Programme) -> Turn | Refused:
    """Give the owner back to the bot, where the interview stood.

    Anybody on the desk may.
    """
    case = conversation.case
    if case is None or not case.is_open:
        return refuse_closed(conversation)
    ended = _end_case(conversation, "hand_back", Ending.HANDED_BACK, now)
    on = repeat_prompt(ended.conversation, programme)
    if case.holder:
        return replace(
            ended,
            replies=prepend_text(
                say("handoff.handed_back", name=name_staff(case.holder_name)), (on,)
            ),
        )
    on = replace(on, controls=(*(each for each in on.controls if each != PERSON), PHONE))
    return replace(ended, replies=prepend_text(say("handoff.handed_back_unanswered"), (on,)))


def complete(conversation: Conversation, now: datetime, programme: Programme) -> Turn | Refused:
    """End the case with thanks, and say how to come back.

    Anybody on the desk may.
    """
    case = conversation.case
    if case is None or not case.is_open:
        return refuse_closed(conversation)
    ended = _end_case(conversation, "complete", Ending.COMPLETED, now)
    after = replace(ended.conversation, despaired=False)
    on = repeat_prompt(after, programme)
    if case.reason is Reason.DESPAIR:
        # Nobody is asked to rate a talk about wanting to die.
        replies = prepend_text(say("handoff.completed_after_despair"), (on,))
    elif case.first_reply_at is None:  # nobody has talked with them
        replies = prepend_text(say("handoff.completed"), (on,))
    else:
        asked = f"{say('handoff.completed')}\n\n{say('handoff.ask_helped')}"
        replies = (Reply(asked, RATINGS), on)
    return replace(ended, conversation=after, replies=replies)


def reopen(conversation: Conversation, staff: Staff, now: datetime) -> Turn | Refused:
    """Take up again a case that staff have ended.

    A case that the owner ended stays ended.
    """
    case = conversation.case
    if case is None:
        return refuse_closed(conversation)
    if case.is_open:
        return Refused(staff_wording.CASE_IS_OPEN, case.holder_name)
    if case.ending not in (Ending.HANDED_BACK, Ending.COMPLETED):
        return refuse_closed(conversation)
    again = replace(_assign(case, staff, now), ended_at=None, ending=None, outcome=None)
    moved = replace(conversation.moved("reopen"), case=again, asking_consent=False)
    said = Reply(
        say("handoff.reopened", name=name_staff(again.holder_name)), controls=(BACK_TO_BOT,)
    )
    return Turn(moved, (said,), (CaseMoved(Move.REOPENED),))


def apologise_when_overdue(conversation: Conversation, context: Context) -> Turn | Refused:
    """Apologise once for a promise that passed, with a telephone number.

    It fires for a case nobody has taken, and for one taken by somebody who has not written yet: to
    the owner both are silence. Their words are still passed on afterwards.
    """
    case = conversation.case
    if case is None or not case.is_open:
        return refuse_closed(conversation)
    if case.first_reply_at or context.now + EARLY < case.promised_by:
        return Refused(staff_wording.ANSWERED_IN_TIME, case.holder_name)
    if case.nudged:
        return Refused(staff_wording.NUDGED_ALREADY, case.holder_name)
    after = replace(conversation, case=replace(case, nudged=True, quiet_until=None))
    lines = helpline_lines(context.library) if case.reason is Reason.DESPAIR else ()
    office = office_reply(after, None, context, (BACK_TO_BOT,))
    if after.mode is Mode.WITH_STAFF:  # the bot answers no other button there
        office = replace(office, choices=(BACK_TO_BOT,))
    said = Reply("\n".join((say("handoff.overdue"), *lines)))
    return Turn(after, (said, office), (CaseMoved(Move.OVERDUE),))


# --- parts ----------------------------------------------------------------------------------------


def forget_snooze(case: Case) -> tuple[Case, tuple[SetTimer, ...]]:
    """Let a case be put aside no longer, without telling anybody.

    Somebody has it in hand, or it is over.
    """
    if case.snoozed_until is None:
        return case, ()
    return replace(case, snoozed_until=None), (SetTimer(case.return_timer, None),)


def _needs_quotation(case: Case, now: datetime) -> bool:
    return case.asked_at is not None and now - case.asked_at > QUOTE_AFTER


def _assign(case: Case, staff: Staff, now: datetime) -> Case:
    name = named_speaker(staff.speaker).name
    return replace(case, holder=staff.id, holder_name=name, quiet_until=now + LIVE)

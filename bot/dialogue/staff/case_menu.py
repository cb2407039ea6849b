"""Answer the menu of an open case.

The bot says where the case stands, the telephone, and who has it. An owner's phone then shows a
menu of three buttons (`bot.channels.line.account.rich_menu`). The bot answers them itself, since nobody
should have to look a result up for them.
"""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.commands import run_command
from bot.handoff.case_life import BACK_TO_BOT
from bot.handoff.phone_alternatives import PHONE, is_place_known
from bot.handoff.speaker import name_staff
from bot.interview.buttons import (
    CASE_PERSON,
    CASE_PHONE,
    CASE_RESULT,
    prefecture_choices,
    region_choices,
)
from bot.interview.outcomes import office_reply, outcome
from bot.interview.standing import replay_flow
from bot.interview.summary import answer_lines
from bot.model.case import Reason
from bot.model.conversation import Conversation, Mode
from bot.model.messages import Kind, Message, Reply
from bot.model.turn import Context, OldMenuTapped, PassOn, Step, Then
from bot.presentation.cards.helpline_cards import helpline_lines
from bot.presentation.times import say_moment_from
from bot.presentation.wording import say
from bot.understand.commands import Command
from bot.understand.text import fold
from knowledge.place_names.places import REGIONS

Tapped = tuple[str, str] | None

NAME = "case"
"""Begins the values of the menu's buttons."""

_RESULT, _PERSON, _PHONE = "result", "person", "phone"

_USUALLY = {_RESULT: Command.RESUME, _PERSON: Command.PERSON, _PHONE: Command.CENTER}
"""What the buttons mean where no case is open."""


def answer_case_menu(conversation: Conversation, which: str, context: Context) -> Step | None:
    """Answer a button of the menu, or return None for another."""
    match which:
        case "result":
            return say_only(conversation, *_show_standing(conversation, context))
        case "person":
            return _say_who_has_it(conversation, context)
        case "phone":
            return _show_numbers(conversation, context)
    return None


def take_old_tap(conversation: Conversation, which: str, context: Context) -> Step | None:
    """Carry out a button of an ended case, and show the usual menu again."""
    if which not in _USUALLY:
        return None
    step = run_command(_USUALLY[which], conversation, context)
    return replace(step, effects=(*step.effects, OldMenuTapped()))


def _show_standing(conversation: Conversation, context: Context) -> tuple[Reply, ...]:
    """Show the result, or the answers so far.

    There is no button except the way back, as staff have the case.
    """
    stands = replay_flow(conversation, context.programme)
    if stands and stands.question is None:
        shown = outcome(conversation, stands.state, context)
        return tuple(replace(each, choices=(), controls=(BACK_TO_BOT,)) for each in shown)
    lines = [f"・{each}" for each in answer_lines(conversation, context.programme)]
    if not lines:
        return (Reply(say("handoff.no_answers_yet"), controls=(BACK_TO_BOT,)),)
    text = "\n".join((say("handoff.no_result_yet"), *lines, say("handoff.result_goes_on")))
    return (Reply(text, controls=(BACK_TO_BOT,)),)


def _say_who_has_it(conversation: Conversation, context: Context) -> Step:
    if conversation.mode is not Mode.WITH_STAFF or conversation.case is None:
        return remind_of_waiting(conversation, context)
    name = name_staff(conversation.case.holder_name)
    return say_only(
        conversation,
        Reply(say("handoff.with_person", name=name), controls=(BACK_TO_BOT, CASE_PHONE)),
    )


def _show_numbers(conversation: Conversation, context: Context) -> Step:
    """Show the office to call, or ask for its place.

    In despair the helplines come first.
    """
    case = conversation.case
    dark = case is not None and case.reason is Reason.DESPAIR
    lines = (say("handoff.dark_by_phone"), *helpline_lines(context.library, all_day=True))
    helplines = (Reply("\n".join(lines)),) if dark else ()
    known = is_place_known(conversation, context.programme)
    number = show_office(conversation, context) if known else ask_place(context)
    return say_only(conversation, *helplines, number)


# --- while nobody has it --------------------------------------------------------------------------


def answer_while_waiting(conversation: Conversation, tapped: Tapped, context: Context) -> Step:
    """Show the telephone, ask for its place, or say that they wait."""
    match tapped:
        case ("do", Command.CENTER) | ("flow", context.programme.office_flow):
            known = is_place_known(conversation, context.programme)
            return say_only(
                conversation, show_office(conversation, context) if known else ask_place(context)
            )
        case ("correct", context.programme.place):
            return say_only(conversation, ask_place(context))
        case ("region", region):
            return say_only(conversation, ask_place(context, region))
    return remind_of_waiting(conversation, context)


def remind_of_waiting(conversation: Conversation, context: Context) -> Step:
    """Say until when an answer was promised, and that words written now are read."""
    case, now = conversation.case, context.now
    late = case is None or case.nudged or case.promised_by < now
    by = say_moment_from(case.promised_by, now) if case else ""
    said = say("handoff.still_waiting_late") if late else say("handoff.still_waiting", by=by)
    return say_only(conversation, Reply(said, controls=(BACK_TO_BOT, PHONE)))


_OWN_BUTTONS = (BACK_TO_BOT, CASE_PHONE, CASE_RESULT, CASE_PERSON)
"""Buttons of an open case, which stand below the chat all the time."""


def tap_by_label(conversation: Conversation, message: Message) -> Message | None:
    """Take the label of a button as a tap on it.

    Only what the bot itself must answer: any other word may answer staff. While nobody is there yet
    that is every button shown.
    """
    waits = conversation.mode is Mode.WAITING
    own = [(each.label, each.value) for each in _OWN_BUTTONS]
    said = fold(message.text)
    shown = (*own, *conversation.offered) if waits else own
    value = next((value for label, value in shown if fold(label) == said), "")
    return replace(message, kind=Kind.CHOICE, value=value) if value else None


# --- parts ----------------------------------------------------------------------------------------


def ask_place(context: Context, region: str = "") -> Reply:
    """Ask for the place by its region.

    The interview's own question stays as it is.
    """
    place = context.programme.place
    if region in REGIONS:
        choices = prefecture_choices(REGIONS[region], place)
        return Reply(say("answers.prefecture_list"), choices, (BACK_TO_BOT,), place=place)
    return Reply(say("answers.prefecture_tap"), region_choices(place), (BACK_TO_BOT,), place=place)


def show_office(conversation: Conversation, context: Context) -> Reply:
    """Show the office of the owner's place and the way back."""
    return office_reply(conversation, None, context, (BACK_TO_BOT,))


def say_only(conversation: Conversation, *said: Reply, passed_on: Message | None = None) -> Step:
    """Say no more than this, and pass a message on."""
    effects = (PassOn(passed_on),) if passed_on else ()
    return Step(conversation, said=said, then=Then.NOTHING, effects=effects)

"""Pass the owner's messages to staff while a case is open.

The bot speaks only where silence would harm: in despair, when the owner wants everything deleted or
the bot back, once when their words have arrived and nobody is there to say so, when a picture
cannot be passed on, and, while they wait for a person, when they tap one of the bot's own buttons.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.dialogue.answering.answers import handle_answer_tap
from bot.dialogue.commands import run_command
from bot.dialogue.commands.forgetting import forget_or_ask, take_yes_or_no
from bot.dialogue.following.agreeing import stop_following
from bot.dialogue.staff.case_menu import (
    answer_case_menu,
    answer_while_waiting,
    remind_of_waiting,
    say_only,
    show_office,
    tap_by_label,
)
from bot.handoff.case_life import BACK_TO_BOT, take_back
from bot.handoff.case_queue import end_snooze
from bot.handoff.phone_alternatives import PHONE
from bot.handoff.rating import RATINGS
from bot.interview import transfer_code
from bot.interview.buttons import FORGET_NOW, MENU_CHOICES, named_choices, withdraw_offer
from bot.interview.figure_prompts import SHARE
from bot.model import business_hours
from bot.model.case import Reason
from bot.model.conversation import WITH_A_PERSON, Conversation, Mode
from bot.model.messages import Kind, Message, Reply, choice
from bot.model.turn import Context, Effect, PassOn, PersonWanted, Step, Then, UsedCode
from bot.presentation.figure_words import origin_lines
from bot.presentation.times import say_moment_from
from bot.presentation.wording import say, say_of_kind
from bot.understand.commands import Command, command_in
from knowledge.place_names.places import REGIONS

Tapped = tuple[str, str] | None


def is_with_a_person(conversation: Conversation) -> bool:
    """Tell whether a case is open, so that a person answers."""
    return conversation.mode in WITH_A_PERSON


def handle_with_staff(conversation: Conversation, message: Message, context: Context) -> Step:
    """Deal with one message of an owner whose case is open."""
    if message.kind is Kind.TEXT and (step := _hear_forgetting(conversation, message, context)):
        return step
    return _handle_by_kind(withdraw_offer(conversation, FORGET_NOW), message, context)


def _handle_by_kind(conversation: Conversation, message: Message, context: Context) -> Step:
    match message.kind:
        case Kind.TEXT:
            return _handle_text(conversation, message, context)
        case Kind.CHOICE:
            return _handle_tap(conversation, message, context)
        case Kind.HANDED_OVER:
            return _take_over_code(conversation, message, context)
        case Kind.FOLLOWED:
            waits = conversation.mode is Mode.WAITING
            return remind_of_waiting(conversation, context) if waits else _silent(conversation)
        case Kind.STICKER | Kind.LOCATION:
            return _pass_on(conversation, message, context)
        case _:
            return _pass_on_media(conversation, message)


def handle_despair(
    conversation: Conversation, message: Message, reply: Reply, notices: tuple[str, ...]
) -> Step:
    """Give the helplines at once, and tell staff of the urgency."""
    case = conversation.case
    after = replace(
        conversation,
        despaired=True,
        case=replace(case, reason=Reason.DESPAIR) if case else None,
    )
    return Step(
        after,
        said=(reply, Reply(say("handoff.despair_to_staff"))),
        then=Then.NOTHING,
        effects=(PersonWanted(urgent=True), PassOn(message)),
        notices=notices,
    )


def _hear_forgetting(conversation: Conversation, message: Message, context: Context) -> Step | None:
    """Hear the wish to delete everything, or the answer to the question about it.

    Only the next words are that answer. A later yes is one to staff.
    """
    spoken = command_in(message.text)
    if spoken and spoken.command is Command.FORGET:
        return forget_or_ask(conversation, message.text, context, with_bot=False)
    step = take_yes_or_no(conversation, message.text, context, Then.NOTHING)
    if step is None:
        return None
    return replace(step, conversation=withdraw_offer(step.conversation, FORGET_NOW))


def _handle_text(conversation: Conversation, message: Message, context: Context) -> Step:
    spoken = command_in(message.text)
    if spoken and spoken.command is Command.UNFOLLOW and conversation.follow_up:
        return stop_following(conversation, context)
    if spoken and spoken.command is Command.BOT:
        return take_back(conversation, context.now)
    if tapped := tap_by_label(conversation, message):
        return _handle_tap(conversation, tapped, context)
    has_text = bool(message.text.strip())
    return _pass_on(conversation, message, context) if has_text else _silent(conversation)


def _silent(conversation: Conversation) -> Step:
    return Step(conversation, then=Then.NOTHING)


# --- passed on ------------------------------------------------------------------------------------


def _pass_on(conversation: Conversation, message: Message, context: Context) -> Step:
    """Pass a message on, and say so once while nobody is there.

    Silence must never look like loss.
    """
    said, until = _acknowledgement(conversation, context)
    back: tuple[Effect, ...] = ()
    if case := conversation.case:
        case, back = end_snooze(case)
        heard = replace(case, asked_at=context.now, quote=message.quote or case.quote)
        quiet = replace(heard, quiet_until=until) if said else heard
        conversation = replace(conversation, case=quiet)
    step = say_only(conversation, *said, passed_on=message)
    return replace(step, effects=(*step.effects, *back))


def _acknowledgement(
    conversation: Conversation, context: Context
) -> tuple[tuple[Reply, ...], datetime | None]:
    """Tell the owner that a message arrived, unless told lately.

    Returns the replies, often none, and until when none is needed after them.
    """
    case, now = conversation.case, context.now
    if case is None:
        return (), None
    if conversation.mode is Mode.WAITING and case.quiet_until is None:
        by = say_moment_from(case.promised_by, now)
        text = say("handoff.passed_on_late") if case.nudged else say("handoff.passed_on", by=by)
        return (Reply(text, controls=(BACK_TO_BOT, PHONE)),), case.promised_by
    live = case.quiet_until is not None and now < case.quiet_until
    hours = context.policy.hours
    if conversation.mode is Mode.WITH_STAFF and not live and not business_hours.is_open(now, hours):
        opens = business_hours.next_opening(now, hours)
        return (Reply(say("handoff.away", opens=say_moment_from(opens, now))),), opens
    return (), None


def _pass_on_media(conversation: Conversation, message: Message) -> Step:
    """Show staff that a photo was sent, and tell the owner once.

    Only the kind of the picture is passed on.
    """
    case = conversation.case
    if case is None or case.media_told:
        return say_only(conversation, passed_on=message)
    told = say_of_kind("not_passed_on", message.kind)
    after = replace(conversation, case=replace(case, media_told=True))
    return say_only(after, Reply(told), passed_on=message)


# --- taps -----------------------------------------------------------------------------------------


def _handle_tap(conversation: Conversation, message: Message, context: Context) -> Step:
    """Deal with a button, of now or of long ago.

    One that answers a question is an answer to the bot and to staff alike: it is recorded, so that nothing
    the owner said is lost and the interview goes on behind it when the bot is back; and its words
    are passed on, since it may well answer what staff have just asked. Every other button speaks to
    the bot. With staff it is passed on like words, and they will know what to say; while nobody is
    there the owner is told that they wait, or shown the telephone.
    """
    if step := _do_at_once(conversation, message, context):
        return step
    passed_on = replace(message, text=label_of(conversation, message.tapped, context))
    if recorded := _record(conversation, message.tapped, context):
        if _asked_for_number(conversation, message, context):
            return say_only(recorded, show_office(recorded, context), passed_on=passed_on)
        return _pass_on(recorded, passed_on, context)
    if conversation.mode is not Mode.WITH_STAFF:
        return answer_while_waiting(conversation, message.tapped, context)
    return _pass_on(conversation, passed_on, context)


def _asked_for_number(conversation: Conversation, message: Message, context: Context) -> bool:
    """Tell whether the bot asked for the place to give a number."""
    if message.tapped is None or message.tapped[0] != context.programme.place:
        return False
    return conversation.mode is Mode.WAITING or _was_just_offered(conversation, message)


def _was_just_offered(conversation: Conversation, message: Message) -> bool:
    return message.value in {value for _, value in conversation.offered}


def _do_at_once(conversation: Conversation, message: Message, context: Context) -> Step | None:
    """Do what owners may do themselves during an open case."""
    match message.tapped:
        case ("do", Command.FORGET | Command.UNFOLLOW as command):
            return run_command(Command(command), conversation, context)
        case ("do", Command.BOT):
            return take_back(conversation, context.now)
        case ("case", which):
            return answer_case_menu(conversation, which, context)
        case ("region", _) if _was_just_offered(conversation, message):
            # The bot has asked where they are, for a number.
            return answer_while_waiting(conversation, message.tapped, context)
        case _ if message.value == SHARE.value and conversation.figures:
            return _pass_figures_on(conversation)
    return None


def _pass_figures_on(conversation: Conversation) -> Step:
    """Show staff the figures, on the owner's own yes to that."""
    lines = "\n".join(origin_lines(conversation.figures))
    told = Message(text=say("handoff.figures_to_staff", lines=lines))
    return say_only(conversation, Reply(say("handoff.figures_shown")), passed_on=told)


def _record(conversation: Conversation, tapped: Tapped, context: Context) -> Conversation | None:
    """Record the answer of a button, or return None without one.

    `emergency` is asked by nobody: its button means "go on".
    """
    match tapped:
        case ("done", question_id) if question_id in context.programme.questions:
            step = handle_answer_tap(conversation, *tapped, context)
        case (name, option) if (
            name in context.programme.questions and name != context.programme.emergency
        ):
            known = context.programme.questions[name].option(option)
            step = handle_answer_tap(conversation, *tapped, context) if known else None
        case _:
            return None
    if step is None:
        return None
    # The bot comes back to its old place, without a questionnaire begun meanwhile and without a
    # question left open because it may have more than one answer.
    adding = step.conversation.adding and conversation.adding
    return replace(step.conversation, flow=conversation.flow, adding=adding)


def label_of(conversation: Conversation, tapped: Tapped, context: Context) -> str:
    """Read out a button to staff, with its question if it answers one."""
    match tapped:
        case ("region", region) if region in REGIONS:
            return region
        case ("correct", question_id) if question_id in context.programme.questions:
            return say(
                "buttons.choose_again", question=context.programme.questions[question_id].title
            )
        case ("faq", entry_id) if entry := context.library.faq.get(entry_id):
            return entry.question
        case ("flow", flow_id) if command := _command_of(flow_id, context):
            tapped = ("do", command)
        case (question_id, option) if question_id in context.programme.questions:
            question = context.programme.questions[question_id]
            if question.option(option) and question_id != context.programme.emergency:
                return f"{question.title}：{question.labels((option,))}"
    shown = {
        **{
            button.value: button.label
            for button in (*MENU_CHOICES, *named_choices(context.programme))
        },
        **{button.value: button.label for button in RATINGS},
        **{value: label for label, value in conversation.offered},
    }
    value = choice("", *tapped).value if tapped else ""
    return shown.get(value, say("buttons.old_button_label"))


def _command_of(flow_id: str, context: Context) -> str:
    """Find the command that starts a flow, for a button of an earlier version."""
    commands = context.programme.commands.items()
    return next((command for command, flow in commands if flow == flow_id), "")


# --- a code ---------------------------------------------------------------------------------------


def _take_over_code(conversation: Conversation, message: Message, context: Context) -> Step:
    """Take over a code given by staff during a talk, in one sentence."""
    if message.handed is None or not transfer_code.is_known(message.handed, context.programme):
        return _handle_text(conversation, Message(text=message.text), context)
    after, count = transfer_code.taken_over(
        conversation, message.text, message.handed, context.programme
    )
    return Step(
        after,
        said=(Reply(transfer_code.say_handed_over(count)),),
        then=Then.NOTHING,
        effects=(UsedCode(message.text), PassOn(Message(text=message.text))),
    )

"""What the owner sends while a case is open: passed on, and the bot is silent.

It speaks only where silence would harm: in despair, when she wants everything deleted or the bot
back, once when her words have arrived and nobody is there to say so, when a picture cannot be
passed on, and, while she waits for a person, when she taps one of the bot's own buttons.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.dialogue.answers import tap
from bot.dialogue.commands import do
from bot.dialogue.small_talk import helplines
from bot.handoff.case_life import BACK_TO_BOT, taken_back
from bot.handoff.phone_alternatives import PHONE, is_place_known
from bot.interview import transfer_code
from bot.interview.prompts import (
    MENU_CHOICES,
    NAMED_CHOICES,
    center_reply,
    prefecture_choices,
    region_choices,
)
from bot.model import business_hours
from bot.model.case import Reason
from bot.model.conversation import WITH_A_PERSON, Conversation, Mode
from bot.model.messages import Kind, Message, Reply, read_value
from bot.model.turn import Context, PassOn, PersonWanted, Turn, UsedCode
from bot.presentation import wording
from bot.understand import command_in
from bot.understand.distress import is_despair
from bot.understand.phrases import Command
from bot.understand.text import LONGEST_HEARD
from flows.keiei.catalog import QUESTIONS
from knowledge.place_names.places import REGIONS


def is_with_a_person(conversation: Conversation) -> bool:
    """Whether a case is open: what the owner sends is a person's business."""
    return conversation.mode in WITH_A_PERSON


def hear(conversation: Conversation, message: Message, context: Context) -> Turn:
    """One message of an owner whose case is open."""
    match message.kind:
        case Kind.TEXT:
            return _read(conversation, message, context)
        case Kind.CHOICE:
            return _tapped(conversation, message, context)
        case Kind.HANDED_OVER:
            return _handed_over(conversation, message, context)
        case Kind.FOLLOWED:
            waits = conversation.mode is Mode.WAITING
            return _still_waiting(conversation, context) if waits else Turn(conversation)
        case Kind.STICKER | Kind.LOCATION:
            return _passed_on(conversation, message, context)
        case _:
            return _media(conversation, message)


def _read(conversation: Conversation, message: Message, context: Context) -> Turn:
    if is_despair(message.text[:LONGEST_HEARD]):
        return _despair(conversation, message, context)
    match command_in(message.text):
        case Command.FORGET:
            return do(Command.FORGET, conversation, context)
        case Command.BOT:
            return taken_back(conversation, context.now)
    if not message.text.strip():
        return Turn(conversation)
    return _passed_on(conversation, message, context)


def _despair(conversation: Conversation, message: Message, context: Context) -> Turn:
    """The helplines at once, whoever has the case, and staff are told that it is urgent."""
    case = conversation.case
    after = replace(
        conversation,
        despaired=True,
        case=replace(case, reason=Reason.DESPAIR) if case else None,
    )
    said = (helplines(context.library), Reply(wording.DESPAIR_TO_STAFF))
    effects = (PersonWanted(urgent=True), PassOn(message))
    return Turn(after, said, effects, notices=("despair",))


# --- passed on ------------------------------------------------------------------------------------


def _passed_on(conversation: Conversation, message: Message, context: Context) -> Turn:
    """Pass it on; say so once while nobody is there, so that silence never looks like loss."""
    said, until = _acknowledgement(conversation, context)
    case = conversation.case
    if said and case:
        conversation = replace(conversation, case=replace(case, quiet_until=until))
    return Turn(conversation, said, (PassOn(message),))


def _acknowledgement(
    conversation: Conversation, context: Context
) -> tuple[tuple[Reply, ...], datetime | None]:
    """The word that it has arrived, and until when none is needed after it; often none now."""
    case, now = conversation.case, context.now
    if case is None:
        return (), None
    if conversation.mode is Mode.WAITING and case.quiet_until is None:
        by = business_hours.spoken_from(case.promised_by, now)
        text = wording.PASSED_ON_LATE if case.nudged else wording.passed_on(by)
        return (Reply(text, controls=(BACK_TO_BOT, PHONE)),), case.promised_by
    live = case.quiet_until is not None and now < case.quiet_until
    if conversation.mode is Mode.WITH_STAFF and not live and not business_hours.is_open(now):
        opens = business_hours.next_opening(now)
        return (Reply(wording.away(business_hours.spoken_from(opens, now))),), opens
    return (), None


def _media(conversation: Conversation, message: Message) -> Turn:
    """Staff see that a photo was sent, and of what kind it is; the owner is told so once."""
    case = conversation.case
    if case is None or case.media_told:
        return Turn(conversation, (), (PassOn(message),))
    told = wording.MEDIA_NOT_PASSED_ON.get(message.kind, wording.MEDIA_NOT_PASSED_ON["other"])
    after = replace(conversation, case=replace(case, media_told=True))
    return Turn(after, (Reply(told),), (PassOn(message),))


# --- taps -----------------------------------------------------------------------------------------


def _tapped(conversation: Conversation, message: Message, context: Context) -> Turn:
    """A button, of now or of long ago.

    One that answers a question is an answer whoever is listening: it is recorded, so that nothing
    she said is lost and the interview goes on behind it when the bot is back; and its words are
    passed on, since she may well answer what staff have just asked. Every other button speaks to
    the bot. With staff it is passed on like words, and they will know what to say; while nobody is
    there she is told that she waits, or shown the telephone.
    """
    read = read_value(message.value)
    if read == ("do", Command.FORGET):
        return do(Command.FORGET, conversation, context)
    if read == ("do", Command.BOT):
        return taken_back(conversation, context.now)
    passed_on = replace(message, text=label_of(conversation, message.value, context))
    if recorded := _recorded(conversation, message.value, context):
        if conversation.mode is Mode.WAITING and read and read[0] == "prefecture":
            return Turn(recorded, (_phone(recorded, context),), (PassOn(passed_on),))
        return _passed_on(recorded, passed_on, context)
    if conversation.mode is Mode.WITH_STAFF:
        return _passed_on(conversation, passed_on, context)
    return _while_waiting(conversation, message.value, context)


def _recorded(conversation: Conversation, value: str, context: Context) -> Conversation | None:
    """The conversation with the answer this button gives; None when it answers no question.

    `emergency` is asked by nobody: its button means "go on".
    """
    match read_value(value):
        case ("done", question_id) if question_id in QUESTIONS:
            turn = tap(conversation, value, context)
        case (name, option) if name in QUESTIONS and name != "emergency":
            known = QUESTIONS[name].option(option)
            turn = tap(conversation, value, context) if known else None
        case _:
            return None
    if turn is None:
        return None
    # The bot comes back to where it stood: to no questionnaire begun meanwhile, and to no question
    # left open because more than one answer may be given to it.
    adding = turn.conversation.adding and conversation.adding
    return replace(turn.conversation, flow=conversation.flow, adding=adding)


def _while_waiting(conversation: Conversation, value: str, context: Context) -> Turn:
    """The telephone, asking for the place where it is not known; else that she is waiting."""
    match read_value(value):
        case ("do" | "flow", "center"):
            known = is_place_known(conversation)
            return Turn(conversation, (_phone(conversation, context) if known else _where(),))
        case ("correct", "prefecture"):
            return Turn(conversation, (_where(),))
        case ("region", region):
            return Turn(conversation, (_where(region),))
    return _still_waiting(conversation, context)


def _where(region: str = "") -> Reply:
    """Ask for the place, by its region first; the interview's own question stays as it is."""
    if region in REGIONS:
        choices = prefecture_choices(REGIONS[region])
        return Reply(wording.PREFECTURE_LIST, choices, (BACK_TO_BOT,))
    return Reply(wording.PREFECTURE_TAP, region_choices(), (BACK_TO_BOT,))


def _phone(conversation: Conversation, context: Context) -> Reply:
    return center_reply(conversation, None, context, (BACK_TO_BOT,))


def _still_waiting(conversation: Conversation, context: Context) -> Turn:
    case, now = conversation.case, context.now
    late = case is None or case.nudged or case.promised_by < now
    by = business_hours.spoken_from(case.promised_by, now) if case else ""
    said = wording.STILL_WAITING_LATE if late else wording.still_waiting(by)
    return Turn(conversation, (Reply(said, controls=(BACK_TO_BOT, PHONE)),))


def label_of(conversation: Conversation, value: str, context: Context) -> str:
    """What a button says, for whoever reads of it: with its question when it answers one."""
    match read_value(value):
        case ("region", region) if region in REGIONS:
            return region
        case ("correct", question_id) if question_id in QUESTIONS:
            return f"{QUESTIONS[question_id].title}を選び直す"
        case ("faq", entry_id) if entry := context.library.faq.get(entry_id):
            return entry.question
        case (question_id, option) if question_id in QUESTIONS:
            question = QUESTIONS[question_id]
            if question.option(option) and question_id != "emergency":
                return f"{question.title}：{question.labels((option,))}"
    shown = {
        **{button.value: button.label for button in (*MENU_CHOICES, *NAMED_CHOICES)},
        **{value: label for label, value in conversation.offered},
    }
    return shown.get(value, wording.OLD_BUTTON_LABEL)


# --- a code ---------------------------------------------------------------------------------------


def _handed_over(conversation: Conversation, message: Message, context: Context) -> Turn:
    """A code that staff gave while they talk: taken over with one sentence, and no question."""
    if message.handed is None or not transfer_code.is_known(message.handed):
        return _read(conversation, Message(text=message.text), context)
    after, count = transfer_code.taken_over(conversation, message.text, message.handed)
    said = Reply(wording.handed_over(count))
    return Turn(after, (said,), (UsedCode(message.text), PassOn(Message(text=message.text))))

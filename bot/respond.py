"""The heart: one message in, replies out. Pure: no clock, no file, no network.

The order of the steps is the promise to the owner: despair first, then the person who has taken
over, urgent trouble, commands, answers, and only then questions. An answer in the set of choices
is never taken for a question, and a question never for an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot import wording
from bot.answering import (
    choose,
    correct,
    for_place,
    hinted,
    location,
    place_answer,
    record,
    tap,
)
from bot.cards import helpline_lines
from bot.commanding import begin, do
from bot.consulting import answer, consult, miss
from bot.conversation import Conversation, Mode
from bot.distress import emergency_in, is_despair, is_heavy
from bot.messages import VERSION, Kind, Message, Reply, read_value
from bot.phrases import Command
from bot.prompt import (
    PERSON,
    RESTART,
    RESUME,
    led,
    open_question,
    prompt,
    reminder,
)
from bot.quantities import picked
from bot.text import LONGEST, clean, fold, has_words
from bot.turn import Context, PassOn, PersonWanted, Turn
from bot.understand import (
    SmallTalk,
    answer_in,
    command_in,
    correction_in,
    is_done,
    small_talk_in,
    yes_or_no,
)
from bot.understand.asking import asks
from flows.catalog import QUESTIONS
from flows.flow import Question
from knowledge.faq import OtherTopic, is_question
from knowledge.library import Library
from knowledge.places import locate


def respond(
    conversation: Conversation,
    message: Message,
    now: datetime,
    library: Library,
    retention_days: int = 180,
) -> Turn:
    """Answer one message.

    `now` is an aware time; `library` everything the bot knows; `retention_days` is what the
    greeting promises about deletion. The turn holds the conversation to
    keep, the replies to send in order, and what the outside must do. Never raises on any message.
    """
    context = Context(now, library, retention_days)
    seen = replace(conversation, last_seen=now)
    turn = _HEARD[message.kind](seen, message, context)
    return _with_offers(turn)


def _with_offers(turn: Turn) -> Turn:
    """Remember the choices shown last, so that a typed number means one of them."""
    shown = [reply.buttons for reply in turn.replies if reply.buttons]
    if not shown:
        return turn
    offered = tuple((button.label, button.value) for button in shown[-1])
    return replace(turn, conversation=replace(turn.conversation, offered=offered))


# --- kinds of message ---------------------------------------------------------------------------


def _followed(conversation: Conversation, _: Message, context: Context) -> Turn:
    said = Reply(f"{wording.GREETING}\n{wording.kept(context.retention_days)}")
    return Turn(conversation, (said, reminder(conversation)))


def _unreadable(conversation: Conversation, message: Message, _: Context) -> Turn:
    said = wording.UNREADABLE.get(message.kind, wording.UNREADABLE["other"])
    return Turn(conversation, led(said, (reminder(conversation),)))


def _located(conversation: Conversation, message: Message, context: Context) -> Turn:
    return location(conversation, message, context)


def _tapped(conversation: Conversation, message: Message, context: Context) -> Turn:
    if conversation.mode is Mode.WITH_STAFF:
        return Turn(conversation, (), (PassOn(message.value),))
    return _value(conversation, message.value, context)


def _value(conversation: Conversation, value: str, context: Context) -> Turn:
    match read_value(value):
        case ("flow", flow_id):
            return begin(flow_id, conversation, context)
        case ("faq", entry_id):
            entry = context.library.faq.get(entry_id)
            found = answer(conversation, (entry,), context) if entry else None
        case ("do", "none"):
            found = miss(conversation, "")
        case ("do", command) if command in set(Command):
            found = do(Command(command), conversation, context)
        case _:
            found = tap(conversation, value, context)
    return found or Turn(conversation, led(wording.OLD_BUTTON, (reminder(conversation),)))


# --- text, step by step -------------------------------------------------------------------------


def _read(conversation: Conversation, message: Message, context: Context) -> Turn:
    if is_despair(message.text):
        return _despair(conversation, message.text, context)
    if conversation.mode in (Mode.WAITING, Mode.WITH_STAFF):
        return Turn(conversation, (), (PassOn(message.text),))
    if len(message.text) > LONGEST:
        return Turn(conversation, led(wording.UNREADABLE["long"], (reminder(conversation),)))
    text = clean(message.text)
    if not has_words(text):
        said = wording.UNREADABLE["emoji"] if text else ""
        return Turn(conversation, led(said, (reminder(conversation),)))
    turn = next(filter(None, (step(conversation, text, context) for step in _STEPS)))
    return _comforted(turn) if is_heavy(text) else turn


def _despair(conversation: Conversation, text: str, context: Context) -> Turn:
    """The helplines and a person, whatever the state; the questionnaire waits."""
    lines = (wording.DESPAIR, *helpline_lines(context.library), wording.DESPAIR_DANGER)
    replies = (
        Reply("\n".join(lines)),
        Reply(wording.DESPAIR_AFTER, (PERSON, RESUME)),
    )
    passed_on = (PassOn(text),) if conversation.mode is Mode.WITH_STAFF else ()
    return Turn(conversation, replies, (PersonWanted(urgent=True), *passed_on))


def _comforted(turn: Turn) -> Turn:
    """The replies with a word for how hard it is in front."""
    return replace(turn, replies=led(wording.HEAVY, turn.replies))


def _urgent(conversation: Conversation, text: str, context: Context) -> Turn | None:
    emergency = emergency_in(text)
    question = open_question(conversation)
    if emergency is None or (question and _is_label(text, question.id)):
        return None
    known = conversation.answers.get("emergency", ())
    if emergency in known:
        return None
    others = tuple(each for each in known if each != "handled")
    options = (*others, emergency.value)
    return record(
        hinted(conversation, text), QUESTIONS["emergency"], options, context, wording.HEAVY
    )


def _is_label(text: str, question_id: str) -> bool:
    understood = answer_in(text, QUESTIONS[question_id])
    return understood is not None and understood.exact


def _labelled(conversation: Conversation, text: str, context: Context) -> Turn | None:
    """The words of a button last shown mean that button."""
    said = fold(text)
    value = next((value for label, value in conversation.offered if fold(label) == said), "")
    return _value(conversation, value, context) if value else None


def _numbered(conversation: Conversation, text: str, context: Context) -> Turn | None:
    """A number means a choice shown last; several numbers several answers."""
    numbers = picked(text)
    if not numbers:
        return None
    shown = [value for _, value in conversation.offered]
    values = shown or [button.value for button in reminder(conversation).buttons]
    if max(numbers) > len(values) or min(numbers) < 1:
        return Turn(conversation, led(wording.PICK, (reminder(conversation),)))
    values = [values[number - 1] for number in numbers]
    if len(values) == 1:
        return _value(conversation, values[0], context)
    return _several(conversation, values, context)


def _several(conversation: Conversation, values: list[str], context: Context) -> Turn:
    question = open_question(conversation)
    chosen = [read for value in values if (read := read_value(value))]
    options = tuple(
        option for question_id, option in chosen if question and question_id == question.id
    )
    if question is None or not question.several or not options:
        return Turn(conversation, led(wording.PICK, (reminder(conversation),)))
    kept = conversation.answers.get(question.id, ()) if conversation.adding else ()
    alone = {option.id for option in question.options if option.alone}
    merged = tuple(option for option in dict.fromkeys((*kept, *options)) if option not in alone)
    return record(conversation, question, merged or options[:1], context)


def _commanded(conversation: Conversation, text: str, context: Context) -> Turn | None:
    question = open_question(conversation)
    if question and _is_label(text, question.id):
        return None
    if corrected := correction_in(text, _answered(conversation)):
        return correct(conversation, QUESTIONS[corrected], context)
    command = command_in(text)
    return do(command, conversation, context) if command else None


def _answered(conversation: Conversation) -> dict[str, Question]:
    return {id_: QUESTIONS[id_] for id_ in conversation.answers if id_ in QUESTIONS}


def _answered_place(conversation: Conversation, text: str, context: Context) -> Turn | None:
    question = open_question(conversation)
    if question is None or question.id != "prefecture" or asks(text, question):
        return None
    if conversation.place_hint and (agreed := yes_or_no(text)) is not None:
        if agreed:
            return record(conversation, question, (conversation.place_hint[0],), context)
        return _value(conversation, f"{VERSION}|region=all", context)
    return place_answer(conversation, locate(text), context)


def _answered_question(conversation: Conversation, text: str, context: Context) -> Turn | None:
    question = open_question(conversation)
    if question is None:
        return None
    if conversation.adding:
        return _answered_more(conversation, question, text, context)
    understood = answer_in(text, question)
    if understood is None:
        return None
    heard = conversation if question.id == "prefecture" else hinted(conversation, text)
    return choose(heard, question, understood, context)


def _answered_more(
    conversation: Conversation, question: Question, text: str, context: Context
) -> Turn | None:
    """While more options may be added: another one, "that is all", or already the next answer."""
    if is_done(text):
        return _value(conversation, f"{VERSION}|done={question.id}", context)
    understood = answer_in(text, question)
    alone = {option.id for option in question.options if option.alone}
    named = understood is not None and alone.isdisjoint(understood.options)
    if understood and named:
        return choose(conversation, question, understood, context)
    return _answered_question(replace(conversation, adding=""), text, context)


def _small_talk(conversation: Conversation, text: str, _: Context) -> Turn | None:
    match small_talk_in(text):
        case SmallTalk.GREETING:
            return _greeted(conversation)
        case SmallTalk.THANKS:
            said = wording.THANKED
        case SmallTalk.GOODBYE:
            said = wording.GOODBYE
        case SmallTalk.ABUSE:
            on = reminder(conversation)
            controls = on.controls if PERSON in on.buttons else (*on.controls, PERSON)
            return Turn(conversation, led(wording.CALM, (replace(on, controls=controls),)))
        case None:
            if yes_or_no(text) is None:
                return None
            said = wording.ACKNOWLEDGED
    return Turn(conversation, led(said, (reminder(conversation),)))


def _greeted(conversation: Conversation) -> Turn:
    if not conversation.answers:
        said = (Reply(f"{wording.GREETED}{wording.GREETING}"), reminder(conversation))
        return Turn(conversation, said)
    on = reminder(conversation)
    controls = on.controls if RESTART in on.buttons else (*on.controls, RESTART)
    return Turn(conversation, led(wording.WELCOME_BACK, (replace(on, controls=controls),)))


def _done_already(conversation: Conversation, text: str, _: Context) -> Turn | None:
    """「これで全部」 when nothing is being added any more: simply the next thing."""
    said = fold(text) in {fold(wording.DONE), "以上", "以上です"}
    return Turn(conversation, (reminder(conversation),)) if said else None


def _placed(conversation: Conversation, text: str, context: Context) -> Turn | None:
    """Nothing but a place, asked for or not: it is kept, and where nothing is open the desk shown."""
    place = locate(text)
    if place.decision == "none" or not place.direct or asks(text, QUESTIONS["prefecture"]):
        return None
    return place_answer(for_place(conversation), place, context)


def _started(conversation: Conversation, text: str, context: Context) -> Turn | None:
    """The first words are a story, not a question: they are heard, and the questionnaire begins."""
    if conversation.flow or is_question(text) or _names_a_topic(text):
        return None
    if isinstance(context.library.faq.find(text), OtherTopic):
        return None
    begun = begin("diagnosis", hinted(conversation, text), context)
    return replace(begun, replies=led(wording.START_HEARD, prompt(begun.conversation, context)))


_ENDS_AS_A_SENTENCE = re.compile(r"[ぁ-ん]\W*$")
_TELEPHONE_NUMBER = re.compile(r"\d{2,4}-\d{2,4}-\d{3,4}")


def _names_a_topic(text: str) -> bool:
    """Whether it is a key word (「リスケ」) or about a number one has called, not a story."""
    return not _ENDS_AS_A_SENTENCE.search(text) or _TELEPHONE_NUMBER.search(text) is not None


def _consulted(conversation: Conversation, text: str, context: Context) -> Turn:
    return consult(hinted(conversation, text), text, context)


_STEPS: tuple[Callable[[Conversation, str, Context], Turn | None], ...] = (
    _labelled,
    _urgent,
    _numbered,
    _commanded,
    _answered_place,
    _answered_question,
    _small_talk,
    _done_already,
    _placed,
    _started,
    _consulted,
)

_HEARD: dict[Kind, Callable[[Conversation, Message, Context], Turn]] = {
    Kind.TEXT: _read,
    Kind.CHOICE: _tapped,
    Kind.LOCATION: _located,
    Kind.FOLLOWED: _followed,
    **dict.fromkeys(
        (Kind.STICKER, Kind.IMAGE, Kind.VIDEO, Kind.AUDIO, Kind.FILE, Kind.OTHER), _unreadable
    ),
}

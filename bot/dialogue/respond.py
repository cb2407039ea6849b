"""The heart: one message in, replies out. Pure: no clock, no file, no network.

The order of the steps is the promise to the owner: despair first, then the person who has taken
over, an open question of consent, urgent trouble, commands, answers, and only then questions. An
answer in the set of choices is never taken for a question, and a question never for an answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.dialogue.answers import hinted, location
from bot.dialogue.commands import begin
from bot.dialogue.postbacks import value
from bot.dialogue.questions import consult
from bot.dialogue.small_talk import comforted, despair, relieved, small_talk, urgent
from bot.dialogue.text_steps import (
    answered_place,
    answered_question,
    commanded,
    done_already,
    labelled,
    numbered,
    placed,
)
from bot.dialogue.with_staff import hear, is_with_a_person
from bot.handoff import case_life, consent
from bot.interview import transfer_code
from bot.interview.prompts import led, prompt, reminder
from bot.model.conversation import Conversation
from bot.model.messages import Kind, Message, Reply
from bot.model.turn import Context, Forget, PersonWanted, Turn
from bot.presentation import wording
from bot.understand.asking import asks
from bot.understand.distress import is_despair, is_heavy
from bot.understand.text import LONGEST, LONGEST_HEARD, clean, has_words
from flows.keiei.catalog import QUESTIONS
from knowledge.faq.answers import OtherTopic
from knowledge.library import Library


def respond(
    conversation: Conversation,
    message: Message,
    now: datetime,
    library: Library,
    retention_days: int = 180,
    *,
    desk: bool = False,
) -> Turn:
    """Answer one message.

    `now` is an aware time; `library` everything the bot knows; `retention_days` is what the
    greeting promises about deletion; `desk` is whether there are people to pass it on to. The turn holds the conversation to keep, the replies to send
    in order, and what the outside must do. Never raises on any message.
    """
    context = Context(now, library, retention_days, desk)
    turn = _heard(replace(conversation, last_seen=now), message, context)
    return _with_offers(_past_the_code(turn, conversation))


def _heard(conversation: Conversation, message: Message, context: Context) -> Turn:
    """By a person, by the question of consent, or by the bot."""
    if is_with_a_person(conversation):
        if context.desk:
            return hear(conversation, message, context)
        return _deserted(conversation, message, context)
    if conversation.asking_consent:
        return _asked_for_consent(conversation, message, context)
    return _HEARD[message.kind](conversation, message, context)


def _deserted(conversation: Conversation, message: Message, context: Context) -> Turn:
    """The desk was shut down while a case was open: nothing pretends that somebody still reads."""
    back = case_life.taken_back(conversation, context.now)
    turn = _HEARD[message.kind](back.conversation, message, context)
    replies = (Reply(wording.DESK_SHUT), *turn.replies)
    return replace(turn, replies=replies, effects=(*back.effects, *turn.effects))


def _asked_for_consent(conversation: Conversation, message: Message, context: Context) -> Turn:
    """Yes or no; anything else lets the question lapse, so that a later 「はい」 means nothing else.

    Whoever writes her story into the question is told that nobody has it yet.
    """
    if turn := consent.answer(conversation, message, context):
        return turn
    turn = _HEARD[message.kind](replace(conversation, asking_consent=False), message, context)
    spoken_of = any(isinstance(each, Forget | PersonWanted) for each in turn.effects)
    if message.kind is not Kind.TEXT or spoken_of:
        return turn
    return replace(turn, replies=led(wording.NOT_PASSED_ON, turn.replies))


def _past_the_code(turn: Turn, before: Conversation) -> Turn:
    """After the next answer "back" means that answer, no longer the code that was taken over."""
    after = turn.conversation
    if not before.code or after.code != before.code or after.answers == before.answers:
        return turn
    return replace(turn, conversation=replace(after, code=""))


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
    return value(conversation, message.value, context)


def _handed_over(conversation: Conversation, message: Message, context: Context) -> Turn:
    taken = transfer_code.take(conversation, message, context)
    return taken or _read(conversation, Message(text=message.text), context)


# --- text, step by step -------------------------------------------------------------------------


def _read(conversation: Conversation, message: Message, context: Context) -> Turn:
    if is_despair(message.text[:LONGEST_HEARD]):
        return despair(conversation, context)
    if len(message.text) > LONGEST:
        return Turn(conversation, led(wording.UNREADABLE["long"], (reminder(conversation),)))
    text = clean(message.text)
    if not has_words(text):
        pictured = any(unicodedata.category(character) == "So" for character in text)
        said = wording.UNREADABLE["emoji"] if pictured else ""
        return Turn(conversation, led(said, (reminder(conversation),)))
    turn = next(filter(None, (step(conversation, text, context) for step in _STEPS)))
    return comforted(turn) if is_heavy(text) else turn


def _started(conversation: Conversation, text: str, context: Context) -> Turn | None:
    """The first words are a story, not a question: they are heard, and the questionnaire begins."""
    if conversation.flow or asks(text, QUESTIONS["sales"]) or _names_a_topic(text):
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
    labelled,
    urgent,
    numbered,
    commanded,
    relieved,
    answered_place,
    answered_question,
    small_talk,
    done_already,
    placed,
    _started,
    _consulted,
)

_HEARD: dict[Kind, Callable[[Conversation, Message, Context], Turn]] = {
    Kind.TEXT: _read,
    Kind.CHOICE: _tapped,
    Kind.LOCATION: _located,
    Kind.FOLLOWED: _followed,
    Kind.HANDED_OVER: _handed_over,
    **dict.fromkeys(
        (Kind.STICKER, Kind.IMAGE, Kind.VIDEO, Kind.AUDIO, Kind.FILE, Kind.OTHER), _unreadable
    ),
}

"""Carry answers heard by telephone to LINE, by an eight-digit code."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import datetime

from bot.interview.figure_prompts import figure_asked
from bot.interview.standing import correctable, open_question
from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation
from bot.model.messages import HandedOver, Kind, Message
from bot.model.turn import Step, Then, UsedCode
from bot.presentation.wording import say
from bot.understand import answer_in
from flows.flow import Answers
from flows.programme import Programme

DIGITS = 8
"""A postal code has seven, a telephone number ten or eleven."""

RANDOM_BYTES = 8
"""Random bytes of a code, so that all codes are equally likely."""

WRONG_A_DAY = 10
"""Unknown codes that one person may try on a day. With more one could guess."""

_LONGEST = 40
"""Characters of a message that holds only a code."""

_DASH = "[-‐‑‒–—―−ー ]"
_CODE = re.compile(
    r"(?:(?:引き?継ぎ|ひきつぎ)?の?(?:コード|番号)(?:は|:)? ?)?"
    rf"([0-9]{{4}}){_DASH}?([0-9]{{4}})(?:です|でした)?[。.]?"
)
"""Eight digits, perhaps with a dash, a name in front and です behind."""


def new_code(random_bytes: bytes) -> str:
    """Make a code of eight digits from random bytes.

    Raises ValueError for fewer than eight bytes.
    """
    if len(random_bytes) < RANDOM_BYTES:
        raise ValueError(f"a code needs {RANDOM_BYTES} random bytes, not {len(random_bytes)}")
    return str(int.from_bytes(random_bytes) % 10**DIGITS).zfill(DIGITS)


def written(code: str) -> str:
    """Write a code for reading and typing, as 1234-5678."""
    return f"{code[:4]}-{code[4:]}"


def code_in(text: str) -> str | None:
    """Read a message that is only a code, or return None.

    1234-5678, １２３４５６７８.
    """
    if len(text) > _LONGEST:
        return None
    found = _CODE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return found[1] + found[2] if found else None


def is_known(handed: HandedOver, programme: Programme) -> bool:
    """Tell whether the questionnaire of the answers still exists."""
    return handed.flow in programme.flows


def taken_over(
    conversation: Conversation, code: str, handed: HandedOver, programme: Programme
) -> tuple[Conversation, int]:
    """Replace a conversation's answers, and count those of the way walked.

    The owner's own are kept as `earlier`, so that "back" gives them back. Answers of a
    questionnaire that has changed since are ignored.
    """
    after = replace(
        conversation,
        flow=handed.flow,
        answers=_valid(handed.answers, programme),
        earlier=conversation.answers,
        code=code,
        asking_again="",
        adding="",
        place_hint=None,
        misses=0,
        topic="",
    )
    return after, len(correctable(after, programme))


def say_handed_over(count: int) -> str:
    """Say how many answers came with a code, and how to undo that."""
    return say("answers.handed_over", count=count) if count else say("answers.handed_over_nothing")


def _valid(answers: Answers, programme: Programme) -> Answers:
    kept = {
        question: tuple(
            option for option in options if programme.questions[question].option(option)
        )
        for question, options in answers.items()
        if question in programme.questions
    }
    return {question: options for question, options in kept.items() if options}


def limit_tries(
    conversation: Conversation, message: Message, now: datetime
) -> tuple[Conversation, Message]:
    """Count an unknown code, and refuse every code after too many today."""
    if message.kind is not Kind.HANDED_OVER:
        return conversation, message
    tried = _tried(conversation, now)
    if tried >= WRONG_A_DAY:
        message = replace(message, handed=None)
    if message.handed is not None:
        return conversation, message
    return replace(conversation, wrong_codes=(_day(now), tried + 1)), message


def _tried(conversation: Conversation, now: datetime) -> int:
    """Count how many wrong codes came today."""
    day, count = conversation.wrong_codes or ("", 0)
    return count if day == _day(now) else 0


def _day(now: datetime) -> str:
    return now.astimezone(JAPAN).date().isoformat()


def take(conversation: Conversation, message: Message, programme: Programme) -> Step | None:
    """Take over the answers of a code and go on behind them.

    None when the digits answer the open question. An unknown code gets a sentence with the next
    step, and the open question again.
    """
    if message.handed is not None and is_known(message.handed, programme):
        after, count = taken_over(conversation, message.text, message.handed, programme)
        return Step(after, say_handed_over(count), effects=(UsedCode(message.text),))
    question = open_question(conversation, programme)
    if figure_asked(conversation) or (question and answer_in(message.text, question)):
        return None
    _, tried = conversation.wrong_codes or ("", 0)
    said = (
        say("answers.code_unknown")
        if tried <= WRONG_A_DAY
        else say("answers.codes_tried_too_often")
    )
    return Step(conversation, said, then=Then.REPEAT)

"""Judge a message in a case as note, reply, or doubtful.

This is the one place for the thread, its edits, and the form alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.handoff.staff_words.colleague_talk import seems_for_colleagues
from bot.handoff.staff_words.note_marks import (
    calls_by_at,
    has_slashes_further_on,
    is_headed_as_note,
    is_note,
)
from bot.model.case import Doubt


class Purpose(StrEnum):
    """Say whether a message of the case's holder is sent, kept, or asked about."""

    NOTE = "note"
    ASK = "ask"
    SEND = "send"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Hold the purpose of a message, and the doubt about it."""

    purpose: Purpose
    doubt: Doubt = Doubt.NONE


def judge_message(text: str, *, calls: bool = False) -> Judgement:
    """Judge the words of a message, without the names it calls.

    `calls` says that the platform knows of a colleague, a group or everybody that it calls.
    """
    if is_note(text):
        return Judgement(Purpose.NOTE)
    doubt = _find_doubt(text, calls=calls)
    return Judgement(Purpose.ASK if doubt else Purpose.SEND, doubt)


def _find_doubt(text: str, *, calls: bool) -> Doubt:
    if calls or calls_by_at(text):
        return Doubt.CALLS_SOMEBODY
    if has_slashes_further_on(text):
        return Doubt.HAS_SLASHES
    if is_headed_as_note(text):
        return Doubt.HEADED
    return Doubt.FOR_COLLEAGUES if seems_for_colleagues(text) else Doubt.NONE

"""Tell staff why their act makes no sense now."""

from __future__ import annotations

from dataclasses import dataclass

from bot.handoff.staff_words.note_marks import is_note
from bot.model.case import Doubt, Ending
from bot.model.conversation import Conversation
from bot.presentation import staff_wording
from bot.presentation.limits import utf16_units

LONGEST_REPLY = 10_000
"""UTF-16 units of a reply. LINE carries it in at most five messages."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Refuse an act of staff, so that nothing reaches the owner.

    `why` is in Japanese, for staff. `holder_name` is who has the case, "" when that is nobody or
    not the point. With a `doubt` the message waits only for its writer's yes.
    """

    why: str
    holder_name: str = ""
    doubt: Doubt = Doubt.NONE


def refuse_if_stale(conversation: Conversation, case: str) -> Refused | None:
    """Say why a case's button is out of date, or return None."""
    if conversation.case is None:
        return Refused(staff_wording.CASE_GONE)
    return None if conversation.case.id == case else Refused(staff_wording.CASE_REPLACED)


def refuse_if_closed(conversation: Conversation, case: str) -> Refused | None:
    """Say why a case takes no more words, or None while it is open."""
    if why := refuse_if_stale(conversation, case):
        return why
    is_open = conversation.case and conversation.case.is_open
    return None if is_open else refuse_closed(conversation)


_CLOSED = {
    Ending.HANDED_BACK: staff_wording.CASE_IS_BACK,
    Ending.COMPLETED: staff_wording.CASE_IS_COMPLETED,
    Ending.TAKEN_BACK: staff_wording.OWNER_TOOK_BACK,
    Ending.BLOCKED: staff_wording.OWNER_BLOCKED,
}


def refuse_closed(conversation: Conversation) -> Refused:
    """Say why there is no open case."""
    case = conversation.case
    if case is None or case.ending is None:
        return Refused(staff_wording.CASE_GONE)
    return Refused(_CLOSED[case.ending], case.holder_name)


def find_reply_fault(text: str) -> str:
    """Say why a reply cannot be sent, or "" when it can."""
    if not text.strip():
        return staff_wording.REPLY_EMPTY
    if is_note(text):
        return staff_wording.NOTE_NOT_SENT
    return staff_wording.REPLY_TOO_LONG if utf16_units(text) > LONGEST_REPLY else ""

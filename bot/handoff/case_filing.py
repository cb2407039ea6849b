"""Write down facts for the colleague who takes a case over.

This is allowed while the case is open and after.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

import orjson

from bot.handoff.refusals import Refused
from bot.model.case_details import CaseDetails, to_dict
from bot.model.conversation import Conversation
from bot.model.turn import CaseMoved, Move, Turn
from bot.presentation import staff_wording

_MARK_LENGTH = 16


def file_details(conversation: Conversation, details: CaseDetails, known: str) -> Turn | Refused:
    """Replace the entries of a case by `details`.

    `known` is the mark of the entries the writer saw: refused where a colleague has written
    meanwhile.
    """
    if mark_details(conversation.details) != known:
        return Refused(staff_wording.FILE_CHANGED_MEANWHILE)
    return Turn(replace(conversation, details=details), (), (CaseMoved(Move.FILED),))


def mark_details(details: CaseDetails) -> str:
    """Compute a mark of the entries that does not reveal them."""
    return hashlib.sha256(orjson.dumps(to_dict(details))).hexdigest()[:_MARK_LENGTH]

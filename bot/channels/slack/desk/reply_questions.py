"""Ask a writer whether a message is to go to the owner.

All it needs stands in its buttons and in Slack: the case, and where the words are. So it outlives a
restart, and what is sent is what the message says when the button is pressed.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from bot.channels.slack.desk import wording
from bot.channels.slack.desk.ephemeral import mention_holder, whisper_in_case
from bot.channels.slack.desk.posts import case_queue
from bot.channels.slack.desk.staff_words import StaffWords
from bot.channels.slack.ui.blocks import Json, actions, button
from bot.channels.slack.web import calls
from bot.handoff.refusals import Refused
from bot.model.case import Doubt
from bot.model.conversation import Conversation
from bot.store import Outgoing

_TS = re.compile(r"[0-9]{1,11}\.[0-9]{1,9}")
"""Slack's timestamp in seconds, which names a message."""

SEND_ONCE, TAKE_OVER, KEEP_NOTE = "case:send_once", "case:take_over", "case:keep_note"
SEND = "case:send"

GOOD_FOR = timedelta(hours=24)
"""Time after writing in which a press still sends a message."""

OPEN = "grey_question"
"""Emoji on a message that waits for an answer. The question itself goes on a reload."""


def ask_writer(
    words: StaffWords, user: str, conversation: Conversation, refused: Refused
) -> tuple[Outgoing, ...]:
    """Ask the writer where these words should go, or say why they stay."""
    why = mention_holder(refused, conversation.case)
    if not refused.doubt:
        return (whisper_in_case(words.case_id, user, why),)
    return (
        calls.add_reaction_at(OPEN, words.channel, words.ts, key=case_queue(words.case_id)),
        whisper_in_case(words.case_id, user, why, actions(_draw_offer(words, refused.doubt))),
    )


def close_question(words: StaffWords) -> Outgoing:
    """Take away the sign that an answer is waited for."""
    return calls.remove_reaction_at(OPEN, words.channel, words.ts, key=case_queue(words.case_id))


def mark_note(words: StaffWords) -> Outgoing:
    """Mark a message as a note."""
    return calls.add_reaction_at("memo", words.channel, words.ts, key=case_queue(words.case_id))


def read_value(value: str) -> tuple[str, str]:
    """Read the case's id and the message's ts from a button."""
    case_id, _, ts = value.partition("|")
    return case_id, ts if _parse_seconds(ts) is not None else ""


def is_expired(ts: str, now: datetime) -> bool:
    """Tell whether a message is too old to be sent at a press."""
    seconds = _parse_seconds(ts)
    return seconds is None or now.timestamp() - seconds > GOOD_FOR.total_seconds()


def _draw_offer(words: StaffWords, doubt: Doubt) -> list[Json]:
    value = f"{words.case_id}|{words.ts}"
    if doubt is not Doubt.NOT_HOLDER:
        return [
            button(wording.SEND_BUTTON, SEND, value),
            button(wording.KEEP_NOTE_BUTTON, KEEP_NOTE, value),
        ]
    return [
        button(wording.SEND_ONCE_BUTTON, SEND_ONCE, value),
        button(wording.TAKE_OVER_BUTTON, TAKE_OVER, value),
        button(wording.STAY_NOTE_BUTTON, KEEP_NOTE, value),
    ]


def _parse_seconds(ts: str) -> int | None:
    return int(ts.partition(".")[0]) if _TS.fullmatch(ts) else None

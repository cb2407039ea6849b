"""Typed words → an option of the pending question, small talk, yes or no. Pure tables and rules.

Nothing here decides what happens; `bot.dialogue.respond` asks these functions in the order that matters.
"""

from bot.understand.answers import LONGEST_ANSWER, Understood, answer_in, is_label
from bot.understand.steering import (
    SmallTalk,
    agreed,
    confirmed,
    hesitates,
    is_all_said,
    is_done,
    is_promised_word,
    small_talk_in,
    yes_or_no,
)

__all__ = [
    "LONGEST_ANSWER",
    "SmallTalk",
    "Understood",
    "agreed",
    "answer_in",
    "confirmed",
    "hesitates",
    "is_all_said",
    "is_done",
    "is_label",
    "is_promised_word",
    "small_talk_in",
    "yes_or_no",
]

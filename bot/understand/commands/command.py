"""Name the commands an owner can give at any time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.understand.reading.clause import Clause


class Command(StrEnum):
    """Name a command to the bot itself. The values stand in buttons."""

    BACK = "back"
    CORRECT = "correct"
    RESTART = "restart"
    RESUME = "resume"
    WHERE = "where"
    TODAY = "today"
    PERSON = "person"
    FORGET = "forget"
    STOP = "stop"
    NEVER_AGAIN = "never_again"
    RECORDED = "recorded"
    TOO_MANY = "too_many"
    HUMAN = "are_you_human"
    HELP = "help"
    DIAGNOSE = "diagnose"
    QUALIFY = "qualify"
    CENTER = "center"
    PHONE = "phone"
    ASK = "ask"
    SOURCES = "sources"
    BOT = "bot"
    PICTURE = "picture"
    FOLLOW_UP = "follow_up"
    UNFOLLOW = "unfollow"
    SHEET = "sheet"
    FORGET_SHEETS = "forget_sheets"
    PAPERS = "papers"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A command heard in words.

    `bare` when it names no object of the bot's (「消して」, 「戻る」): then it was the whole message.
    `clauses` are the clauses it was said in, `place` the prefecture named with it ("" for none).
    """

    command: Command
    bare: bool
    clauses: tuple[Clause, ...]
    place: str = ""

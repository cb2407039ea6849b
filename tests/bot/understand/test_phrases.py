"""The phrases are data: every pattern compiles, matches something, and stays in its place."""

from __future__ import annotations

import re

import pytest

from bot.understand import command_in, phrases, small_talk_in
from bot.understand.phrases import COMMAND_WORDS, Command, whole
from bot.understand.text import one_of

LISTS = (
    phrases.GREETINGS,
    phrases.THANKS,
    phrases.GOODBYES,
    phrases.ABUSE,
    phrases.RELIEF,
    phrases.YES,
    phrases.NO,
    phrases.DONE,
)


def test_every_command_has_words() -> None:
    assert set(COMMAND_WORDS) == set(Command)


@pytest.mark.parametrize(
    "patterns", [*COMMAND_WORDS.values(), *LISTS], ids=lambda each: each[0][:20]
)
def test_every_pattern_compiles_and_is_not_empty(patterns: tuple[str, ...]) -> None:
    for pattern in patterns:
        assert not re.compile(one_of(pattern)).fullmatch(""), pattern


def test_katakana_in_a_pattern_reads_as_hiragana() -> None:
    assert whole("ヘルプ").fullmatch("へるぷ")


def test_what_the_buttons_say_is_understood_when_typed() -> None:
    typed = {
        "戻る": Command.BACK, "回答を直す": Command.CORRECT, "最初から": Command.RESTART, "つづける": Command.RESUME,
        "人と話す": Command.PERSON, "使い方": Command.HELP, "診断する": Command.DIAGNOSE, "質問する": Command.ASK,
        "くわしく診断する": Command.DIAGNOSE, "使えるか調べる": Command.QUALIFY, "窓口を探す": Command.CENTER,
    }  # fmt: skip
    assert {text: command_in(text) for text in typed} == typed


def test_an_endless_message_is_no_command() -> None:
    assert command_in("戻る" * 3000) is None
    assert small_talk_in("こんにちは" * 3000) is None

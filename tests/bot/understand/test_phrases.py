"""Every pattern of the phrases compiles, matches something, and stays in place."""

from __future__ import annotations

import re

import pytest

from bot.understand import phrases, small_talk_in
from bot.understand.phrases import whole
from bot.understand.text import one_of

LISTS = (
    phrases.GREETINGS,
    phrases.THANKS,
    phrases.GOODBYES,
    phrases.ABUSE,
    phrases.RELIEF,
    phrases.TRIALS,
    phrases.WILL_CALL,
    phrases.CALLED,
    phrases.STAYS,
    phrases.YES,
    phrases.NO,
    phrases.DONE,
)


@pytest.mark.parametrize("patterns", LISTS, ids=lambda each: each[0][:20])
def test_every_pattern_compiles_and_is_not_empty(patterns: tuple[str, ...]) -> None:
    for pattern in patterns:
        assert not re.compile(one_of(pattern)).fullmatch(""), pattern


def test_katakana_in_a_pattern_reads_as_hiragana() -> None:
    assert whole("ヘルプ").fullmatch("へるぷ")


def test_an_endless_message_is_no_small_talk() -> None:
    assert small_talk_in("こんにちは" * 3000) is None

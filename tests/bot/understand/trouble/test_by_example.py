"""Labelled lines of trouble add warnings where they may, and nowhere else."""

import pytest

from bot.dialogue.lexicon import TROUBLE, emergency_words_for, learned_for
from bot.understand.reading.kinds import clauses_of
from bot.understand.reading.normal import normalise
from bot.understand.reading.reading import Reading
from bot.understand.trouble import Trouble, TroubleKind, troubles
from flows.keiei.programme import KEIEI


def hear(text: str, *, learned: bool = True) -> tuple[Trouble, ...]:
    plain = normalise(text)
    model = learned_for(KEIEI)[TROUBLE] if learned else None
    return troubles(Reading(plain, clauses_of(plain)), emergency_words_for(KEIEI), model)


def test_trouble_without_its_words_is_heard() -> None:
    said = "年金事務所の人が帳簿と通帳を全部うつしていった、来週また来るって"
    assert not [each for each in hear(said, learned=False) if each.kind is TroubleKind.URGENT]
    assert [each.kind for each in hear(said)] == [TroubleKind.URGENT]


@pytest.mark.parametrize("said", ["いらない", "子ども", "消えた", "もうない", "だめ"])
def test_a_word_alone_is_no_trouble(said: str) -> None:
    assert not hear(said)


def test_words_of_somebody_who_has_begun_are_never_doubted() -> None:
    told = [each for each in hear("薬をたくさん飲んだ", learned=False) if each.imminent]
    assert told
    assert set(told) <= set(hear("薬をたくさん飲んだ"))


def test_a_long_story_is_heard_by_words_alone() -> None:
    story = "うちは食堂です。" * 40
    assert not hear(story)

"""Labelled lines of trouble add warnings where they may, and nowhere else."""

from math import log

import pytest

from bot.dialogue.lexicon import TROUBLE, emergency_words_for, learned_for
from bot.understand.learned.model import SCALE, make_ready
from bot.understand.learned.trained import make
from bot.understand.reading.kinds import clauses_of
from bot.understand.reading.normal import normalise
from bot.understand.reading.reading import Reading
from bot.understand.trouble import Trouble, TroubleKind, troubles
from bot.understand.trouble.by_example import weigh_by_example
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


def weigh(found: list[Trouble], **shares: float) -> list[Trouble]:
    """Weigh with a model that gives these labels their share, and none the rest."""
    said = "この話をどう聞くか"
    labels = ("danger", "despair", "heavy", "none", "wages")
    given = {label: shares.get(label, 0.001) for label in labels}
    trained = make(labels, [round(SCALE * log(given[each])) for each in labels], {}, "")
    model = make_ready({"trouble": trained})["trouble"]
    return weigh_by_example(found, said, clauses_of(said), frozenset(), model)


WAGES = Trouble(TroubleKind.URGENT, clauses_of("給料")[0], "wages")


@pytest.mark.parametrize(
    ("share", "heard"), [(0.6, [False]), (0.4, [True]), (0.1, [])], ids=["sure", "asked", "none"]
)
def test_money_without_its_words_is_heard_asked_about_or_left(
    share: float, heard: list[bool]
) -> None:
    found = weigh([], wages=share, none=1 - share)
    assert [each.doubtful for each in found] == heard


@pytest.mark.parametrize(
    ("share", "heard"), [(0.5, [False]), (0.15, [True]), (0.05, [])], ids=["sure", "asked", "none"]
)
def test_words_of_money_are_believed_asked_about_or_dropped(
    share: float, heard: list[bool]
) -> None:
    found = weigh([WAGES], wages=share, none=1 - share)
    assert [each.doubtful for each in found] == heard


def test_despair_without_its_words_is_asked_about_where_it_is_doubtful() -> None:
    (asked,) = weigh([], despair=0.25, none=0.75)
    assert (asked.kind, asked.doubtful) == (TroubleKind.DESPAIR, True)
    (heard,) = weigh([], despair=0.5, none=0.5)
    assert not heard.doubtful


def test_despair_that_may_be_a_heavy_heart_is_asked_about_too() -> None:
    found = weigh([], heavy=0.5, despair=0.2, none=0.3)
    kinds = [(each.kind, each.doubtful) for each in found]
    assert kinds == [(TroubleKind.HEAVY, False), (TroubleKind.DESPAIR, True)]


@pytest.mark.parametrize(
    ("share", "heard"), [(0.5, [False]), (0.1, [True]), (0.02, [])], ids=["sure", "asked", "none"]
)
def test_words_of_despair_are_believed_asked_about_or_dropped(
    share: float, heard: list[bool]
) -> None:
    said = Trouble(TroubleKind.DESPAIR, WAGES.clause)
    found = weigh([said], despair=share, none=1 - share)
    assert [each.doubtful for each in found] == heard


def test_a_long_story_is_heard_by_words_alone() -> None:
    story = "うちは食堂です。" * 40
    assert not hear(story)

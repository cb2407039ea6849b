"""Clauses without a known word tell at most likely facts, and block no answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.lexicon import learned_for, lexicon_for
from bot.understand.learned.telling import add_likely
from bot.understand.reading import Certainty, Reading, read
from flows.keiei.programme import KEIEI

LEARNED, LEXICON = learned_for(KEIEI), lexicon_for(KEIEI)


def hear(text: str, expecting: str | None = None) -> Reading:
    return add_likely(read(text, LEXICON, expecting), LEARNED, expecting)


@pytest.mark.parametrize(
    ("text", "question", "option"),
    [
        ("紙の袋をこしらえてます", "industry", "manufacturing"),
        ("団体さんがぱったり来なくなった", "cause", "fewer_customers"),
        ("口座には数千円しか残っていない", "cash", "this_month"),
    ],
)
def test_clause_without_known_words_tells_a_likely_fact(
    text: str, question: str, option: str
) -> None:
    assert read(text, LEXICON).fact(question) is None
    fact = hear(text).fact(question)
    assert fact is not None
    assert fact.certainty is Certainty.LIKELY
    assert option in fact.options


@pytest.mark.parametrize(
    "text",
    ["はじめまして、よろしくお願いします", "祖父の代から続けています", "隣の店は先月閉めました"],
)
def test_clause_that_tells_nothing_gives_no_fact(text: str) -> None:
    assert hear(text).facts == read(text, LEXICON).facts


def test_question_asked_gives_no_fact() -> None:
    assert (
        hear("線香を練る店でも使えますか").facts
        == read("線香を練る店でも使えますか", LEXICON).facts
    )


@given(st.text(max_size=120), st.sampled_from([None, "sales", "costs"]))
def test_only_likely_facts_are_added_to_what_was_read(text: str, expecting: str | None) -> None:
    before = read(text, LEXICON, expecting)
    after = add_likely(before, LEARNED, expecting)
    added = after.facts[len(before.facts) :]
    assert after.facts[: len(before.facts)] == before.facts
    assert all(fact.certainty is Certainty.LIKELY for fact in added)
    assert all(len(fact.options) in {1, 2} for fact in added)
    assert not {fact.question for fact in added} & {fact.question for fact in before.facts}


def test_without_models_nothing_is_added() -> None:
    reading = read("線香を練っています", LEXICON)
    assert add_likely(reading, {}) is reading

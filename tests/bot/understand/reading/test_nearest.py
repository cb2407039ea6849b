"""What is offered when nothing was understood: never a record, never more than two options."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from bot.understand.reading import encoder, lexicon_of, read
from bot.understand.reading.nearest import MOST_OFFERED, BySpelling, Likeness, nearest_of
from flows.flow import UNKNOWN
from flows.keiei.catalog import QUESTIONS

VECTORS = Path("flows/keiei/words/vectors.npz")
LEXICON = lexicon_of(QUESTIONS)
SPELLING = nearest_of(QUESTIONS.values(), BySpelling())


def offers(text: str, question: str, likeness: Likeness | None = None) -> tuple[str, ...]:
    nearest = nearest_of(QUESTIONS.values(), likeness) if likeness else SPELLING
    return nearest.offers(read(text, LEXICON, question), question)


def test_offers_of_a_labelled_example_begin_with_its_option() -> None:
    for question in QUESTIONS.values():
        for option, words in question.words.options.items():
            for text in words.examples:
                if not read(text, LEXICON, question.id).asks:
                    assert option in offers(text, question.id), (question.id, text)


def test_offers_by_spelling_hear_a_misconversion() -> None:
    assert "short_handed" in offers("職員がやめた", "cause")


def test_offers_of_a_question_or_a_story_are_none() -> None:
    assert offers("職人が辞めたらどうなりますか", "cause") == ()
    assert offers("職人が辞めた。" * 20, "cause") == ()


def test_offers_are_at_most_two_and_never_unknown() -> None:
    for text in ("売上", "さあ", "職人が辞めた", "遅れ"):
        for question in QUESTIONS:
            found = offers(text, question)
            assert len(found) <= MOST_OFFERED
            assert UNKNOWN.id not in found


@pytest.mark.skipif(not encoder.is_installed(), reason="needs the extra `meaning`")
def test_the_vectors_of_all_examples_are_kept() -> None:
    kept = encoder.kept_vectors(VECTORS)
    texts = {
        text
        for question in QUESTIONS.values()
        for words in question.words.options.values()
        for text in words.examples
    }
    assert {encoder.key_of(text) for text in texts} <= kept.keys(), "run scripts/encode_examples.py"


@pytest.mark.skipif(not encoder.is_installed(), reason="needs the extra `meaning`")
def test_offers_by_meaning_hear_other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    # A server started in this process may have decided to stay with spelling.
    monkeypatch.setattr(encoder, "_LOADING", threading.Event())
    assert "short_handed" in offers(
        "働いてくれる人が見つからない", "cause", encoder.ByMeaning(VECTORS)
    )

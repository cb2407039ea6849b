"""A bubble has at most about 120 characters, so that owners read it."""

import pytest

from bot.presentation.wording import LANGUAGE, catalogue
from flows.keiei.programme import KEIEI
from knowledge.faq.wording import wordlists
from knowledge.library import load

LONGEST = 120
"""Characters of a bubble.

The source with its day stands below an answer and is not counted.
"""

ON_CARDS = frozenset({"trouble.danger_now", "trouble.despair_now"})
"""Said on a card of one screen, whose length a browser measures."""

TO_AGREE_TO = frozenset({"follow_up.offer"})
"""Terms of a consent, which stand together with a line for each."""

TO_COPY = frozenset({"follow_up.report"})
"""A draft to hand on, not something said."""

EXCEPT = ON_CARDS | TO_AGREE_TO | TO_COPY
SENTENCES = {key: said for key, said in catalogue(LANGUAGE).items() if key not in EXCEPT}
ANSWERS = {entry.id: entry.answer for entry in load().faq.entries}
REPLIES = {topic["name"]: topic["reply"] for topic in wordlists.other_topics()}
QUESTIONS = {each.id: each.text + each.hint for each in KEIEI.questions.values()}
REMARKS = {each.id: each.text for each in KEIEI.remarks.values()}
STEPS = {
    f"{guide.id} {number}": text
    for guide in KEIEI.guides.values()
    for number, (text, _) in enumerate(guide.lines)
}


@pytest.mark.parametrize(
    "said",
    [SENTENCES, ANSWERS, REPLIES, QUESTIONS, REMARKS, STEPS],
    ids=["sentences", "answers", "other topics", "questions", "remarks", "steps"],
)
def test_bubble_is_short_enough_to_be_read(said: dict[str, str]) -> None:
    assert {key: len(text) for key, text in said.items() if len(text) > LONGEST} == {}


def test_exceptions_are_sentences_that_exist() -> None:
    assert set(catalogue(LANGUAGE)) >= EXCEPT

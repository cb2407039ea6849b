"""A close runner-up, and likeness to foreign topics, make an answer less sure."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.faq.answers import Answer, Entry, Faq, Suggestions, load
from knowledge.faq.matching.decide import Decision, Thresholds
from knowledge.faq.matching.elsewhere import Elsewhere, texts
from knowledge.faq.matching.finder import Outcome, join
from knowledge.faq.matching.index import build, view_entries
from knowledge.faq.matching.naming import Naming
from knowledge.faq.matching.search import Search

FAQ = load()
SOME = Thresholds(sharpness=20, nothing=3, elsewhere=12, answer=0.7, least=0.3, offer=0.3)
SCORES = st.lists(st.floats(0, 1), max_size=8).map(lambda some: sorted(some, reverse=True))


@given(SCORES, st.floats(0, 1))
def test_chances_of_any_scores_add_up_to_at_most_one(scores: list[float], likeness: float) -> None:
    chances = SOME.chances(scores, likeness)
    assert sum(chances) <= 1 + 1e-9
    assert chances == sorted(chances, reverse=True)


def test_decision_with_a_close_runner_up_is_an_offer() -> None:
    assert SOME.decide([0.6, 0.2]) is Decision.ANSWER
    assert SOME.decide([0.6, 0.59]) is Decision.SUGGEST


def test_decision_beside_a_likelier_question_of_others_is_none() -> None:
    assert SOME.decide([0.6, 0.2], elsewhere=0.9) is Decision.NONE


def test_decision_on_many_faint_scores_is_none() -> None:
    assert SOME.decide([0.15] * 30) is Decision.NONE
    assert SOME.decide([]) is Decision.NONE


def test_decision_on_a_faint_score_alone_is_no_answer() -> None:
    assert SOME.chances([0.29])[0] >= SOME.answer
    assert SOME.decide([0.29]) is Decision.SUGGEST


def test_worth_offering_leaves_out_what_is_far_behind() -> None:
    assert SOME.worth_offering([0.5, 0.48, 0.1]) == 2
    assert SOME.worth_offering([0.5, 0.48, 0.47, 0.46]) == 3


@pytest.mark.parametrize("build_name", ["spelling", "meaning"])
def test_shipped_thresholds_are_chances(build_name: str) -> None:
    shipped = Thresholds.shipped(build_name)
    assert 0 < shipped.offer < shipped.answer < 1


def test_offers_are_at_most_three_each_once() -> None:
    for text in ("保証", "銀行", "費用", "相談", "計画", "返済", "税金"):
        found = FAQ.find(text)
        offered = [m.entry.id for m in found.matches] if isinstance(found, Suggestions) else []
        assert len(offered) == len(set(offered)) <= 3


SENSITIVE = Entry(
    "b", "粉飾した決算でも相談できますか", "", ("決算書をごまかした",), sensitive=True
)
NEUTRAL_ONE = Entry("a", "決算のことを相談できますか", "", ("決算書の見方",))


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("決算", False),
        ("相談できますか", False),
        ("粉飾", True),
        ("ふんしょくしてる", True),
        ("決算をごまかしてる", True),
    ],
)
def test_a_sensitive_entry_is_offered_only_where_it_is_named(text: str, *, may: bool) -> None:
    others = (NEUTRAL_ONE, Entry("c", "決算書はいつ出ますか", ""), Entry("d", "決算と相談", ""))
    entries = (SENSITIVE, *others)
    assert Naming.of(entries, view_entries(entries)).may_offer(0, text) is may
    found = Faq((SENSITIVE, *others)).find(text)
    offered = [m.entry.id for m in found.matches] if isinstance(found, Suggestions) else []
    assert may or "b" not in offered


def test_what_closing_is_called_names_the_entries_on_closing() -> None:
    for text in ("廃業の費用はどれくらい", "店を畳むのになんぼかかるもんなん"):
        found = FAQ.find(text)
        assert isinstance(found, Answer | Suggestions)
        assert "closing-costs" in [match.entry.id for match in found.matches]


ONE, TWO, THREE = 1, 2, 3


@pytest.mark.parametrize(
    ("parts", "whole", "joined"),
    [
        (("suggest", (ONE, 0.3), (TWO, 0.2)), ("suggest", (THREE, 0.4)), (THREE, ONE, TWO)),
        (("suggest", (ONE, 0.3), (TWO, 0.2)), ("answer", (ONE, 0.5)), (ONE,)),
        (("suggest", (ONE, 0.7), (TWO, 0.6)), ("answer", (ONE, 0.5)), (ONE, TWO)),
        (("answer", (TWO, 0.7), (ONE, 0.6)), ("answer", (ONE, 0.5)), (TWO, ONE)),
        (("none",), ("suggest", (THREE, 0.4)), (THREE,)),
    ],
)
def test_what_two_questions_and_the_whole_message_mean_is_joined(
    parts: tuple[Any, ...], whole: tuple[Any, ...], joined: tuple[int, ...]
) -> None:
    found = join(*(Outcome(Decision(kind), tuple(ranked)) for kind, *ranked in (parts, whole)))
    assert tuple(number for number, _ in found.ranked) == joined


@pytest.mark.parametrize(
    "text", ["看板の色はどれがいいですか", "制服を新しくしたい", "孫の入学祝い"]
)
def test_questions_of_another_office_are_not_answered(text: str) -> None:
    assert not isinstance(FAQ.find(text), Answer)


def test_likeness_to_what_is_not_ours_is_higher_for_what_is_not_ours() -> None:
    elsewhere = Elsewhere(Search(build(FAQ.entries)))
    assert elsewhere.likeness("看板の色はどれがいいですか") > elsewhere.likeness("リスケの期間は")


def test_a_question_of_another_office_that_a_faq_asks_itself_is_its_own() -> None:
    asked = "看板の色は何がいい"
    assert asked in texts()
    signs = Search(build((Entry("a", asked, ""), Entry("b", "ごみの日", ""))))
    assert Elsewhere(signs).likeness(asked) < Elsewhere(Search(build(FAQ.entries))).likeness(asked)

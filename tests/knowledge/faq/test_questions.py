"""The labelled questions, written apart from the FAQ, and their measured results.

The figures and the confusions are printed in every test run.
"""

import sys
from collections import Counter
from collections.abc import Callable

import pytest

from knowledge.faq.answers import Answer, Found, Suggestions, load
from knowledge.faq.matching.decide import Thresholds
from knowledge.faq.wording.language import kana
from knowledge.faq.wording.normalise import fold, squeeze
from scripts.faq_cases import Case, Seen, auroc, cases, look, outcomes, shares, thin

FAQ = load()
CASES = cases()
INSIDE = [case for case in CASES if case.expected]
OUTSIDE = [case for case in CASES if not case.expected]


def key(text: str) -> str:
    """The text without symbols, blanks, widths and kinds of kana."""
    return kana(squeeze(fold(text)))


def offered(found: Found) -> list[str]:
    return [match.entry.id for match in found.matches] if isinstance(found, Suggestions) else []


def answered(found: Found) -> list[str]:
    return [match.entry.id for match in found.matches] if isinstance(found, Answer) else []


def test_the_set_is_large_and_a_fifth_is_out_of_scope() -> None:
    assert len(CASES) >= 400
    assert len(OUTSIDE) >= len(CASES) / 5
    assert len({key(case.text) for case in CASES}) == len(CASES)


def test_every_label_exists_and_every_entry_is_asked_for() -> None:
    labels = {label for case in CASES for label in case.expected}
    assert labels == {entry.id for entry in FAQ.entries}


def test_no_question_of_the_set_stands_in_the_faq() -> None:
    written = {key(text) for entry in FAQ.entries for text in (entry.question, *entry.phrasings)}
    assert [case.text for case in CASES if key(case.text) in written] == []


Say = Callable[[str], None]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    def aloud(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{line}")

    return aloud


@pytest.fixture(scope="module")
def ours() -> list[Seen]:
    return look(FAQ.entries, CASES)


@pytest.fixture(scope="module")
def thinner() -> list[Seen]:
    return look(thin(FAQ.entries), CASES)


def test_the_right_entry_is_found(ours: list[Seen], say: Say) -> None:
    first, in_three, known = figures(ours)
    say(f"FAQ: top-1 {first:.3f}, in three {in_three:.3f}, AUROC {known:.3f} without topic list")
    say(f"top-1 by kind: {by_kind(ours)}")
    say(f"confusions (meant → found): {confusions(ours)}")
    assert (first >= 0.85, in_three >= 0.94, known >= 0.90) == (True, True, True)


def test_the_right_entry_is_found_with_few_phrasings_too(thinner: list[Seen], say: Say) -> None:
    first, in_three, known = figures(thinner)
    say(f"FAQ with four phrasings: top-1 {first:.3f}, in three {in_three:.3f}, AUROC {known:.3f}")
    # Over 213 entries some word of what is out of scope is always met; over 130 this was 0.87. A fifth
    # of the set was written to share no words with the FAQ; without it this is .78 and .88.
    assert (first >= 0.75, in_three >= 0.86, known >= 0.84) == (True, True, True)


@pytest.mark.parametrize("version", ["ours", "thinner"])
def test_the_shipped_thresholds_are_careful(
    version: str, request: pytest.FixtureRequest, say: Say
) -> None:
    share = shares(outcomes(request.getfixturevalue(version), Thresholds.shipped("spelling")))
    told = ", ".join(f"{name} {value:.3f}" for name, value in share.items())
    say(f"FAQ {version}, no topic list: {told}")
    assert share["wrong"] <= 0.02
    assert share["outside_answer"] <= 0.04
    assert share["outside_suggest"] <= 0.20
    assert share["right"] + share["offered"] >= 0.77


def test_with_everything_on_owners_are_helped(say: Say) -> None:
    found = {case: FAQ.find(case.text) for case in CASES}
    right = sum(bool(case.expected & set(answered(found[case])[:1])) for case in INSIDE)
    wrong = sum(bool(answered(found[case])) for case in INSIDE) - right
    helped = sum(bool(case.expected & set(offered(found[case]))) for case in INSIDE)
    outside = sum(bool(answered(found[case])) for case in OUTSIDE)
    say(
        f"FAQ as shipped: answered right {right / len(INSIDE):.3f}, wrong {wrong / len(INSIDE):.3f}"
    )
    say(f"offered {helped / len(INSIDE):.3f}, out of scope answered {outside / len(OUTSIDE):.3f}")
    assert wrong / len(INSIDE) <= 0.02
    assert (right + helped) / len(INSIDE) >= 0.85
    assert outside / len(OUTSIDE) <= 0.02


@pytest.mark.parametrize(
    "case", [case for case in CASES if len(case.expected) > 1], ids=lambda case: case.text
)
def test_compound_questions_are_answered_or_offered_whole(case: Case) -> None:
    found = FAQ.find(case.text)
    assert case.expected == set(answered(found)) | set(offered(found))


def figures(seen: list[Seen]) -> tuple[float, float, float]:
    """Top-1, within three, and AUROC of the best score."""
    inside = [one for one in seen if one.case.expected]
    outside = [one for one in seen if not one.case.expected]
    first = sum(one.right[:1] == (True,) for one in inside)
    in_three = sum(any(one.right[:3]) for one in inside)
    return first / len(inside), in_three / len(inside), auroc(map(best, inside), map(best, outside))


def best(one: Seen) -> float:
    return max(one.scores, default=0.0)


def by_kind(seen: list[Seen]) -> str:
    asked = Counter(one.case.kind for one in seen if one.case.expected)
    right = Counter(one.case.kind for one in seen if one.right[:1] == (True,))
    return ", ".join(f"{kind} {right[kind]}/{count}" for kind, count in asked.items())


def confusions(seen: list[Seen]) -> str:
    wrong = [one for one in seen if one.case.expected and one.right[:1] != (True,)]
    pairs = Counter(f"{'|'.join(one.case.expected)} → {''.join(one.ids[:1])}" for one in wrong)
    return "; ".join(pair if count == 1 else f"{pair} ×{count}" for pair, count in pairs.items())

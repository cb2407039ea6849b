"""Facts with a term are listed from sixty days before its end on."""

from datetime import date, timedelta

import pytest

from knowledge import terms
from knowledge.files import read_json
from knowledge.terms import AHEAD_DAYS, due, in_words, load

TODAY = date(2026, 11, 30)


def test_due_lists_what_has_passed_and_what_ends_soon_and_nothing_else() -> None:
    assert [each.id for each in due(TODAY)] == [
        "support-guarantee-strengthened",
        "early-revival-law",
    ]


@pytest.mark.parametrize("term", load(), ids=lambda term: term.id)
def test_a_term_is_due_from_sixty_days_before_its_end(term: terms.Term) -> None:
    first = date.fromisoformat(term.until) - timedelta(days=AHEAD_DAYS)
    assert term in due(first)
    assert term not in due(first - timedelta(days=1))


def test_in_words_says_whether_it_has_passed_and_where_it_stands() -> None:
    passed, coming = due(TODAY)
    assert "passed on 2026-03-31" in in_words(passed, TODAY)
    assert "2026-12-13, in 13 days" in in_words(coming, TODAY)
    assert "faq.md" in in_words(coming, TODAY)


def test_the_file_has_no_faults() -> None:
    assert list(terms.problems()) == []


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({"until": "2026-13-01"}, "until"),
        ({"sources": ["S9999"]}, "sources"),
        ({"what": ""}, "what"),
    ],
)
def test_a_fault_is_named(broken: dict[str, object], says: str) -> None:
    def read(name: str) -> object:
        content = read_json(name)
        return [{**content[0], **broken}] if name == terms.FILE else content

    (fault,) = terms.problems(read)
    assert says in fault

"""Figures as owners type them, from `tests/cases/figures.csv` with a line for each kind.

`=` an amount, `~` about, `..` a range, `?kind:` asked about with what is perhaps meant. The day is
2026-11-30.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.figures.figures import NAMES, Figures
from bot.understand.figures.doubts import Doubt, doubt_sum, doubt_together, doubt_units
from bot.understand.figures.naming import TypedFigures, read_figures
from bot.understand.figures.payments import FoundPayment
from bot.understand.figures.vocabulary import vocabulary
from bot.understand.reading.numbers.yen import LARGEST, LONGEST_READ, Sum, sums_in
from tests.bot.figures.owners_figures import TODAY, TYPED

CASH = ("cash", "monthly_sales", "monthly_costs", "monthly_repayment", "payments")
CASES = [*csv.DictReader(Path("tests/cases/figures.csv").read_text("utf-8").splitlines())]


def asked_with(name: str) -> tuple[str, ...]:
    """Return the figures asked for together, of the cash picture or all others."""
    return CASH if name in CASH else tuple(each for each in NAMES if each not in CASH)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['asking']}: {case['text']}")
def test_typed_figure_is_read_as_labelled(case: dict[str, str]) -> None:
    found = read_figures(case["text"], case["asking"], asked_with(case["asking"]), TODAY)
    assert write(found) == case["expected"]


def write(found: TypedFigures) -> str:
    if found.whole:
        return found.whole
    if doubt := first_doubt(found):
        likely = ";".join(f"{name}={value}" for name, value in doubt.likely.items())
        return f"?{doubt.kind}" + (f":{likely}" if likely else "")
    told = [*(name + write_sum(each) for name, each in found.sums.items())]
    if found.payments:
        told.append("payments=" + "+".join(map(write_payment, found.payments)))
    return ";".join(told) or "nothing"


def first_doubt(found: TypedFigures) -> Doubt | None:
    return next(_doubts(found), None)


def _doubts(found: TypedFigures) -> Iterator[Doubt]:
    if doubt := doubt_units(found.sums):
        yield doubt
    known = Figures()
    for name, each in found.sums.items():
        known = known.with_figure(name, each.value, TYPED)
        for doubt in (doubt_sum(name, each), doubt_together(known, name)):
            if doubt:
                yield doubt


def write_sum(found: Sum) -> str:
    if found.low != found.high:
        return f"={found.low}..{'' if found.high is None else found.high}"
    return f"{'~' if found.about else '='}{found.low}"


def write_payment(found: FoundPayment) -> str:
    day = f"?{found.unread_day}" if found.unread_day else str(found.due or "undated")
    return f"{day}:{found.sum.value}:{found.what}"


def test_there_are_many_kinds() -> None:
    assert len({(case["text"], case["asking"]) for case in CASES}) >= 150


def test_words_name_figures_there_are() -> None:
    assert {figure for names in vocabulary().names.values() for figure in names} <= {*NAMES}


@settings(max_examples=150)
@given(st.integers(1, 9999), st.sampled_from(["万", "億"]), st.sampled_from(["", "円", "円です"]))
def test_amount_written_in_any_unit_is_read(number: int, unit: str, ending: str) -> None:
    (found,) = sums_in(f"{number}{unit}{ending}")
    assert found.low == found.high == number * {"万": 10**4, "億": 10**8}[unit]


@settings(max_examples=200)
@given(st.text(alphabet="0123456789.,、〜-万億千百十円月年借入返済返売上赤字は 。\n", max_size=60))
def test_any_line_of_figures_is_read_without_error(text: str) -> None:
    for each in sums_in(text):
        assert 0 <= each.low <= LARGEST
        assert each.high is None or each.low <= each.high
    for name in ("cash", "payments", "headcount", "ordinary_profit"):
        found = read_figures(text, name, asked_with(name), TODAY)
        assert found.sums.keys() <= {*NAMES}
        assert all(each.sum.value >= 0 for each in found.payments)


@given(st.text(max_size=3000))
@settings(max_examples=50)
def test_any_text_at_all_is_read_without_error(text: str) -> None:
    assert sum(len(each.before) + len(each.after) for each in sums_in(text)) <= 2 * LONGEST_READ

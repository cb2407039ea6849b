"""Pictures are whole SVG inside their frame, and say their content in words."""

from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.figures.figures import Figures, Payment
from bot.figures.svg import ENOUGH, LACKING
from bot.presentation.pictures import draw_cash, draw_debt, draw_load, drawings_of
from tests.bot.figures.owners_figures import MAN, TODAY, TYPED, any_figures, figures

SVG = "{http://www.w3.org/2000/svg}"
NOODLES = figures(
    cash=300,
    monthly_sales=250,
    monthly_costs=230,
    monthly_repayment=62,
    debt=4800,
    ordinary_profit=150,
    depreciation=200,
    income_tax=20,
)


def root(svg: str | None) -> ET.Element:
    assert svg is not None
    return ET.fromstring(svg)  # noqa: S314 - made by ourselves


def words(tree: ET.Element) -> list[str]:
    return [each.text or "" for each in tree.iter(f"{SVG}text")]


def test_cash_shows_each_month_its_money_and_the_line_of_a_pause() -> None:
    tree = root(draw_cash(NOODLES, TODAY, 12))
    assert words(tree)[0] == "2027年7月に足りなくなりそうです"
    fills = [each.get("fill") for each in tree.iter(f"{SVG}rect")][2:]
    assert fills == [ENOUGH] * 7 + [LACKING] * 5
    assert len([*tree.iter(f"{SVG}circle")]) == 12


def test_cash_is_told_in_words_for_those_who_do_not_see_it() -> None:
    tree = root(draw_cash(NOODLES, TODAY))
    told = tree.findtext(f"{SVG}desc") or ""
    assert "2027年1月末は216万円。" in told
    assert tree.get("role") == "img"
    labels = (tree.get("aria-labelledby") or "").split()
    assert labels == [
        each.get("id") for each in (*tree.iter(f"{SVG}title"), *tree.iter(f"{SVG}desc"))
    ]


def test_debt_is_shown_with_costs_changed_and_the_mark() -> None:
    said = words(root(draw_debt(NOODLES)))
    assert said[1:] == [
        "費用が10%減ったら", "約8年", "いま", "約14.6年", "費用が10%増えたら", "約88.9年", "目安 10年以内",
    ]  # fmt: skip


def test_no_cash_flow_draws_no_bar() -> None:
    tree = root(draw_debt(figures(debt=4800, ordinary_profit=-100)))
    assert [*tree.iter(f"{SVG}rect")] == []
    assert "出せません" in words(tree)


def test_words_of_an_owner_are_escaped() -> None:
    bill = Payment(date(2026, 12, 1), 900 * MAN, "<script>&")
    svg = draw_cash(NOODLES.with_payments((bill,), TYPED), TODAY) or ""
    assert "<script>" not in svg
    assert "<script>&" in (root(svg).findtext(f"{SVG}desc") or "")


def test_drawings_are_those_the_figures_suffice_for() -> None:
    assert [each.id for each in drawings_of(NOODLES, TODAY)] == ["cash", "debt", "load"]
    assert [each.id for each in drawings_of(NOODLES.without("cash"), TODAY)] == ["debt", "load"]
    assert drawings_of(Figures(), TODAY) == ()


@pytest.mark.parametrize("draw", [lambda kept: draw_cash(kept, TODAY), draw_debt, draw_load])
def test_nothing_given_draws_nothing(draw: object) -> None:
    assert callable(draw)
    assert draw(Figures()) is None


@settings(max_examples=40)
@given(any_figures(), st.integers(3, 12))
def test_any_picture_is_whole_and_inside_its_frame(kept: Figures, months: int) -> None:
    for svg in filter(None, (draw_cash(kept, TODAY, months), draw_debt(kept), draw_load(kept))):
        tree = ET.fromstring(svg)  # noqa: S314 - made by ourselves
        width, height = map(float, (tree.get("viewBox") or "").split()[2:])
        for x, y in points(tree):
            assert -1 <= x <= width + 1
            assert -1 <= y <= height + 1


def points(tree: ET.Element) -> Iterator[tuple[float, float]]:
    for each in tree.iter(f"{SVG}rect"):
        x, y, width, height = (float(each.get(name, "")) for name in ("x", "y", "width", "height"))
        yield x, y
        yield x + width, y + height
    for each in (*tree.iter(f"{SVG}text"),):
        yield float(each.get("x", "")), float(each.get("y", ""))
    for each in tree.iter(f"{SVG}circle"):
        yield float(each.get("cx", "")), float(each.get("cy", ""))

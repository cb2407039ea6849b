"""Draw the pictures as SVG.

They show the cash of the next months, the years of debt, and repayment beside a year's cash flow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.figures.bars import Bar, Bars, draw_bars
from bot.figures.cash import CashMonth, CashOutlook, look_ahead, pause_repayment
from bot.figures.columns import Column, Columns, draw_columns
from bot.figures.debt import CHANGE, MARK, DebtYears, change_costs, debt_years, repayment_load
from bot.figures.figures import Figures
from bot.presentation.cards.figure_cards import in_man, say_years, what_cash_shows
from bot.presentation.figure_words import say_month
from bot.presentation.money import say_about
from bot.presentation.wording import say


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as SVG, by an id that is its own on a page."""

    id: str
    svg: str


def drawings_of(figures: Figures, today: date, months: int = 6) -> tuple[Drawing, ...]:
    """Draw every picture that the figures suffice for."""
    drawn = {
        "cash": draw_cash(figures, today, months),
        "debt": draw_debt(figures),
        "load": draw_load(figures),
    }
    return tuple(Drawing(id_, svg) for id_, svg in drawn.items() if svg)


_ALL_NAMED = 6
"""Columns up to which every one says its value."""


def draw_cash(figures: Figures, today: date, months: int = 6) -> str | None:
    """Draw the money at the end of each month, also with a pause.

    None while figures are missing.
    """
    outlook = look_ahead(figures, today, months)
    if outlook is None:
        return None
    paused = look_ahead(pause_repayment(figures), today, months)
    line = [each.end for each in paused.months] if paused and figures.monthly_repayment else []
    columns = tuple(_column(each, outlook) for each in outlook.months)
    return draw_columns(
        Columns(
            "cash",
            _cash_title(outlook),
            "".join(_describe_outlook(outlook, line)),
            columns,
            say("figures.chart_above"),
            say("figures.chart_below"),
            say("figures.chart_unit"),
            line,
            say("figures.chart_paused") if line else "",
        )
    )


def _cash_title(outlook: CashOutlook) -> str:
    below = outlook.first_below
    if below is None:
        return say("figures.chart_lasts", count=len(outlook.months))
    return say("figures.chart_falls", month=say_month(below.month))


def _column(month: CashMonth, outlook: CashOutlook) -> Column:
    is_named = len(outlook.months) <= _ALL_NAMED or month in (
        outlook.months[0],
        outlook.first_below,
        outlook.months[-1],
    )
    words = in_man(month.end) if is_named else ""
    return Column(say("figures.month", month=month.month.month), month.end, words)


def _describe_outlook(outlook: CashOutlook, line: list[int]) -> Iterator[str]:
    """Say everything the picture shows, for people who do not see it."""
    yield from what_cash_shows(outlook)
    for each in outlook.months:
        yield say("figures.chart_month", month=say_month(each.month), amount=say_about(each.end))
    if line:
        yield say("figures.chart_paused_end", amount=say_about(line[-1]))


def draw_debt(figures: Figures) -> str | None:
    """Draw the years of debt with costs as now, a tenth lower and higher.

    None while figures are missing.
    """
    now = debt_years(figures)
    if now is None:
        return None
    bars = tuple(_years_bars(figures, now))
    described = "".join(say("figures.chart_bar", name=each.name, words=each.words) for each in bars)
    return draw_bars(
        Bars("debt", say("figures.chart_debt"), described, bars, MARK, say("figures.chart_mark"))
    )


def _years_bars(figures: Figures, now: DebtYears) -> Iterator[Bar]:
    less, more = (change_costs(figures, percent) for percent in (-CHANGE, CHANGE))
    if less is not None:
        yield _years_bar(say("figures.chart_less", percent=CHANGE), debt_years(less))
    yield _years_bar(say("figures.chart_now"), now)
    if more is not None:
        yield _years_bar(say("figures.chart_more", percent=CHANGE), debt_years(more))


def _years_bar(name: str, found: DebtYears | None) -> Bar:
    years = found.years if found else None
    return Bar(name, years, say_years(found), is_good=bool(found and found.is_within_mark))


def draw_load(figures: Figures) -> str | None:
    """Draw a year's repayment beside its cash flow.

    None while figures are missing.
    """
    load = repayment_load(figures)
    if load is None:
        return None
    is_enough = load.left >= 0
    flow = load.cash_flow.yen
    bars = (
        Bar(say("figures.chart_flow"), max(flow, 0), say_about(flow), is_good=is_enough),
        Bar(
            say("figures.chart_repayment"), load.repayment, say_about(load.repayment), is_good=True
        ),
    )
    described = "".join(say("figures.chart_bar", name=each.name, words=each.words) for each in bars)
    return draw_bars(Bars("load", say("figures.chart_load"), described, bars))

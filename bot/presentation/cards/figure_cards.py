"""Write the pictures in words, a card each.

A card has the meaning, the table, the way it was computed, and sources.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from bot.figures.cash import NEEDED, CashMonth, CashOutlook, look_ahead, pause_repayment
from bot.figures.debt import (
    CHANGE,
    MARK_SOURCES,
    DebtYears,
    change_costs,
    debt_years,
    repayment_load,
)
from bot.figures.figures import Figures, How
from bot.figures.indicators import Indicator, Unit, six_indicators
from bot.figures.pictures import ASKS, Picture
from bot.model.messages import Card, Section, Tone
from bot.presentation.figure_words import (
    name_figures,
    origin_lines,
    say_date,
    say_month,
    say_outflow,
)
from bot.presentation.money import say_about
from bot.presentation.source_lines import sources_section
from bot.presentation.wording import say, say_of_kind
from knowledge.library import Library

_MAN = 10_000
_CASH_SOURCES = ("S76", "S73")
_MARK_SOURCES = ("S04", "S66")
"""The public source and the latest. The others stand with the origins."""
_DEBT_SOURCES = ("S67", *MARK_SOURCES)

SOURCES: Mapping[Picture, tuple[str, ...]] = {
    Picture.CASH: _CASH_SOURCES,
    Picture.DEBT: _DEBT_SOURCES,
    Picture.SIX: (),
}
"""Sources of each picture's formula."""

DRAWN_FROM: Mapping[Picture, tuple[str, ...]] = {
    Picture.CASH: NEEDED,
    Picture.DEBT: ("debt", "ordinary_profit"),
    Picture.SIX: (),
}
"""Without these figures a picture cannot be made."""


def picture_card(
    picture: Picture, figures: Figures, today: date, library: Library, months: int = 6
) -> Card:
    """Say the meaning of a picture, or its missing figures."""
    missing = tuple(name for name in DRAWN_FROM[picture] if figures.value(name) is None)
    if missing:
        return Card(_TITLES[picture], (Section("", (_missing(missing),)),))
    return _CARDS[picture](figures, today, library, months)


def origins_card(figures: Figures, library: Library) -> Card:
    """Tell the origin of every figure, and the assumptions of a cash picture."""
    known = all(figures.value(name) is not None for name in NEEDED)
    sections = (
        Section("", tuple(origin_lines(figures)), small=True),
        Section(say("figures.how_heading"), (say("figures.order_note"),) if known else ()),
        sources_section((*_CASH_SOURCES, *_DEBT_SOURCES), library),
    )
    return Card(say("figures.origins_title"), tuple(each for each in sections if each.lines))


def _missing(names: tuple[str, ...]) -> str:
    return say("figures.missing", names=name_figures(names))


def _notes(figures: Figures, picture: Picture, *lines: str) -> Section:
    """Put the assumptions of a computation into small print."""
    rough = any(
        figures.given[name].how in (How.ABOUT, How.BAND)
        for name in ASKS[picture]
        if name in figures.given
    )
    said = (*lines, say("figures.about_note") if rough else "")
    return Section("", tuple(filter(None, said)), small=True)


def _say_left_out(names: tuple[str, ...]) -> str:
    return say("figures.left_out", names=name_figures(names)) if names else ""


# --- cash -----------------------------------------------------------------------------------------


def _cash_card(figures: Figures, today: date, _: Library, months: int) -> Card:
    outlook = look_ahead(figures, today, months)
    if outlook is None:
        raise ValueError("the figures of this picture are missing")
    below = outlook.first_below
    pause = _pause_line(figures, outlook, today, months)
    sections = (
        Section("", tuple(what_cash_shows(outlook))),
        Section(say("figures.pause_heading"), (pause,) if pause else ()),
        Section(
            say("figures.table_heading"),
            tuple(map(_month_line, outlook.months)),
        ),
        _notes(
            figures,
            Picture.CASH,
            say("figures.cash_units"),
            _old(figures, today),
            _say_left_out(outlook.left_out),
        ),
    )
    title = say("figures.cash_title", count=len(outlook.months))
    tone = Tone.CHECK if below else Tone.GOOD
    return Card(title, tuple(each for each in sections if each.lines), tone=tone)


def _old(figures: Figures, today: date) -> str:
    """Name the day of the cash, once it may well have changed."""
    given = figures.given.get("cash")
    if given is None or today - given.on <= _STILL_TRUE:
        return ""
    return say("figures.old_note", day=say_date(given.on))


_STILL_TRUE = timedelta(days=14)
"""Time in which the figure of cash counts as current."""


def what_cash_shows(outlook: CashOutlook) -> Iterator[str]:
    """Say which month is the first below zero, and on which payment."""
    below = outlook.first_below
    if below is None:
        yield say("figures.cash_lasts", count=len(outlook.months))
        return
    yield say("figures.cash_below", month=say_month(below.month), amount=say_about(below.end))
    if breaking := below.breaking:
        yield say("figures.breaking", payment=say_outflow(breaking))


def _pause_line(figures: Figures, outlook: CashOutlook, today: date, months: int) -> str:
    """Say the effect of a pause of repayment, if the money runs out."""
    if outlook.first_below is None or not figures.monthly_repayment:
        return ""
    paused = look_ahead(pause_repayment(figures), today, months)
    later = paused.first_below if paused else None
    if later is None:
        return say("figures.pause_lasts", count=len(outlook.months))
    key = say_month(later.month)
    if later.month == outlook.first_below.month:
        return say("figures.pause_same", month=key)
    return say("figures.pause_below", month=key)


def _month_line(month: CashMonth) -> str:
    besides = say("figures.besides", amount=in_man(month.paid_besides))
    return say(
        "figures.cash_month",
        month=say("figures.month", month=month.month.month),
        income=in_man(month.income),
        costs=in_man(month.costs),
        besides=besides if month.payments else "",
        repayment=in_man(month.repayment),
        end=in_man(month.end),
    )


def in_man(yen: int) -> str:
    """Write an amount in 万円 for a table, with ▲ for a minus."""
    rounded = round(abs(yen) / _MAN)
    return f"▲{rounded:,}" if yen < 0 and rounded else f"{rounded:,}"


# --- years of debt ----------------------------------------------------------------------------------


def _debt_card(figures: Figures, _: date, library: Library, __: int) -> Card:
    found = debt_years(figures)
    if found is None:
        raise ValueError("the figures of this picture are missing")
    sections = (
        Section("", tuple(_debt_lines(found))),
        Section(say("figures.load_heading"), tuple(_load_lines(figures))),
        Section(say("figures.change_heading"), tuple(_change_lines(figures))),
        Section(say("figures.formula_heading"), tuple(_formula_lines(figures, found))),
        _notes(figures, Picture.DEBT, _say_left_out(found.cash_flow.left_out)),
        sources_section(_MARK_SOURCES, library),
    )
    tone = Tone.GOOD if found.is_within_mark else Tone.CHECK
    return Card(_debt_title(found), tuple(each for each in sections if each.lines), tone=tone)


def _debt_title(found: DebtYears) -> str:
    if found.years is None:
        return say("figures.debt_title_none")
    if not found.debt:
        return say("figures.debt_title_now")
    return say("figures.debt_title", years=_years_number(found.years))


def _debt_lines(found: DebtYears) -> Iterator[str]:
    if found.years is None:
        yield say("figures.debt_none")
    else:
        yield say("figures.within_mark" if found.is_within_mark else "figures.over_mark")
    yield say("figures.mark")


def _load_lines(figures: Figures) -> Iterator[str]:
    load = repayment_load(figures)
    if load is None or not load.repayment:
        return
    yield say(
        "figures.load_short" if load.left < 0 else "figures.load_enough",
        repayment=say_about(load.repayment),
        flow=say_about(load.cash_flow.yen),
        left=say_about(abs(load.left)),
    )


def _change_lines(figures: Figures) -> Iterator[str]:
    less, more = (change_costs(figures, percent) for percent in (-CHANGE, CHANGE))
    if less is None or more is None:
        return
    yield say("figures.change_less", percent=CHANGE, years=say_years(debt_years(less)))
    yield say("figures.change_more", percent=CHANGE, years=say_years(debt_years(more)))
    yield say("figures.change_note")


def say_years(found: DebtYears | None) -> str:
    """Say the years, or 「出せません」 where nothing is left to repay with.

    That case is never shown as a number.
    """
    if found is None or found.years is None:
        return say("figures.years_none")
    return say("figures.years", years=_years_number(found.years))


def _years_number(years: float) -> str:
    """Write years with one decimal, rounded up.

    A number over the mark then never looks within it.
    """
    tenths = -int(-years * 10 // 1)
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else f"{tenths // 10:,}"


def _formula_lines(figures: Figures, found: DebtYears) -> Iterator[str]:
    debt, flow = say_about(figures.debt or 0), say_about(found.cash_flow.yen)
    if found.working_capital is None:
        yield say("figures.formula_simple", debt=debt, flow=flow)
    else:
        yield say("figures.formula", debt=debt, capital=say_about(found.working_capital), flow=flow)
        yield say(
            "figures.capital_formula",
            receivables=say_about(figures.receivables or 0),
            stock=say_about(figures.stock or 0),
            payables=say_about(figures.payables or 0),
        )
    yield say(
        "figures.flow_formula",
        profit=say_about(figures.ordinary_profit or 0),
        depreciation=say_about(figures.depreciation or 0),
        tax=say_about(figures.income_tax or 0),
    )


# --- the six indicators -----------------------------------------------------------------------------


def _six_card(figures: Figures, _: date, __: Library, ___: int) -> Card:
    lines = tuple(map(_indicator_line, six_indicators(figures)))
    sections = (Section("", lines), _notes(figures, Picture.SIX, say("figures.six_note")))
    return Card(say("figures.six_title"), sections)


def _indicator_line(indicator: Indicator) -> str:
    name = say_of_kind("indicator_names", indicator.id)
    if indicator.missing:
        return say("figures.six_missing", name=name, names=name_figures(indicator.missing))
    if indicator.value is None:
        return say("figures.six_none", name=name)
    how = say_of_kind("indicator_formulas", indicator.id)
    return say(
        "figures.six_line", name=name, value=say_indicator(indicator.value, indicator.unit), how=how
    )


def say_indicator(value: float, unit: Unit) -> str:
    """Say an indicator with its unit."""
    match unit:
        case Unit.PER_CENT:
            return say("figures.unit_per_cent", value=value)
        case Unit.THOUSAND_YEN_A_HEAD:
            return say("figures.unit_thousand_yen_a_head", value=value)
        case Unit.TIMES:
            return say("figures.unit_times", value=value)
        case Unit.MONTHS:
            return say("figures.unit_months", value=value)


_TITLES: Mapping[Picture, str] = {
    Picture.CASH: say("figures.cash_heading"),
    Picture.DEBT: say("figures.debt_heading"),
    Picture.SIX: say("figures.six_title"),
}
_CARDS: Mapping[Picture, Callable[[Figures, date, Library, int], Card]] = {
    Picture.CASH: _cash_card,
    Picture.DEBT: _debt_card,
    Picture.SIX: _six_card,
}

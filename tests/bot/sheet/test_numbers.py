"""An owner's sheet shows the figures given, with pictures where they suffice.

Staff never see them.
"""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from bot.figures.figures import Figures
from bot.sheet import sheet as shape
from bot.sheet.page import as_page
from bot.sheet.pdf import as_pdf, can_set
from bot.sheet.sheet import Sheet
from tests.bot.sheet.sheets import PLAN, figures, finished, sheet_of, squeeze
from tests.bot.sheet.test_sheet_for_a_case import PAGE


def sheet_with(given: Figures) -> Sheet:
    return sheet_of(replace(finished(PLAN), figures=given))


def parts(given: Figures) -> list[str]:
    return [each.id for each in sheet_with(given).parts if each.id.startswith("figure")]


def test_figure_parts_without_figures_are_none() -> None:
    assert parts(Figures()) == []


def test_figure_parts_hold_only_the_pictures_the_figures_suffice_for() -> None:
    cash = ("cash", "monthly_sales", "monthly_costs", "monthly_repayment")
    assert parts(figures(*cash)) == ["figure-cash", "figures"]
    assert parts(figures("cash", "monthly_sales")) == ["figures"]
    assert parts(figures("debt", "ordinary_profit")) == ["figure-debt", "figures"]
    assert parts(figures()) == ["figure-cash", "figure-debt", "figure-six", "figures"]


def test_figure_parts_tell_of_every_figure_where_it_comes_from() -> None:
    listed = sheet_with(figures()).part("figures")
    assert listed
    assert len(listed.lines) == len(figures().given)
    assert all("11月30日" in line.text for line in listed.lines)


def test_figure_parts_have_drawings_and_sources_on_the_page_and_in_what_is_kept() -> None:
    sheet = sheet_with(figures())
    cash = sheet.part("figure-cash")
    assert cash
    assert cash.drawings[0].startswith("<svg")
    assert cash.cites
    assert as_page(sheet, PAGE.address, has_pdf=True).count("<figure>") == 3
    assert shape.from_dict(shape.to_dict(sheet)) == sheet


@pytest.mark.skipif(not can_set(), reason="the extra `pdf` is not installed")
def test_figure_parts_can_be_read_in_the_pdf_on_two_sides() -> None:
    import pypdf  # noqa: PLC0415 - of the development tools

    pdf = pypdf.PdfReader(io.BytesIO(as_pdf(sheet_with(figures()), PAGE.address)))
    words = squeeze("".join(page.extract_text() for page in pdf.pages))
    assert len(pdf.pages) <= 2
    assert squeeze("売上高増加率") in words

"""The PDF of a sheet can be read back, fits two sides, and never varies."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from bot.sheet.making import make_sheet
from bot.sheet.pdf import MOST_SIDES, as_pdf, can_set
from bot.sheet.sheet import Sheet
from bot.sheet.text import as_text
from tests.bot.sheet.sheets import (
    PLAN,
    checked,
    context,
    figures,
    finished,
    sheet_of,
    sheets,
    squeeze,
)

if not can_set():
    pytest.skip("the extra `pdf` is not installed", allow_module_level=True)

import pypdf

ADDRESS = "https://navi.example.jp/sheets/" + "x" * 32


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def words_of(content: bytes) -> str:
    """All words, without the blanks that setting puts between letters of two kinds."""
    text = "".join(page.extract_text() for page in read(content).pages)
    return squeeze(text)


def one_of_each_kind() -> dict[tuple[str, ...], Sheet]:
    """Return the longest sheet of each kind, by its headings and its path."""
    longest: dict[tuple[str, ...], Sheet] = {}
    for _, sheet in sorted(sheets(), key=lambda each: len(as_text(each[1]))):
        path = sheet.part("path")
        kind = (path.lines[0].text if path else "", *(part.id for part in sheet.parts))
        longest[kind] = sheet
    return longest


def test_as_pdf_words_can_be_read_back_letter_by_letter() -> None:
    sheet = sheet_of(finished(PLAN))
    words = words_of(as_pdf(sheet, ADDRESS))
    for part in sheet.parts:
        assert squeeze(part.heading) in words
        for line in part.lines:
            assert squeeze(line.text) in words, line.text
    assert all(squeeze(each.what) in words for each in sheet.sources)


def test_as_pdf_has_a_letter_for_every_character_of_every_sheet() -> None:
    import pylopdf_fonts_jp  # noqa: PLC0415 - its place is where the letters are

    letters = _letters(pylopdf_fonts_jp.__path__[0] + "/NotoSansJP-Regular.otf")
    followed = sheet_of(replace(finished(PLAN), figures=figures(), follow_up=checked()))
    every = (followed, *(sheet for _, sheet in sheets()))
    used = {character for sheet in every for character in as_text(sheet)}
    assert {each for each in used if each.isprintable()} - letters == set()


def _letters(font: str) -> set[str]:
    ttf = pytest.importorskip("fontTools.ttLib")
    with ttf.TTFont(font, lazy=True) as opened:
        return set(map(chr, opened.getBestCmap()))


def test_as_pdf_of_the_same_sheet_is_the_same() -> None:
    sheet = sheet_of(finished(PLAN))
    assert as_pdf(sheet, ADDRESS) == as_pdf(sheet, ADDRESS)


def test_as_pdf_of_every_kind_of_outcome_fits_its_sides() -> None:
    kinds = one_of_each_kind()
    assert len(kinds) > 20
    for kind, sheet in kinds.items():
        assert len(read(as_pdf(sheet, ADDRESS)).pages) <= MOST_SIDES, kind


def test_as_pdf_with_a_year_of_cash_and_six_check_ins_fits_its_sides_with_a_letter_for_each_mark() -> (
    None
):
    conversation = replace(finished(PLAN), figures=figures(), follow_up=checked())
    sheet = make_sheet(conversation, context(), months=12)
    assert sheet
    pdf = as_pdf(sheet, ADDRESS)
    assert len(read(pdf).pages) <= MOST_SIDES
    for part in (sheet.part("check-ins"), sheet.part("bank-report")):
        assert part
        for line in part.lines:
            assert squeeze(line.text) in words_of(pdf)


def test_as_pdf_is_tagged_and_speaks_japanese() -> None:
    pdf = read(as_pdf(sheet_of(finished(PLAN)), ADDRESS))
    assert "/StructTreeRoot" in pdf.root_object
    assert str(pdf.root_object["/Lang"]).startswith("ja")

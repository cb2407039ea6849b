"""The page of a sheet holds nothing live or foreign, and every source is one tap away."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bot.sheet.page import as_notice, as_page, policy
from bot.sheet.sheet import Cited, Form, Line, Part, Sheet
from tests.bot.sheet.sheets import PLAN, finished, sheet_of, sheets

ADDRESS = "https://navi.example.jp/sheets/abcDEF123"
ACTIVE = {"script", "img", "iframe", "object", "embed", "form", "link", "video", "audio", "base"}


class Elements(HTMLParser):
    """A parser that keeps a page's elements, their attributes, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def page_of(sheet: Sheet) -> Elements:
    return Elements(as_page(sheet, ADDRESS, has_pdf=True))


def test_as_page_holds_every_line_heading_and_source() -> None:
    sheet = sheet_of(finished(PLAN))
    words = page_of(sheet).words
    for part in sheet.parts:
        assert part.heading in words
        assert all(line.text in words for line in part.lines)
    assert all(each.what in words for each in sheet.sources)


def test_as_page_loads_nothing_and_runs_nothing() -> None:
    page = page_of(sheet_of(finished(PLAN)))
    assert not {tag for tag, _ in page.elements} & ACTIVE
    assert not [name for _, given in page.elements for name in given if name.startswith("on")]
    assert not [given for _, given in page.elements if "src" in given or "style" in given]
    assert "unsafe" not in policy()


def test_as_page_every_number_leads_to_a_source_that_is_there() -> None:
    for name, sheet in sheets()[::40]:
        page = page_of(sheet)
        targets = {given["id"] for _, given in page.elements if "id" in given}
        inside = [
            given["href"]
            for _, given in page.elements
            if str(given.get("href", "")).startswith("#")
        ]
        assert inside, name
        assert {str(each)[1:] for each in inside} <= targets, name


def test_as_page_shares_its_own_address_and_shows_the_pdf_where_there_is_one() -> None:
    sheet = sheet_of(finished(PLAN))
    addresses = [str(given.get("href")) for _, given in page_of(sheet).elements]
    (shared,) = [each for each in addresses if each.startswith("https://line.me/R/share?text=")]
    assert shared.endswith("https%3A%2F%2Fnavi.example.jp%2Fsheets%2FabcDEF123")
    assert f"{ADDRESS}.pdf" in addresses
    assert f"{ADDRESS}.pdf" not in as_page(sheet, ADDRESS, has_pdf=False)


@given(
    st.text(min_size=1, max_size=60),
    st.sampled_from([form for form in Form if form is not Form.ROOM]),
)
def test_as_page_of_any_words_adds_no_element(words: str, form: Form) -> None:
    def shape(text: str) -> list[str]:
        line = Line(text, text, ("S1",), "https://example.jp/", ticked=True)
        part = Part("situation", text, form, (line,), ("S1",))
        sheet = Sheet(
            date(2026, 11, 30), (part,), (Cited("S1", text, text, "https://example.jp/"),)
        )
        return [tag for tag, _ in page_of(sheet).elements]

    assert shape(words) == shape("字")


def test_as_page_never_links_a_source_to_anything_but_the_web() -> None:
    sheet = sheet_of(finished(PLAN))
    odd = replace(sheet, sources=(replace(sheet.sources[0], url="javascript:alert(1)"),))
    assert "javascript:" not in as_page(odd, ADDRESS, has_pdf=True)


def test_as_notice_says_one_thing() -> None:
    words = Elements(as_notice("題", "<b>一言</b>")).words
    assert re.sub(r"^.*}", "", words, flags=re.DOTALL).endswith("<b>一言</b>")

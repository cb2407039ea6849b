"""The page of a sheet is accessible, fits a phone, and prints on two sides.

Tested in a real browser.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from bot.sheet.page import as_page, policy
from bot.sheet.sheet import Sheet
from bot.sheet.text import as_text
from tests.bot.demo import running
from tests.bot.sheet.sheets import PLAN, figures, finished, sheet_of, sheets, squeeze

ADDRESS = "https://navi.example.jp/sheets/" + "x" * 32
PHONE, DESKTOP = 360, 1280


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running.browser() as opened:
        yield opened


def shown(browser: Browser, sheet: Sheet, width: int, scheme: Any = "light") -> Page:
    """Open the page as a server sends it.

    Any further request is an error.
    """
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: asked.append(message.text))
    page.route(
        "**/*",
        lambda route: route.fulfill(
            body=as_page(sheet, ADDRESS, has_pdf=True),
            content_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": policy()},
        ),
    )
    page.goto(ADDRESS)
    assert asked == [ADDRESS]
    return page


def with_figures() -> Sheet:
    return sheet_of(replace(finished(PLAN), figures=figures()))


def longest() -> Sheet:
    return max(sheets(), key=lambda each: len(as_text(each[1])))[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_as_page_axe_finds_nothing_serious_and_nothing_hangs_over(
    browser: Browser, scheme: str, width: int
) -> None:
    page = shown(browser, with_figures(), width, scheme)
    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("sheet", [with_figures(), longest()], ids=["figures", "longest"])
def test_as_page_prints_on_two_sides_with_every_word(browser: Browser, sheet: Sheet) -> None:
    page = shown(browser, sheet, DESKTOP)
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    words = squeeze("".join(each.extract_text() for each in printed.pages))
    assert len(printed.pages) <= 2
    assert all(squeeze(part.heading) in words for part in sheet.parts)
    page.close()


def test_as_page_boxes_can_be_ticked_by_keyboard_and_by_their_words(browser: Browser) -> None:
    page = shown(browser, sheet_of(finished(PLAN)), PHONE)
    box = page.get_by_role("checkbox").first
    box.press("Space")
    assert box.is_checked()
    page.get_by_text("会社の概要がわかる資料").click()
    assert page.get_by_role("checkbox", name="会社の概要がわかる資料").is_checked()
    page.close()

"""`make screenshots`: the pictures of the README, taken from the running demo by a real browser."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, expect

sys.path.insert(0, str(Path(__file__).parents[1]))
from bot.sheet.page import as_page
from bot.sheet.pdf import as_pictures
from tests.bot.demo import running
from tests.bot.demo.owner import Owner
from tests.bot.demo.running import Seat
from tests.bot.demo.staff import Staff
from tests.bot.sheet.sheets import PLAN, figures, finished, sheet_of

FOLDER = Path("docs/screenshots")
DESKTOP, WIDE, PHONE = (1440, 900), (1900, 900), (390, 844)

SHEET_ADDRESS = "https://navi.example.jp/sheets/0ExampleOfATokenNobodyCanGuess01"
SHEETS: tuple[tuple[str, tuple[int, int], Literal["light", "dark"]], ...] = (
    ("sheet-phone", PHONE, "light"),
    ("sheet-dark", PHONE, "dark"),
    ("sheet-desktop", DESKTOP, "light"),
)

SAID = ("診断する", "3割くらい落ちた", "お客が来んようになって", "小麦粉と電気代", "この1年は赤字")
ANSWER = "山田です。うどん屋さんですね。返済のこと、いっしょに見ていきましょう。"


def main() -> None:
    """Bring a case from a phone to the desk, and take every picture on the way."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running.demo() as (_, _, address), running.browser() as browser:
        _the_desk(browser, address)
        _a_verdict(browser, address)
        _the_sheet(browser)


def _the_desk(browser: Browser, address: str) -> None:
    with _window(browser, address, DESKTOP, "light") as seat:
        owner, staff = Owner(seat, "うどん屋"), Staff(seat)
        for words in SAID:
            owner.writes(words)
            expect(owner.chat.locator(".read").last).to_be_visible()
        owner.writes("人と話す")
        owner.hears("おつなぎしますか")
        owner.taps("はい、つないでください")
        staff.posts.last.get_by_role("button", name="担当する").click()
        staff.opens_thread(staff.posts.last)
        staff.answers(ANSWER)
        owner.hears(ANSWER)
        owner.writes("助かります。来月の返済が心配で")
        expect(staff.thread.last).to_contain_text("来月の返済")
        _save(seat, "desktop-light")


def _a_verdict(browser: Browser, address: str) -> None:
    with _window(browser, address, WIDE, "light") as seat:
        seat.page.get_by_role("button", name="物語を見る").click()
        seat.page.get_by_role("button", name="うどん屋: 返済が2か月遅れているを一気に見る").click()
        seat.page.get_by_text("使えそうです").first.wait_for()
        _save(seat, "behind-the-scenes")
    with _window(browser, address, PHONE, "dark") as seat:
        seat.page.get_by_label("だれのスマホか").select_option("うどん屋2")
        seat.page.get_by_text("使えそうです").first.wait_for()
        _save(seat, "phone")


def _the_sheet(browser: Browser) -> None:
    """Take the sheet of an owner with figures: as a page in three lights, and both sides on paper."""
    sheet = sheet_of(replace(finished(PLAN), figures=figures()))
    for name, size, scheme in SHEETS:
        page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
        page.set_content(as_page(sheet, SHEET_ADDRESS, has_pdf=True))
        page.screenshot(path=FOLDER / f"{name}.png")
        page.close()
    for side, content in enumerate(as_pictures(sheet, SHEET_ADDRESS, 100), start=1):
        (FOLDER / f"sheet-print-{side}.png").write_bytes(content)


def _window(
    browser: Browser, address: str, size: tuple[int, int], scheme: str
) -> AbstractContextManager[Seat]:
    viewport = {"width": size[0], "height": size[1]}
    return running.seat(browser, address, viewport=viewport, color_scheme=scheme)


def _save(seat: Seat, name: str) -> None:
    """Take a picture when nothing is under way any more."""
    expect(seat.page.locator("#playing")).to_be_hidden()
    expect(seat.page.get_by_text("未配達")).to_have_count(0)
    seat.page.mouse.move(0, 0)
    path = FOLDER / f"{name}.png"
    seat.page.screenshot(path=path)
    print(f"{path}  {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()

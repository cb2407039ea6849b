"""`make screenshots`: the pictures of the README, taken from the running demo by a real browser."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.bot.demo.running import FLAGS, chromium, demo

FOLDER = Path("docs/screenshots")


def main() -> None:
    """Play a story and take every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo() as (_, _, address), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        _take(browser, address)
        browser.close()


def _take(browser: Browser, address: str) -> None:
    desktop = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="light")
    desktop.goto(address)
    _play(desktop, "うどん屋")
    _save(desktop, "desktop-light")
    dark = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="dark")
    dark.goto(address)
    _look_at(dark, "うどん屋")
    _save(dark, "desktop-dark")
    phone = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme="light")
    phone.goto(address)
    _look_at(phone, "うどん屋")
    _save(phone, "phone")


def _play(page: Page, owner: str) -> None:
    page.get_by_role("button", name="物語を見る").click()
    page.get_by_role("button", name=re.compile(f"{owner}.*一気に見る")).click()
    page.locator("#playing").wait_for(state="hidden")
    expect(page.get_by_text("未配達")).to_have_count(0)


def _look_at(page: Page, owner: str) -> None:
    page.get_by_label("だれのスマホか").select_option(owner)
    page.get_by_text("使えそうです").first.wait_for()


def _save(page: Page, name: str) -> None:
    """Take a picture with few colours, which keeps it small."""
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    print(f"{path}  {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()

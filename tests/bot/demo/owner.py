"""Actions of an owner at the page, with a mouse and a keyboard."""

from __future__ import annotations

import re
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.bot.demo.running import Seat


class Owner:
    """A person nobody has seen before, at the phone of the page."""

    def __init__(self, seat: Seat, name: str = "") -> None:
        self.page: Page = seat.page
        self.name = name or f"客{uuid4().hex[:8]}"
        self.page.get_by_role("button", name="人を増やす").click()
        self.page.get_by_label("呼び名").fill(self.name)
        self.page.get_by_role("button", name="増やす", exact=True).click()
        expect(self.page.get_by_text("まだ友だちではありません")).to_be_visible()
        chosen = self.page.get_by_label("だれのスマホか")
        expect(chosen).to_have_value(re.compile(rf"{self.name}\d*"))

    @property
    def chat(self) -> Locator:
        """The chat."""
        return self.page.get_by_role("log", name="トーク")

    @property
    def said(self) -> Locator:
        """Everything the bot said."""
        return self.chat.locator(".theirs:not(.loading)")

    @property
    def last(self) -> Locator:
        """What the bot said last."""
        return self.said.last

    def hears(self, words: str) -> None:
        """Wait until the bot has said this, last."""
        expect(self.last).to_contain_text(words)

    def add_friend(self) -> None:
        """Add the account as a friend."""
        self.page.get_by_role("button", name="友だち追加").click()
        self.hears("下から選ぶか")

    def writes(self, words: str) -> None:
        """Type and send."""
        field = self.page.get_by_role("textbox", name="メッセージ", exact=True)
        field.fill(words)
        field.press("Enter")

    def taps(self, label: str) -> None:
        """Tap a button in the last bubble that has it."""
        self.chat.get_by_role("button", name=label).last.click()

    def count(self, name: str) -> Locator:
        """A number of the inspector."""
        return self.page.locator(f"[data-count={name}]")

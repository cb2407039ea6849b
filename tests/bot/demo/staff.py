"""Actions of a staff member in the Slack of the page."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.bot.demo.running import Seat


class Staff:
    """A colleague at the right pane."""

    def __init__(self, seat: Seat, name: str = "山田さん") -> None:
        self.page = seat.page
        self.pane = self.page.get_by_role("region", name="スタッフのSlack")
        self.page.get_by_label("操作する人").select_option(label=name)
        expect(self.page.get_by_label("操作する人").locator("option:checked")).to_have_text(name)

    def goes_to(self, place: str) -> None:
        """Open a conversation or the app's home."""
        self.page.get_by_role("navigation", name="Slackの会話").get_by_role(
            "button", name=place
        ).click()

    @property
    def posts(self) -> Locator:
        """The messages of the conversation that is open."""
        return self.pane.get_by_role("log", name="メッセージ一覧").get_by_role("article")

    @property
    def thread(self) -> Locator:
        """The messages of the thread that is open."""
        return self.pane.get_by_role("log", name="スレッドのメッセージ").get_by_role("article")

    def writes(self, words: str) -> None:
        """Type into the open conversation."""
        self._type("メッセージを書く", words)

    def answers(self, words: str) -> None:
        """Type into the open thread."""
        self._type("スレッドに返信する", words)

    def _type(self, field: str, words: str) -> None:
        box = self.pane.get_by_role("textbox", name=field)
        box.fill(words)
        box.press("Enter")

    def opens_thread(self, post: Locator) -> None:
        """Open the thread of a message."""
        post.hover()
        post.get_by_role("button", name="スレッドで返信する").click()

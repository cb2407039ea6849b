"""Take the pictures of the README from the demo, by `make screenshots`.

A real browser plays one owner's story from the first word to the closed case, each picture by day
and by night.
"""

from __future__ import annotations

import base64
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, expect
from rich.console import Console
from rich.terminal_theme import MONOKAI

sys.path.insert(0, str(Path(__file__).parents[1]))
from bot.channels.console import Terminal
from bot.demo.stories import named
from bot.dialogue.respond import respond
from bot.model.conversation import Conversation
from bot.model.messages import typed
from bot.sheet.page import as_page
from bot.sheet.pdf import as_pictures
from tests.bot.channels.everything import CONTEXT
from tests.bot.demo import running
from tests.bot.demo.owner import Owner
from tests.bot.demo.running import Seat
from tests.bot.demo.staff import Staff
from tests.bot.sheet.sheets import PLAN, figures, finished, sheet_of

FOLDER = Path("docs/screenshots")
DESKTOP, WIDE, PHONE = (1440, 900), (1900, 900), (390, 844)
WHOLE_CARD = 1180
"""Pixels in height of a window for a result's first card with its buttons."""
SCHEMES = {"light": "", "dark": "-dark"}
QUALITY = 0.82
LARGEST = 150_000
"""Bytes of a picture. Readers of the README wait for each."""

SHEET_ADDRESS = "https://navi.example.jp/sheets/0ExampleOfATokenNobodyCanGuess01"
SHEETS: tuple[tuple[str, tuple[int, int], Literal["light", "dark"]], ...] = (
    ("sheet-phone", PHONE, "light"),
    ("sheet-dark", PHONE, "dark"),
    ("sheet-desktop", DESKTOP, "light"),
)

STORY = named("1-udon")
PLACE = "松山"
"""Place of the story's last answer, with an office whose number is current."""
NAME = "うどん屋"
SHOWN_QUESTION = 2
ANSWER = "山田です。うどん屋さんですね。返済のこと、いっしょに見ていきましょう。"
IN_TERMINAL = ("うどん屋をやってます。返済が2か月遅れてて", "3割くらい落ちた")
TERMINAL_COLUMNS = 80
WINDOW = """<body style="margin: 0; background: #16202a">
<pre style="box-sizing: border-box; width: 83ch; margin: 0; padding: 1ch; background: #16202a; color: #e8eeeb;
font: 16px/1.35 'Noto Sans Mono CJK JP', monospace">{code}</pre></body>"""
"""Terminal for `rich.Console.export_html`. A kana is as wide as two letters in this font."""


@dataclass(frozen=True)
class Camera:
    """Takes a window's picture by day and by night."""

    page: Page

    def take(self, name: str) -> None:
        """Take the picture once nothing is under way any more.

        Raises ValueError for one too large.
        """
        self.page.mouse.move(0, 0)
        self.page.evaluate("document.activeElement.blur()")
        for scheme, mark in SCHEMES.items():
            self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # light or dark
            expect(self.page.get_by_text("未配達")).to_have_count(0)
            _save(self.page, f"{name}{mark}")

    def take_whole_card(self, name: str) -> None:
        """Take the phone alone, tall enough for the longest first card."""
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": PHONE[0], "height": WHOLE_CARD})
        self.take(name)
        self.page.set_viewport_size(size)  # type: ignore[arg-type]  # it has one


def main() -> None:
    """Take every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running.demo() as (_, _, address), running.browser() as browser:
        with _window(browser, address, PHONE) as phone, _window(browser, address, DESKTOP) as desk:
            owner = Owner(phone, NAME)
            _ask(owner, Camera(phone.page))
            _look_around(owner, Camera(phone.page))
            _bring_to_desk(owner, desk, Camera(phone.page), Camera(desk.page))
        with _window(browser, address, WIDE) as behind:
            behind.page.get_by_label("だれのスマホか").select_option(NAME)
            expect(behind.page.locator(".flow .here")).to_be_visible()
            Camera(behind.page).take("behind-the-scenes")
        _draw_terminal(browser)
        _take_sheet(browser)


def _ask(owner: Owner, camera: Camera) -> None:
    """From the welcome through every question to the result."""
    owner.add_friend()
    camera.take("phone-1-welcome")
    typed_words = [act.arguments["text"] for act in STORY.acts if act.doing == "send"]
    for number, words in enumerate([*typed_words[:-1], PLACE], start=1):
        _says(owner, words)
        if number == SHOWN_QUESTION:
            camera.take("phone-2-question")


def _says(owner: Owner, words: str) -> None:
    """Type words, and wait for the answer."""
    before = owner.said.count()
    owner.writes(words)
    expect(owner.said.nth(before)).to_be_visible()
    expect(owner.chat.locator(".mine").last.locator(".read")).to_be_visible()


def _look_around(owner: Owner, camera: Camera) -> None:
    """Take the result's first card, and the card of the office."""
    expect(owner.last).to_contain_text("使えそうです")
    camera.take_whole_card("phone-3-result")
    _says(owner, "窓口を探す")
    camera.take_whole_card("phone-4-office")


def _bring_to_desk(owner: Owner, desk: Seat, phone: Camera, camera: Camera) -> None:
    """Play the consent, the card at the desk, a talk, and its end."""
    _says(owner, "人と話す")
    phone.take("phone-5-consent")
    owner.taps("はい、つないでください")
    owner.hears("ボットに戻る")
    desk.page.get_by_label("だれのスマホか").select_option(NAME)
    staff = Staff(desk)
    expect(staff.posts.last).to_contain_text("待っています")
    camera.take("desk-1-waiting")
    staff.posts.last.get_by_role("button", name="担当する").click()
    expect(staff.posts.last).to_contain_text("対応しています")
    staff.opens_thread(staff.posts.last)
    staff.answers(ANSWER)
    owner.hears(ANSWER)
    owner.writes("助かります。来月の返済が心配で")
    expect(staff.thread.last).to_contain_text("来月の返済")
    phone.take("phone-6-person")
    camera.take("desk-2-talking")
    staff.posts.last.get_by_role("button", name="完了").click()
    desk.page.get_by_role("dialog").get_by_role("button", name="完了にする").click()
    expect(staff.posts.last).not_to_contain_text("対応しています")
    camera.take("desk-3-closed")


def _draw_terminal(browser: Browser) -> None:
    """Draw the same talk as a terminal draws it."""
    screen = Console(record=True, width=TERMINAL_COLUMNS, file=io.StringIO(), force_terminal=True)
    terminal, conversation = Terminal(screen), Conversation("console:you")
    for words in IN_TERMINAL:
        screen.print(f"[bold green]あなた[/] › {words}")
        turn = respond(conversation, typed(words), CONTEXT)
        terminal.show(turn)
        conversation = turn.conversation
    page = browser.new_page(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    page.set_content(screen.export_html(theme=MONOKAI, inline_styles=True, code_format=WINDOW))
    _save(page, "terminal", page.locator("pre").bounding_box())
    page.close()


def _take_sheet(browser: Browser) -> None:
    """Take the sheet of an owner with figures.

    It is taken as a page in three lights, and as both sides on paper.
    """
    sheet = sheet_of(replace(finished(PLAN), figures=figures()))
    for name, size, scheme in SHEETS:
        page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
        page.set_content(as_page(sheet, SHEET_ADDRESS, has_pdf=True))
        _save(page, name)
        page.close()
    for side, content in enumerate(as_pictures(sheet, SHEET_ADDRESS, 84), start=1):
        _save_picture(browser, f"sheet-print-{side}", content)


@contextmanager
def _window(browser: Browser, address: str, size: tuple[int, int]) -> Iterator[Seat]:
    with running.seat(browser, address, viewport={"width": size[0], "height": size[1]}) as seat:
        yield seat


def _save(page: Page, name: str, part: object = None) -> None:
    """Save a screenshot of the page."""
    shot = page.screenshot(clip=part)  # type: ignore[arg-type]  # a box of Playwright
    _save_picture(page.context.browser, name, shot)  # type: ignore[arg-type]  # there is one


def _save_picture(browser: Browser, name: str, shot: bytes) -> None:
    """Save a PNG as WebP, a fifth of its size.

    The browser converts it.
    """
    drawn: str = browser.new_page().evaluate(
        """async ([shot, quality]) => {
            const picture = new Image();
            picture.src = `data:image/png;base64,${shot}`;
            await picture.decode();
            const canvas = new OffscreenCanvas(picture.width, picture.height);
            canvas.getContext("2d").drawImage(picture, 0, 0);
            const blob = await canvas.convertToBlob({ type: "image/webp", quality });
            return await new Promise((done) => {
                const reader = new FileReader();
                reader.onload = () => done(reader.result);
                reader.readAsDataURL(blob);
            });
        }""",
        [base64.b64encode(shot).decode(), QUALITY],
    )
    content = base64.b64decode(drawn.partition(",")[2])
    if len(content) > LARGEST:
        raise ValueError(f"{name} has {len(content)} bytes, more than {LARGEST}")
    path = FOLDER / f"{name}.webp"
    path.write_bytes(content)
    print(f"{path}  {len(content) // 1024} KB")


if __name__ == "__main__":
    main()

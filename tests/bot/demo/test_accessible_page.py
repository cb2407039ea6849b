"""Axe finds nothing serious in the page, and the keyboard does everything.

Every kind of message is drawn.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from bot.channels.line.drawing.render import messages
from bot.channels.slack.interview.panel import draw_panel
from bot.model.messages import Reply
from knowledge import library
from tests.bot.demo import running
from tests.bot.demo.owner import Owner
from tests.bot.demo.running import Seat
from tests.bot.demo.staff import Staff
from tests.bot.transcripts import play, stories

Json = dict[str, Any]

WIDTHS = {"desktop": 1440, "phone": 390}


@pytest.fixture(params=WIDTHS)
def sized(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Seat]:
    """A seat at a desk, and one with a phone that is touched."""
    size = {"width": WIDTHS[request.param], "height": 900}
    with running.seat(browser, address, viewport=size, has_touch=request.param == "phone") as seat:
        yield seat


def test_axe_finds_nothing_serious(sized: Seat) -> None:
    owner = Owner(sized)
    owner.add_friend()
    assert _faults(sized.page) == []
    owner.writes("賃金が払えない")
    owner.writes("松山")
    owner.hears("愛媛県中小企業活性化協議会")
    assert _faults(sized.page) == []
    sized.page.get_by_role("button", name="物語を見る").click()
    expect(sized.page.get_by_role("dialog")).to_be_visible()
    assert _faults(sized.page) == []


def test_axe_finds_nothing_serious_behind_the_scenes(browser: Browser, address: str) -> None:
    with running.seat(browser, address, viewport={"width": 390, "height": 900}) as seat:
        seat.page.get_by_role("navigation").get_by_role("button", name="しくみ").click()
        expect(seat.page.get_by_role("region", name="しくみ")).to_be_visible()
        assert _faults(seat.page) == []


def test_axe_finds_nothing_serious_at_the_desk(sized: Seat) -> None:
    owner = Owner(sized)
    owner.add_friend()
    owner.writes("人と話す")
    owner.hears("おつなぎしますか")
    owner.taps("はい、つないでください")
    owner.hears("ボットに戻る")
    tab = sized.page.get_by_role("navigation").get_by_role("button", name="スタッフ")
    is_phone = tab.is_visible()
    if is_phone:
        tab.click()
    staff = Staff(sized)
    staff.goes_to("# 相談デスク")
    staff.posts.last.get_by_role("button", name="担当する").click()
    staff.opens_thread(staff.posts.last)
    expect(staff.thread.last).to_contain_text("渡されていません")
    assert _room_for_words(staff.thread.last) > 0.75
    assert _faults(sized.page) == []
    if is_phone:
        staff.pane.get_by_role("button", name="スレッドを閉じる").click()
    _opens_a_modal(staff, staff.posts.last.get_by_role("button", name="送る"))
    staff.goes_to("アプリのホーム")
    expect(staff.pane).to_contain_text("利用のようす")
    assert _faults(sized.page) == []
    _opens_a_modal(staff, staff.pane.get_by_role("button", name="LINEでの表示名"))
    staff.goes_to("経営改善ナビ")
    staff.writes("/keiei 窓口 愛媛")
    _looks_at_the_modal(staff)


def _opens_a_modal(staff: Staff, button: Locator) -> None:
    button.click()
    _looks_at_the_modal(staff)


def _looks_at_the_modal(staff: Staff) -> None:
    modal = staff.page.get_by_role("dialog")
    expect(modal).to_be_visible()
    assert _faults(staff.page) == []
    # Twice in a row, as people press: the second closes nothing and is no mistake.
    modal.get_by_role("button", name="閉じる", exact=True).dblclick()
    expect(modal).to_be_hidden()


def test_a_menu_does_not_cover_the_form_that_opens(seat: Seat) -> None:
    owner = Owner(seat)
    owner.writes("診断する")
    owner.hears("いまの売上は")
    owner.writes("へのへのもへじ")
    owner.hears("うまく読み取れませんでした")
    staff = Staff(seat)
    staff.goes_to("経営改善ナビ")
    staff.writes("/keiei 未回答")
    staff.pane.get_by_role("button", name="既存の回答に結ぶ").last.click()
    menu = seat.page.get_by_role("dialog").get_by_role("combobox")
    expect(menu).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "false")
    menu.click()
    expect(menu).to_have_attribute("aria-expanded", "true")
    menu.press("Escape")
    seat.page.get_by_role("dialog").get_by_role("button", name="閉じる", exact=True).click()


def test_a_form_is_left_once_until_the_server_shows_what_is_open_then(seat: Seat) -> None:
    done = seat.page.evaluate("""async () => {
        const { Modals } = await import("/page/js/modal.js");
        const done = [];
        const modals = new Modals(async (doing) => { done.push(doing); return { ok: true }; }, () => ({}));
        const view = { id: "V1", hash: "1", title: { text: "a" }, blocks: [], state: { values: {} } };
        modals.show([view]);
        await modals.leave("close", {});
        await modals.leave("close", {});
        modals.show([{ ...view, hash: "2" }]);
        await modals.leave("submit", {});
        modals.show([]);
        return done;
    }""")
    assert done == ["close", "submit"]


def _room_for_words(post: Locator) -> float:
    """Measure the share of a message's width that its words have.

    The rest holds the face; tools take no room.
    """
    share: float = post.evaluate(
        "(post) => post.querySelector('.post-body').clientWidth / post.clientWidth"
    )
    return share


def _faults(page: Page) -> list[str]:
    """What keeps somebody out or looks broken."""
    return [*_serious(page), *_alone(page), *_wider_than_the_screen(page)]


def _alone(page: Page) -> list[str]:
    """Headings and buttons with one character alone on a line."""
    found: list[str] = page.evaluate("""() => {
      const words = [...document.querySelectorAll("h1, h2, h3, h4, th, button, figcaption")];
      return words.filter((each) => {
        const lines = new Map();
        const range = document.createRange();
        const texts = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) [...texts.currentNode.data].forEach((_, at) => {
          range.setStart(texts.currentNode, at);
          range.setEnd(texts.currentNode, at + 1);
          const { top, width } = range.getBoundingClientRect();
          if (width) lines.set(Math.round(top / 8), (lines.get(Math.round(top / 8)) ?? 0) + 1);
        });
        return lines.size > 1 && [...lines.values()].includes(1);
      }).map((each) => each.textContent);
    }""")
    return found


def _wider_than_the_screen(page: Page) -> list[str]:
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"{width} pixels wider than the screen"] if width > 0 else []


def _serious(page: Page) -> list[str]:
    """List what axe finds in the light theme, and of contrast in the dark one.

    All else is the same in the dark.
    """
    page.emulate_media(color_scheme="dark")
    found = Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
    page.emulate_media(color_scheme="light")
    found += Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['help']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for each in found
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"]
    ]


def test_the_keyboard_alone_is_enough(seat: Seat) -> None:
    owner = Owner(seat)
    field = seat.page.get_by_role("textbox", name="メッセージ", exact=True)
    field.focus()
    seat.page.keyboard.type("診断する")
    seat.page.keyboard.press("Enter")
    owner.hears("いまの売上は")
    owner.last.get_by_role("button", name="3割以上減った").focus()
    seat.page.keyboard.press("Space")
    owner.hears("重く感じている費用")
    offers = seat.page.get_by_role("group", name="クイックリプライ")
    offers.get_by_role("button", name="戻る").focus()
    seat.page.keyboard.press("Enter")
    owner.hears("いまの売上は")


def test_new_messages_are_read_aloud(seat: Seat) -> None:
    owner = Owner(seat)
    assert owner.chat.get_attribute("role") == "log"
    owner.writes("使い方")
    expect(owner.chat).to_contain_text("できること")
    kept = owner.said.first.element_handle()
    owner.writes("診断する")
    owner.hears("いまの売上は")
    assert kept.evaluate("(element) => element.isConnected"), "what was read is not read again"


def test_everything_the_bot_can_send_to_line_is_drawn(seat: Seat) -> None:
    sent = _all_messages()
    assert len(sent) > 30
    unknown = seat.page.evaluate(_DRAW, sent)
    assert unknown == []


def test_everything_staff_are_shown_of_an_interview_is_drawn(seat: Seat) -> None:
    shown = _of_one_shape(draw_panel(turn) for turn in _turns())
    assert len(shown) > 15
    assert seat.page.evaluate(_DRAW_BLOCKS, [each["blocks"] for each in shown]) == []


def test_small_screen_has_every_tool_and_a_whole_table(browser: Browser, address: str) -> None:
    head = ("相談", "待ち時間", "急ぎ", "担当", "都道府県", "最後の文")
    row = ("8ff0", "1時間20分", "急ぎ", "山田さん", "和歌山県", "返済が2か月遅れていて心配です")
    rows = [[{"type": "raw_text", "text": cell} for cell in cells] for cells in (head, row)]
    with running.seat(browser, address, viewport={"width": 900, "height": 800}) as seat:
        seat.page.set_viewport_size({"width": 390, "height": 800})
        seat.page.get_by_role("navigation").get_by_role("button", name="しくみ").click()
        seat.page.get_by_role("button", name="3か月後へ").wait_for()
        seat.page.get_by_label("明るさ").wait_for()
        seat.page.get_by_role("navigation").get_by_role("button", name="スタッフ").click()
        seat.page.get_by_label("明るさ").wait_for(state="hidden")
        seat.page.set_viewport_size({"width": 900, "height": 800})
        hidden = seat.page.evaluate(
            """async (rows) => {
                const { blocks } = await import("/page/js/blocks.js");
                const [table] = blocks([{ type: "table", rows }], { names: {} });
                document.querySelector(".stream").append(table);
                const box = table.querySelector(".table");
                return box.scrollWidth - box.clientWidth;
            }""",
            rows,
        )
    assert hidden <= 0


def test_what_the_page_does_not_know_is_marked(seat: Seat) -> None:
    text = {"type": "text", "text": "a", "offsetTop": "3px"}
    video = {"type": "video", "url": "https://example.invalid/"}
    body = {"type": "box", "layout": "vertical", "contents": [text, video]}
    flex = {"type": "flex", "altText": "a", "contents": {"type": "bubble", "body": body}}
    unknown = seat.page.evaluate(_DRAW, [flex, {"type": "coupon", "couponId": "c"}])
    assert unknown == ["flex text.offsetTop", "flex video", "message coupon"]
    button = {"type": "button", "text": {"type": "plain_text", "text": "a"}, "agent_prompt": "b"}
    blocks = [{"type": "actions", "elements": [button, {"type": "file_input"}]}, {"type": "video"}]
    assert seat.page.evaluate(_DRAW_BLOCKS, [blocks]) == [
        "button.agent_prompt",
        "element file_input",
        "block video",
    ]


_DRAW = """async (messages) => {
    const { chatItem } = await import("/page/js/messages.js");
    const drawn = messages.map((message, at) =>
        chatItem({ key: String(at), id: String(at), by: "bot", at, message }, {}));
    return drawn.flatMap((item) => [...item.querySelectorAll("[data-unknown]")])
        .map((mark) => mark.dataset.unknown);
}"""


_DRAW_BLOCKS = """async (messages) => {
    const { blocks } = await import("/page/js/blocks.js");
    const drawn = messages.flatMap((each) => blocks(each, { names: {} }));
    return drawn.flatMap((item) => [item, ...item.querySelectorAll("*")])
        .filter((each) => each.dataset.unknown).map((mark) => mark.dataset.unknown);
}"""


@cache
def _turns() -> tuple[tuple[Reply, ...], ...]:
    """What the bot says in every transcript."""
    known = library.load()
    return tuple(turn.replies for story in stories() for turn in play(story, known).turns)


def _all_messages() -> list[Json]:
    """Every kind of message of every transcript, those of one shape once."""
    return _of_one_shape(message for turn in _turns() for message in messages(turn))


def _of_one_shape(given: Iterable[Json]) -> list[Json]:
    found: dict[str, Json] = {}
    for each in given:
        found.setdefault(_shape(each), each)
    return list(found.values())


def _shape(message: Json) -> str:
    return json.dumps(_kinds(message), sort_keys=True)


def _kinds(value: Any) -> Any:
    """Reduce a value to its types and keys, with equal neighbours once."""
    if isinstance(value, dict):
        return {key: value[key] if key == "type" else _kinds(value[key]) for key in value}
    if isinstance(value, list):
        return sorted({json.dumps(_kinds(each), sort_keys=True) for each in value})
    return type(value).__name__

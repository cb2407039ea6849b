"""Every tap on the page's phone is a signed webhook of the fake LINE.

Tested in a real browser.
"""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect

from bot.demo.stories import stories
from tests.bot.demo import running
from tests.bot.demo.owner import Owner
from tests.bot.demo.running import Seat
from tests.bot.demo.staff import Staff

TAPS = (
    ("診断する", "いまの売上は"),
    ("3割以上減った", "重く感じている費用"),
    ("仕入れ・材料", "ほかにもあれば"),
    ("これで全部", "利益は出ていますか"),
    ("この1年は赤字", "どこからありますか"),
    ("保証協会つきの融資", "ほかにもあれば"),
    ("これで全部", "返済のようす"),
    ("遅れている・止まっている", "何回ありますか"),
    ("まだない", "払うのが遅れている"),
    ("遅れはない", "手元のお金"),
    ("半年くらい", "どうしていきたいですか"),
    ("売上を増やしたい", "ほかにもあれば"),
    ("これで全部", "事業の形"),
    ("個人事業主", "お仕事は"),
    ("小売・飲食（50人）", "当てはまるものはありますか"),
    ("どれもない", "どこにありますか"),
    ("四国", "都道府県を選んで"),
    ("愛媛県", "愛媛県中小企業活性化協議会"),
)


def test_the_whole_interview_by_taps(seat: Seat) -> None:
    owner = Owner(seat)
    owner.add_friend()
    for label, answer in TAPS:
        owner.taps(label)
        owner.hears(answer)
    expect(owner.chat).to_contain_text("使えそうです")
    call = owner.last.get_by_role("link", name="089-970-5771").last
    assert call.get_attribute("href") == "tel:0899705771"


def test_the_first_view_says_what_to_do(seat: Seat) -> None:
    owner = Owner(seat)
    owner.chat.get_by_role("button", name="リスケとは").click()
    owner.hears("リスケ")
    expect(owner.chat.get_by_role("button", name="返済が苦しい")).to_have_count(0)


def test_the_welcome_is_short_and_privacy_is_one_tap_away(seat: Seat) -> None:
    owner = Owner(seat)
    owner.add_friend()
    assert owner.said.first.locator(".words").evaluate(LINES) <= 5
    phone = seat.page.get_by_role("region", name="オーナーのスマホ")
    expect(phone.get_by_role("button", name="窓口を探す")).to_have_count(2)
    owner.taps("プライバシー")
    expect(owner.chat).to_contain_text("自動で消えます")


LINES = """(words) => {
  const range = document.createRange();
  range.selectNodeContents(words);
  return Math.round(range.getBoundingClientRect().height / parseFloat(getComputedStyle(words).lineHeight));
}"""


def test_quick_replies_go_with_the_next_message_and_the_bubble_stays(seat: Seat) -> None:
    owner = Owner(seat)
    owner.add_friend()
    offers = seat.page.get_by_role("group", name="クイックリプライ")
    owner.taps("使えるか調べる")
    owner.hears("事業の形")
    expect(offers.get_by_role("button").last).to_have_text("人と話す")
    owner.taps("診断する")
    owner.hears("いまの売上は")
    expect(offers.get_by_text("法人")).to_have_count(0)
    owner.chat.get_by_role("button", name="使えるか調べる").first.click()
    owner.hears("事業の形")


def test_the_menu_below_the_chat(seat: Seat) -> None:
    owner = Owner(seat)
    menu = seat.page.get_by_role("group", name="メニュー")
    assert (
        menu.locator("img").evaluate("(image) => image.decode().then(() => image.naturalWidth)")
        == 2500
    )
    menu.get_by_role("button", name="診断する").click()
    owner.hears("いまの売上は")
    expect(menu).to_be_hidden()
    seat.page.get_by_role("button", name="メニュー").click()
    menu.get_by_role("button", name="質問する").press("Enter")
    expect(seat.page.get_by_role("textbox", name="メッセージ", exact=True)).to_be_focused()


def test_a_place_a_sticker_and_a_photo(seat: Seat) -> None:
    owner = Owner(seat)
    owner.writes("窓口を探す")
    owner.hears("どこにありますか")
    _choose(seat, "スタンプ")
    owner.hears("どこにありますか")
    _choose(seat, "写真")
    expect(owner.chat.get_by_role("img", name="写真")).to_be_visible()
    _choose(seat, "位置情報")
    seat.page.get_by_label("緯度").fill("26.2124")
    seat.page.get_by_label("経度").fill("127.6809")
    seat.page.get_by_role("button", name="ここを送る").click()
    owner.hears("沖縄県")


def _choose(seat: Seat, what: str) -> None:
    seat.page.get_by_role("button", name="送るものを選ぶ").click()
    seat.page.get_by_role("dialog").get_by_role("button", name=what).click()


def test_a_button_of_long_ago_corrects_an_answer(seat: Seat) -> None:
    owner = Owner(seat)
    owner.writes("診断する")
    owner.hears("いまの売上は")
    owner.taps("3割以上減った")
    owner.hears("重く感じている費用")
    _choose(seat, "昔のボタン")
    seat.page.get_by_label("ボタンの値").fill("v1|sales=up")
    seat.page.get_by_role("button", name="押す", exact=True).click()
    owner.hears("直しました")


def test_unsent_words_taking_back_blocking_and_coming_back(seat: Seat) -> None:
    owner = Owner(seat)
    seat.page.route("**/api/line/send", lambda route: route.fulfill(body=""))
    owner.writes("こんにちは、はじめまして")
    field = seat.page.get_by_role("textbox", name="メッセージ", exact=True)
    expect(seat.page.get_by_text("デモのサーバーに届きません")).to_be_visible()
    expect(field).to_have_value("こんにちは、はじめまして")
    seat.page.unroute("**/api/line/send")
    field.press("Enter")
    owner.hears("下から選ぶか")
    seat.page.get_by_role("button", name="送信を取り消す").click()
    expect(owner.chat).to_contain_text("メッセージの送信を取り消しました")
    expect(owner.chat.get_by_text("はじめまして")).to_have_count(0)
    _setting(seat, "ブロックする")
    expect(seat.page.get_by_text("ブロックしています")).to_be_visible()
    expect(seat.page.get_by_role("textbox", name="メッセージ", exact=True)).to_be_hidden()
    seat.page.get_by_role("button", name="ブロックをやめる").click()
    expect(seat.page.get_by_role("textbox", name="メッセージ", exact=True)).to_be_visible()


def _setting(seat: Seat, what: str) -> None:
    seat.page.get_by_role("button", name="トークの設定").click()
    seat.page.get_by_role("dialog").get_by_role("button", name=what).click()


def test_stories_play_to_their_end(seat: Seat) -> None:
    """The stories with staff and the shortest of the others play to their end.

    Their words are tested elsewhere.
    """
    with_staff = [story for story in stories() if any(act.by_staff for act in story.acts)]
    others = [story for story in stories() if story not in with_staff]
    playing = seat.page.locator("#playing")
    for story in (*with_staff, min(others, key=lambda story: len(story.acts))):
        seat.page.get_by_role("button", name="物語を見る").click()
        seat.page.get_by_role("button", name=f"{story.title}を一気に見る").click()
        expect(playing).to_contain_text(story.title)
        expect(playing).to_be_hidden()


def test_on_a_phone_the_panes_are_tabs_and_survive_a_reload(browser: Browser, address: str) -> None:
    with running.seat(browser, address, viewport={"width": 375, "height": 720}) as seat:
        owner = Owner(seat)
        owner.writes("使い方")
        expect(owner.chat).to_contain_text("できること")
        tabs = seat.page.get_by_role("navigation", name="画面")
        tabs.get_by_role("button", name="しくみ").click()
        expect(owner.count("undelivered")).to_be_visible()
        expect(owner.chat).to_be_hidden()
        width = seat.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 375
        tabs.get_by_role("button", name="スタッフ").click()
        staff = Staff(seat, "鈴木さん")
        seat.page.reload()
        expect(seat.page.get_by_label("操作する人").locator("option:checked")).to_have_text(
            "鈴木さん"
        )
        expect(staff.pane).to_be_visible()
        tabs.get_by_role("button", name="オーナー").click()
        expect(owner.chat).to_contain_text("できること")


def test_a_story_shows_its_phone_and_can_be_stopped(browser: Browser, address: str) -> None:
    with running.seat(browser, address, viewport={"width": 375, "height": 720}) as seat:
        tabs = seat.page.get_by_role("navigation", name="画面")
        tabs.get_by_role("button", name="スタッフ").click()
        seat.page.get_by_role("button", name="物語を見る").click()
        seat.page.get_by_role("button", name=re.compile("お茶屋.*読む速さで見る")).click()
        playing = seat.page.locator("#playing")
        expect(playing).to_contain_text("/ 22")
        expect(seat.page.get_by_role("log", name="トーク")).to_be_visible()
        watched = seat.page.get_by_label("だれのスマホか")
        expect(watched).to_have_value(re.compile("お茶屋"))
        watched.select_option("花子")
        playing.get_by_role("button", name="スマホを見る").click()
        expect(watched).to_have_value(re.compile("お茶屋"))
        playing.get_by_role("button", name="止める").click()
        expect(playing).to_be_hidden()


def test_the_theme_is_chosen_and_remembered(seat: Seat) -> None:
    page = seat.page
    page.get_by_label("明るさ").select_option("dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.reload()
    expect(page.get_by_label("明るさ")).to_have_value("dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    page.get_by_label("明るさ").select_option("light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark

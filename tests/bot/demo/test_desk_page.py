"""The staff's Slack of the page, and a case from phone to desk and back."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from bot.demo.desk import COMMANDS, EVENTS, MESSAGE_SHORTCUTS, SHORTCUTS
from tests.bot.demo.owner import Owner
from tests.bot.demo.running import Seat
from tests.bot.demo.staff import Staff


def test_a_case_goes_to_the_desk_and_back(seat: Seat) -> None:
    owner, staff = Owner(seat), Staff(seat)
    _ask_for_a_person(owner)
    card = staff.posts.last
    expect(card).to_contain_text("待っています")
    card.get_by_role("button", name="担当する").click()
    owner.hears("これからお話をうかがいます")
    expect(staff.posts.last).to_contain_text("対応しています")

    staff.opens_thread(staff.posts.last)
    staff.answers("お話を読みました。いっしょに考えましょう")
    owner.hears("お話を読みました。いっしょに考えましょう")
    expect(owner.last.locator(".name")).to_have_text("相談員")
    expect(staff.thread.filter(has_text="読みました").get_by_text("✅ 1")).to_be_visible()
    staff.answers("// これはメモ")
    owner.writes("ありがとうございます")
    expect(staff.thread.last).to_contain_text("ありがとうございます")
    expect(owner.chat.get_by_text("これはメモ")).to_have_count(0)

    staff.answers("\n".join(f"書類の{number}つめです" for number in range(12)))
    owner.hears("書類の11つめ")
    staff.answers("急がなくて大丈夫です")
    owner.hears("急がなくて大丈夫です")
    expect(owner.last).to_be_in_viewport(ratio=1)

    owner.page.get_by_role("button", name=re.compile("^メニュー")).click()
    menu = owner.page.locator(".menu-picture").get_by_role("button")
    expect(menu).to_have_count(3)
    menu.and_(owner.page.get_by_label("結果を見る")).click()
    owner.hears("まだ結果は出ていません")

    staff.posts.last.get_by_role("button", name="ボットに戻す").click()
    owner.hears("重く感じている費用")
    expect(owner.page.locator(".menu-picture .area")).to_have_count(6)
    owner.taps("とくにない")
    owner.hears("利益は出ていますか")


def test_a_reply_written_in_the_form_and_a_form_left_empty(seat: Seat) -> None:
    owner, staff = Owner(seat), Staff(seat)
    _ask_for_a_person(owner)
    staff.posts.last.get_by_role("button", name="担当する").click()
    owner.hears("これからお話をうかがいます")
    staff.posts.last.get_by_role("button", name="送る").click()
    form = seat.page.get_by_role("dialog")
    form.get_by_role("button", name="送る").click()
    expect(form.get_by_role("alert")).to_have_text("この項目は必須です。")
    form.get_by_role("textbox", name="お客さまに届く文").fill("書類は、あるだけで大丈夫です")
    with seat.page.expect_response("**/api/slack/submit"):
        form.get_by_role("button", name="送る").dblclick()
    owner.hears("書類は、あるだけで大丈夫です")
    expect(form).to_be_hidden()
    expect(owner.chat.get_by_text("書類は、あるだけで大丈夫です")).to_have_count(1)
    expect(seat.page.locator("#toast")).not_to_contain_text("できませんでした")


def test_a_second_colleague_is_asked_before_anything_is_sent(seat: Seat) -> None:
    owner, staff = Owner(seat), Staff(seat)
    _ask_for_a_person(owner)
    staff.posts.last.get_by_role("button", name="担当する").click()
    owner.hears("これからお話をうかがいます")
    other = Staff(seat, "鈴木さん")
    other.opens_thread(other.posts.last)
    other.answers("横から失礼します")
    ask = other.thread.last
    expect(ask).to_contain_text("あなただけに表示されています")
    expect(owner.chat.get_by_text("横から失礼します")).to_have_count(0)
    ask.get_by_role("button", name="今回だけ送る").click()
    owner.hears("横から失礼します")


def _ask_for_a_person(owner: Owner) -> None:
    owner.writes("診断する")
    owner.hears("いまの売上は")
    owner.taps("3割以上減った")
    owner.hears("重く感じている費用")
    owner.writes("人と話す")
    owner.hears("おつなぎしますか")
    owner.taps("はい、つないでください")
    owner.hears("ボットに戻る")


def test_the_interview_in_the_direct_messages(seat: Seat) -> None:
    staff = Staff(seat)
    staff.goes_to("経営改善ナビ")
    staff.writes("/keiei")
    expect(staff.posts.filter(has_text="質問を出しました")).to_be_visible()
    panel = staff.posts.filter(has_text="いまの売上は").last
    panel.get_by_role("button", name="3割以上減った").click()
    expect(staff.posts.filter(has_text="重く感じている費用")).to_be_visible()
    staff.posts.last.get_by_role("button", name="要約を出す").click()
    expect(staff.posts.filter(has_text="コピーして使える相談ファイル")).to_be_visible()


def test_a_place_is_chosen_by_typing_in_the_menu(seat: Seat) -> None:
    staff = Staff(seat, "鈴木さん")
    staff.goes_to("経営改善ナビ")
    staff.writes("窓口を探す")
    menu = staff.posts.last.get_by_role("combobox")
    menu.fill("愛媛")
    staff.pane.get_by_role("option", name="愛媛県").click()
    expect(staff.posts.last).to_contain_text("愛媛県中小企業活性化協議会")


def test_a_desk_of_a_region_is_set_and_undone(seat: Seat) -> None:
    staff, page = Staff(seat), seat.page
    staff.goes_to("アプリのホーム")
    home, form = page.get_by_role("region", name="アプリのホーム"), page.get_by_role("dialog")
    home.get_by_role("button", name="窓口の設定").click()
    expect(form.get_by_role("combobox", name="急ぎのときに呼ぶ人")).to_be_visible()
    expect(form.locator("[data-unknown]")).to_have_count(0)
    form.get_by_role("button", name="すべて閉じる").click()
    home.get_by_role("button", name="地域の窓口").click()
    form.get_by_role("button", name="窓口を加える").click()
    form.get_by_role("combobox", name="チャンネル").click()
    form.get_by_role("option", name="近畿の窓口").click()
    form.get_by_role("combobox", name="都道府県").fill("沖縄")
    form.get_by_role("option", name="沖縄県").click()
    expect(form.get_by_role("button", name="沖縄県を外す")).to_be_visible()
    form.get_by_role("button", name="保存").click()
    expect(form).to_be_hidden()
    staff.goes_to("相談デスク")
    told = staff.posts.filter(has_text="沖縄県 → #近畿の窓口").last
    told.get_by_role("button", name="元に戻す").click()
    form.get_by_role("button", name="元に戻す").click()
    expect(staff.posts.last).to_contain_text("元に戻しました")


def test_the_home_its_form_with_an_error_and_its_chart(seat: Seat) -> None:
    owner, staff = Owner(seat), Staff(seat, "鈴木さん")
    _ask_for_a_person(owner)
    staff.goes_to("アプリのホーム")
    home = seat.page.get_by_role("region", name="アプリのホーム")
    home.get_by_role("button", name="LINEでの表示名").click()
    form = seat.page.get_by_role("dialog")
    form.get_by_role("textbox", name="名前").fill("LINE相談員")
    form.get_by_role("button", name="保存").click()
    expect(form.get_by_role("alert")).to_be_visible()
    expect(form.get_by_role("textbox", name="名前")).to_have_value("LINE相談員")
    form.get_by_role("textbox", name="名前").fill("相談員 鈴木")
    form.get_by_role("button", name="保存").click()
    expect(form).to_be_hidden()
    home.get_by_role("button", name="グラフをDMに送る").click()
    staff.goes_to("経営改善ナビ")
    expect(staff.posts.get_by_role("img", name=re.compile("話した方")).last).to_be_visible()
    staff.goes_to("相談デスク")
    staff.posts.last.get_by_role("button", name="担当する").click()
    owner.hears("相談員 鈴木")


def test_a_guest_is_turned_away(seat: Seat) -> None:
    guest = Staff(seat, "外部の方（ゲスト）")
    guest.goes_to("経営改善ナビ")
    expect(guest.posts).to_have_count(0)
    expect(guest.pane.locator(".stream").first).to_have_attribute(
        "data-empty", re.compile("/keiei")
    )
    guest.writes("/keiei")
    expect(guest.posts.filter(has_text="メンバーだけ")).to_be_visible()


def test_messages_can_be_edited_deleted_and_reacted_to(seat: Seat) -> None:
    staff = Staff(seat)
    staff.writes("書きかけの *文* :eyes:")
    mine = staff.posts.filter(has_text="書きかけの")
    expect(mine.locator("strong", has_text="文")).to_be_visible()
    mine.hover()
    mine.get_by_role("button", name="編集する").click()
    seat.page.get_by_role("dialog").get_by_role("textbox").fill("次の文")
    seat.page.get_by_role("dialog").get_by_role("button", name="保存").click()
    mine = staff.posts.filter(has_text="次の文")
    expect(mine).to_contain_text("編集済み")
    mine.hover()
    mine.get_by_role("button", name="リアクションする").click()
    seat.page.get_by_role("dialog").get_by_role("button", name="pray").click()
    mine.get_by_role("button", name=":pray: 1件").click()
    expect(mine.get_by_role("button", name=":pray:")).to_have_count(0)
    staff.opens_thread(mine)
    staff.pane.get_by_label("チャンネルにも投稿する").check()
    staff.answers("スレッドの返事")
    expect(staff.posts.filter(has_text="スレッドの返事")).to_be_visible()
    mine.hover()
    mine.get_by_role("button", name="削除する").click()
    expect(staff.posts.filter(has_text="削除されました")).to_be_visible()


def test_the_app_of_the_demo_is_the_one_of_the_manifest() -> None:
    manifest = Path("slack/manifest.yaml").read_text("utf-8")
    offered = re.findall(r"name: (\S+)\n\s+type: (\w+)\n\s+callback_id: (\w+)", manifest)
    named: dict[str, dict[str, str]] = {kind: {} for kind in ("global", "message")}
    for name, kind, callback in offered:
        named[kind][callback] = name
    assert (named["global"], named["message"]) == (SHORTCUTS, MESSAGE_SHORTCUTS)
    assert tuple(re.findall(r"command: (\S+)", manifest)) == COMMANDS
    listed = manifest.partition("bot_events:")[2].partition("interactivity")[0]
    assert set(re.findall(r"- (\S+)", listed)) == EVENTS

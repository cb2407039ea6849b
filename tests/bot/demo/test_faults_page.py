"""Faults caused on purpose in the browser lose nothing and double nothing."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.bot.demo.owner import Owner
from tests.bot.demo.running import Seat


def test_a_bot_killed_in_the_middle_goes_on_where_it_was(seat: Seat) -> None:
    owner = Owner(seat)
    owner.writes("診断する")
    owner.hears("いまの売上は")
    owner.taps("3割以上減った")
    owner.hears("重く感じている費用")
    _kill(seat)
    owner.writes("とくにない")
    expect(owner.count("waiting")).not_to_have_text("0")
    expect(owner.chat.locator(".mine").last.locator(".read")).to_have_count(0)
    seat.page.get_by_role("button", name="起動する").click()
    owner.hears("利益は出ていますか")
    expect(owner.chat.locator(".mine").last.locator(".read")).to_be_visible()
    expect(owner.count("waiting")).to_have_text("0")


def test_what_line_refuses_waits_through_a_kill_and_arrives_once(seat: Seat) -> None:
    owner = Owner(seat)
    with_error = seat.page.get_by_role("switch", name="LINEが500を返す")
    with_error.check()
    owner.writes("使い方")
    expect(owner.count("undelivered")).to_have_text("1")
    _kill(seat)
    expect(owner.count("undelivered")).to_have_text("1")
    seat.page.get_by_role("button", name="起動する").click()
    expect(seat.page.get_by_text("動いています")).to_be_visible()
    expect(owner.count("undelivered")).to_have_text("1")
    with_error.uncheck()
    expect(owner.count("undelivered")).to_have_text("0")
    expect(owner.said.filter(has_text="できること")).to_have_count(1)


def _kill(seat: Seat) -> None:
    seat.page.get_by_role("button", name="強制終了").click()
    expect(seat.page.get_by_text("止まっています")).to_be_visible()


def test_a_slow_line_shows_nothing_until_it_has_taken_the_message(seat: Seat) -> None:
    owner = Owner(seat)
    slow = seat.page.get_by_role("switch", name="LINEが遅い")
    slow.check()
    owner.writes("使い方")
    expect(owner.chat.locator(".read")).to_be_visible()
    expect(owner.said).to_have_count(0)
    slow.uncheck()
    expect(owner.said.filter(has_text="できること")).to_have_count(1)


def test_while_line_fails_the_phone_shows_that_something_comes(seat: Seat) -> None:
    owner = Owner(seat)
    with_error = seat.page.get_by_role("switch", name="LINEが500を返す")
    with_error.check()
    owner.writes("使い方")
    expect(owner.chat.get_by_role("img", name="返事を用意しています")).to_be_visible()
    with_error.uncheck()
    expect(owner.said.filter(has_text="できること")).to_have_count(1)
    expect(owner.chat.get_by_role("img", name="返事を用意しています")).to_have_count(0)


def test_a_webhook_delivered_twice_is_answered_once(seat: Seat) -> None:
    owner = Owner(seat)
    twice = seat.page.get_by_role("switch", name="2度届く")
    twice.check()
    owner.writes("使い方")
    expect(seat.page.locator(".exchanges .times").first).to_have_text("2回")
    owner.writes("診断する")
    owner.hears("いまの売上は")
    twice.uncheck()
    expect(owner.said.filter(has_text="できること")).to_have_count(1)


def test_the_inspector_shows_the_json_the_limits_and_the_way(seat: Seat) -> None:
    owner = Owner(seat)
    owner.writes("診断する")
    owner.hears("いまの売上は")
    owner.taps("3割以上減った")
    owner.hears("重く感じている費用")
    inspector = seat.page.get_by_role("region", name="しくみ")
    expect(inspector.get_by_label("送られたJSON")).to_contain_text('"replyToken"')
    expect(inspector.locator(".limits")).to_contain_text("/ 13")
    expect(inspector.locator(".limits")).to_contain_text("/ 30 KB")
    expect(inspector.locator(".limits")).to_contain_text("/ 1,500")
    expect(inspector.locator(".flow .here")).to_have_text("重い費用")
    expect(inspector.locator(".flow .station.walked")).to_have_count(3)
    expect(inspector.get_by_role("img", name="売上は3割以上減った")).to_be_visible()
    inspector.get_by_role("button", name="LINE postback").first.click()
    expect(inspector.get_by_label("送られたJSON")).to_contain_text('"x-line-signature"')
    expect(inspector.get_by_label("送られたJSON")).to_contain_text("v1|sales=down_sharp")

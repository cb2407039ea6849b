"""The home and its messages hold the right parts in order, within Slack's limits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analytics.figures import figures
from bot.channels import Quota
from bot.channels.slack.home.charts import draw_chart
from bot.channels.slack.home.follow_up import Reminders
from bot.channels.slack.home.view import Situation, draw_home
from bot.channels.slack.home.wording import NOT_READ
from bot.channels.slack.queue.view import Queue
from bot.channels.slack.ui.blocks import VIEW_BLOCKS
from bot.model.case import Case, Reason
from bot.simulator.slack.blocks import blocks
from bot.store import OutboxState
from bot.store.records import DayCount, UnansweredQuestion
from flows.keiei.catalog import QUESTIONS
from knowledge.freshness import Kind, Stale

NOW = datetime(2026, 11, 27, 5, 30, tzinfo=UTC)  # 14:30 of a Friday in Japan
TODAY = date(2026, 11, 27)
HOUR = timedelta(hours=1)
CASE = Case("ab12cd34ef", Reason.ASKED, NOW - HOUR, NOW + HOUR)
CALM = Situation(
    Queue(NOW, "U1"), figures=figures((), TODAY, QUESTIONS), outbox=OutboxState(0, None, 0)
)


def words(drawn: Any) -> Iterator[str]:
    """Every text in blocks, in order."""
    if isinstance(drawn, dict):
        own = drawn.get("text")
        if isinstance(own, str):
            yield own
        for each in drawn.values():
            yield from words(each)
    elif isinstance(drawn, list):
        for each in drawn:
            yield from words(each)


def shown(situation: Situation) -> str:
    view = draw_home(situation)
    assert blocks.find_faults(view, "home") == []
    return "\n".join(words(view))


def queued(*cases: Case, **more: Any) -> Queue:
    return Queue(NOW, "U1", cases, **more)


def counts(*given: tuple[str, str, int]) -> tuple[DayCount, ...]:
    return tuple(DayCount(TODAY, *each) for each in given)


def test_home_shows_cases_then_questions_then_figures() -> None:
    text = shown(
        replace(
            CALM, queue=queued(CASE), asked=(UnansweredQuestion(1, "補助金は？", NOW, "line:U1"),)
        )
    )
    order = ["対応中の相談　1件", "答えられなかった質問　1人から", "利用のようす", "手入れ"]
    assert [text.index(each) for each in order] == sorted(text.index(each) for each in order)


def test_home_says_of_when_it_is() -> None:
    assert "11月27日（金）14時30分現在" in shown(CALM)


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (CASE, "🔵 通常　兵庫県の相談\n人と話したいとのことです"),
        (CASE, "1時間待ち（今日の15時30分までに返事と約束）"),
        (CASE, "担当：まだいません"),
        (replace(CASE, promised_by=NOW - HOUR), "1時間待ち ⏰約束の今日の13時30分を過ぎました"),
        (replace(CASE, holder="U2", holder_name="相談員 太郎"), "担当：相談員 太郎"),
        (replace(CASE, holder="U2", holder_name="相談員"), "担当：お名前未登録"),
        (replace(CASE, holder="U1", holder_name="相談員 花子"), "担当：あなた"),
        (replace(CASE, snoozed_until=NOW + HOUR), "💤 今日の15時30分に戻ります"),
        (
            replace(CASE, first_reply_at=NOW, quote="q", asked_at=NOW - HOUR / 4),
            "お客さまの言葉から15分",
        ),
        (replace(CASE, first_reply_at=NOW), "お返事済み（始まってから1時間）"),
        (replace(CASE, reason=Reason.DESPAIR), "🆘 至急　兵庫県の相談"),
    ],
)
def test_home_case_says_its_wait_promise_and_holder(case: Case, said: str) -> None:
    assert said in shown(replace(CALM, queue=queued(case, names={case.id: "兵庫県の相談"})))


def test_home_case_with_a_link_leads_to_its_thread() -> None:
    link = "https://example.slack.com/archives/C1/p1"
    view = draw_home(replace(CALM, queue=queued(CASE, links={CASE.id: link})))
    buttons = [each["accessory"] for each in view["blocks"] if "accessory" in each]
    assert [each["url"] for each in buttons] == [link]
    assert not any("accessory" in each for each in draw_home(CALM)["blocks"])


def test_home_with_many_cases_shows_the_most_urgent_and_counts_the_rest() -> None:
    many = [replace(CASE, id=f"{each:04}") for each in range(50)]
    cases = [*many, replace(CASE, id="zz", reason=Reason.DESPAIR)]
    names = {each.id: f"相談 {each.id}" for each in cases}
    text = shown(replace(CALM, queue=queued(*cases, names=names)))
    assert text.index("相談 zz") < text.index("相談 0000")
    assert "対応中の相談　51件" in text
    assert text.count("担当：") == 20
    assert "ほかに31件あります" in text


def test_home_counts_questions_by_people_without_their_words() -> None:
    asked = [
        UnansweredQuestion(each, f"質問{each}", NOW, f"line:U{each % 3}") for each in range(1000)
    ]
    text = shown(replace(CALM, asked=asked))
    assert "答えられなかった質問　3人から" in text
    assert "質問1" not in text


def test_home_without_anything_says_so_kindly() -> None:
    text = shown(CALM)
    assert "いま待っている方はいません" in text
    assert "どの質問にも答えられています" in text
    assert "この4週間の会話はまだありません" in text
    assert "⚠️" not in text


def test_home_without_a_desk_shows_no_cases() -> None:
    assert "対応中の相談" not in shown(replace(CALM, has_desk=False))


@pytest.mark.parametrize("source", ["cases", "asked", "figures", "outbox", "quota", "stale"])
def test_home_with_a_failed_source_names_it_and_shows_the_rest(source: str) -> None:
    whole = replace(CALM, quota=Quota(1, 10))
    unread = Queue(NOW, "U1", None)
    lost: dict[str, Any] = {"queue": unread} if source == "cases" else {source: None}
    text, without = shown(whole), shown(replace(whole, **lost))
    assert NOT_READ not in text
    assert without.count(NOT_READ) == 1
    for heading in ("対応中の相談", "答えられなかった質問", "利用のようす", "手入れ"):
        assert heading in without


@pytest.mark.parametrize(
    ("quota", "said", "warned"),
    [
        (Quota(50, 200), "今月 50通（上限 200通、25%）", False),
        (Quota(159, 200), "今月 159通（上限 200通、80%）", False),
        (Quota(160, 200), "あと40通です（200通のうち）", True),
        (Quota(200, 200), "使い切りました", True),
        (Quota(1234, None), "今月 1,234通（上限なし）", False),
        (Quota(0, 0), "今月 0通（上限 0通）", True),
    ],
)
def test_home_quota_warns_from_80_percent(quota: Quota, said: str, *, warned: bool) -> None:
    text = shown(replace(CALM, quota=quota))
    assert said in text
    assert ("⚠️" in text) is warned


def test_home_without_line_shows_no_quota() -> None:
    assert "送信数" not in shown(replace(CALM, has_line=False))


def test_home_with_late_deliveries_warns_first() -> None:
    troubled = OutboxState(2, NOW - HOUR, 3)
    text = shown(replace(CALM, outbox=troubled))
    assert text.index("2件の送信が、1時間前から届いていません") < text.index("対応中の相談")
    assert "送っている途中 2件、断られたもの 3件" in text
    assert "⚠️" not in shown(replace(CALM, outbox=OutboxState(2, NOW - timedelta(seconds=9), 0)))


def test_home_names_facts_to_check() -> None:
    old = [Stale(Kind.ANSWER, "1", f"答え{each}", "", "2025-11-01") for each in range(5)]
    leaflet = [Stale(Kind.LEAFLET_PHONE, "13", "東京の協議会", "03-0000-0000", "2026-11-23")]
    text = shown(replace(CALM, stale=[*leaflet, *old]))
    assert "2015年のチラシのままの電話番号：1件\n・東京の協議会 03-0000-0000\n" in text
    assert "1年以上確かめていない情報：5件\n・答え0（2025年11月1日に確認）" in text
    assert text.count("（2025年11月1日に確認）") == 3
    assert "・ほか2件" in text


def test_home_figures_stand_in_words() -> None:
    counted = counts(
        ("talked", "", 9),
        ("talked_month", "", 4),
        ("finished", "diagnosis", 2),
        ("verdict", "likely", 2),
        ("reached", "sales", 4),
        ("answered", "sales", 3),
        ("person", "asked", 1),
    )
    text = shown(replace(CALM, figures=figures(counted, TODAY, QUESTIONS)))
    assert "*話した方*\n今日 9人・今月 4人\n（先月の同じ日まで 0人）" in text
    assert "売上　1人（4人のうち25%）" in text
    assert "使えそうです　2件（100%）" in text
    assert "人と話したい　1件（100%）" in text
    assert "11/21-11/27     9人 ......█" in text
    assert "いちばん多かった日は11月27日の9人です" in text


# --- the extremes ---------------------------------------------------------------------------------

MOMENTS = st.integers(0, 10 * 366 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
CASES = st.builds(
    Case,
    st.text(st.characters(codec="ascii", categories=["Nd", "Ll"]), min_size=10, max_size=10),
    st.sampled_from(Reason),
    MOMENTS,
    MOMENTS,
    holder=st.sampled_from(["", "U1", "U2"]),
    holder_name=st.text(max_size=300),
    first_reply_at=st.none() | MOMENTS,
)
COUNTS = st.builds(
    DayCount,
    st.dates(TODAY - timedelta(days=90), TODAY),
    st.sampled_from(
        ["talked", "talked_month", "reached", "answered", "finished", "verdict", "person"]
    ),
    st.sampled_from(["", "sales", "cash", "likely", "asked"]) | st.text(max_size=40),
    st.integers(1, 10**9),
)
FACTS = st.builds(
    Stale,
    st.sampled_from(Kind),
    st.text(),
    st.text(max_size=300),
    st.text(max_size=99),
    st.just("2020-01-01"),
)
SITUATIONS = st.builds(
    Situation,
    st.builds(
        Queue,
        MOMENTS,
        st.just("U1"),
        st.none() | st.lists(CASES, max_size=50, unique_by=lambda each: each.id),
    ),
    asked=st.none()
    | st.lists(
        st.builds(UnansweredQuestion, st.integers(), st.text(max_size=6000), MOMENTS), max_size=9
    ),
    figures=st.none()
    | st.lists(COUNTS, max_size=60).map(lambda each: figures(each, TODAY, QUESTIONS)),
    outbox=st.none() | st.builds(OutboxState, st.integers(0), st.none() | MOMENTS, st.integers(0)),
    quota=st.none() | st.builds(Quota, st.integers(0), st.none() | st.integers(0)),
    stale=st.none() | st.lists(FACTS, max_size=20),
    has_desk=st.booleans(),
    has_line=st.booleans(),
)


@settings(max_examples=150)
@given(SITUATIONS)
def test_home_of_any_situation_passes_slacks_checks(situation: Situation) -> None:
    cases = situation.queue.cases or ()
    links = {each.id: f"https://x.slack.com/archives/C1/p{each.id}" for each in cases}
    view = draw_home(replace(situation, queue=replace(situation.queue, links=links)))
    assert blocks.find_faults(view, "home") == []
    assert len(json.dumps(view)) < 250_000


def test_home_at_its_fullest_is_not_cut_off() -> None:
    full = replace(
        CALM,
        queue=queued(*(replace(CASE, id=f"{each:010}") for each in range(50))),
        asked=[UnansweredQuestion(each, "字" * 5000, NOW) for each in range(1000)],
        figures=figures(
            counts(
                *(
                    (name, each, 9)
                    for name in ("reached", "person", "verdict")
                    for each in "abcdef"
                ),
                ("talked", "", 5),
            ),
            TODAY,
            QUESTIONS,
        ),
        outbox=OutboxState(9, NOW - HOUR, 9),
        quota=Quota(200, 200),
        stale=[Stale(each, "x", "字" * 500, "", "2020-01-01") for each in Kind] * 100,
    )
    assert len(draw_home(full)["blocks"]) < VIEW_BLOCKS
    assert "ここの数字には" in shown(full)


@given(st.lists(COUNTS, max_size=60))
def test_chart_passes_slacks_checks_and_says_the_same_in_words(given: list[DayCount]) -> None:
    found = figures(given, TODAY, QUESTIONS)
    message = draw_chart(found)
    assert blocks.find_faults(message["blocks"], "message") == []
    chart = message["blocks"][0]["chart"]
    total = sum(each.talked for each in found.days)
    assert sum(point["value"] for point in chart["series"][0]["data"]) == total
    assert f"のべ{total:,}人" in message["text"]


REMINDERS = Reminders(12, 340, 0, 25, 3, 80, 61, is_stopped=False)


def test_home_shows_no_reminders_where_nobody_is_followed_up() -> None:
    assert "見守り" not in shown(CALM)


def test_home_counts_reminders_what_they_cost_and_who_answers() -> None:
    text = shown(replace(CALM, reminders=REMINDERS, quota=Quota(100, 1000)))
    assert "今日 12件、今月のこれから 340件" in text
    assert "送った 80通、そのあと書いてくれた 61人、返事のない 19通" in text
    assert "止めた 3人" in text
    assert "お知らせに使えるのは、あと700通" in text
    assert "超えます" not in text
    assert "今日のお知らせを止める（明日に回す）" in text


def test_home_warns_before_the_month_is_spent_and_says_what_is_stopped() -> None:
    stopped = replace(REMINDERS, is_stopped=True, overdue=4)
    text = shown(replace(CALM, reminders=stopped, quota=Quota(700, 1000)))
    assert "遅れ 4件" in text
    assert "今月の残りを超えます" in text
    assert "止めてあります" in text
    assert "今日のお知らせを再開する" in text

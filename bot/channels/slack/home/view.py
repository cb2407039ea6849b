"""App Home as staff see it: who waits, what nobody could answer, then how the service is doing.

It is read on a phone in a glance, so what needs somebody comes first and the rest is one line
each. It holds no owner's words: Slack keeps a home as it was published, also when they have been
taken back since. Charts are text: Slack shows its own only in messages. Source: Slack's Block Kit
reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.analytics.figures import Figures
from bot.channels import Quota
from bot.channels.slack.desk.case_card import REASONS
from bot.channels.slack.home.charts import draw_figures
from bot.channels.slack.knowledge.list_view import LIST, count_people
from bot.channels.slack.knowledge.number_card import SHOW
from bot.channels.slack.ui.blocks import (
    DIVIDER,
    VIEW_BLOCKS,
    Json,
    actions,
    button,
    context,
    header,
    paragraph,
    plain_text,
    rich_text,
)
from bot.handoff.waiting import is_overdue, most_urgent_first
from bot.model.case import Case
from bot.presentation.limits import cut
from bot.presentation.times import say_moment, say_moment_from
from bot.store import OutboxState
from bot.store.records import UnansweredQuestion
from knowledge import sources
from knowledge.freshness import Kind, Stale

BEGIN = "interview:begin"
"""The interview's own action; the rest is the home's."""

REFRESH, CHART, NAME, OPEN_CASE = "home:refresh", "home:chart", "home:name", "home:case"

CASES, STALE = 20, 3
"""So many cases and old facts are shown; the rest is counted."""

WARN_FROM = 0.8
"""The part of LINE's monthly messages from which staff are warned."""

LATE = timedelta(minutes=5)
"""How long a delivery may take before staff are told."""

NOT_READ = "取得できませんでした。少しあとで「更新」を押してください。"

_DAY = 24
_NAME = 80


@dataclass(frozen=True, slots=True)
class Situation:
    """What the home shows, as of `now`; None where a source could not be read.

    `viewer` is the ID of who looks. `links` lead to the cases' threads, by case id. `stale` are
    facts to look at again. `has_desk` and `has_line` say what is set up at all.
    """

    now: datetime
    viewer: str
    cases: Sequence[Case] | None = ()
    links: Mapping[str, str] = field(default_factory=dict)
    asked: Sequence[UnansweredQuestion] | None = ()
    figures: Figures | None = None
    outbox: OutboxState | None = None
    quota: Quota | None = None
    stale: Sequence[Stale] | None = ()
    has_desk: bool = True
    has_line: bool = True


def draw_home(situation: Situation) -> Json:
    """The view for views.publish."""
    blocks = [
        *_draw_top(situation),
        *_draw_cases(situation),
        *_draw_questions(situation.asked),
        DIVIDER,
        *draw_figures(situation.figures, NOT_READ),
        *actions([button("グラフをDMに送る", CHART)]),
        DIVIDER,
        *_draw_upkeep(situation),
    ]
    return {"type": "home", "callback_id": "home", "blocks": blocks[:VIEW_BLOCKS]}


def _draw_top(situation: Situation) -> Iterator[Json]:
    now = situation.now
    yield from actions(
        [button("聞き取りを始める", BEGIN, style="primary"), button("更新", REFRESH)]
    )
    yield context(f"{say_moment(now)}現在。聞き取りの質問は「メッセージ」タブに出ます。")
    warnings = [*_warn_late(situation.outbox, now), *_warn_quota(situation.quota)]
    if warnings:
        yield paragraph(rich_text("\n".join(f"⚠️ {each}" for each in warnings), bold=True))


def _warn_late(outbox: OutboxState | None, now: datetime) -> Iterator[str]:
    if outbox and outbox.oldest and now - outbox.oldest > LATE:
        yield (
            f"{outbox.waiting}件の送信が、{format_duration(now - outbox.oldest)}前から届いていません。"
            "届くまで自動で送り直します。"
        )


def _warn_quota(quota: Quota | None) -> Iterator[str]:
    if quota is None or quota.limit is None or quota.used < WARN_FROM * quota.limit:
        return
    if quota.used >= quota.limit:
        yield "LINEの今月の送信数を使い切りました。お返事は、お客さまが次に書いたときに届きます。"
    else:
        left = quota.limit - quota.used
        yield f"LINEの今月の送信数が、あと{left:,}通です（{quota.limit:,}通のうち）。"


# --- cases ----------------------------------------------------------------------------------------


def _draw_cases(situation: Situation) -> Iterator[Json]:
    cases = situation.cases
    if not (situation.has_desk or cases):
        return
    yield header("対応中の相談" + (f"　{len(cases)}件" if cases else ""))
    if cases is None:
        yield context(NOT_READ)
    elif not cases:
        yield context("いま待っている方はいません。")
    else:
        in_order = most_urgent_first(cases, situation.now)
        yield from (_draw_case(each, situation) for each in in_order[:CASES])
        if len(in_order) > CASES:
            yield context(f"ほかに{len(in_order) - CASES}件あります。")


def _draw_case(case: Case, situation: Situation) -> Json:
    mark, why = REASONS[case.reason]
    lines = (
        f"{mark} 相談 {case.id[:4]}　{_describe_wait(case, situation.now)}",
        why,
        f"担当：{_name_holder(case, situation.viewer)}",
    )
    shown = {"type": "section", "text": plain_text("\n".join(lines))}
    link = situation.links.get(case.id)
    action = f"{OPEN_CASE}:{case.id}"
    return shown | ({"accessory": button("スレッドを開く", action, url=link)} if link else {})


def _describe_wait(case: Case, now: datetime) -> str:
    since = format_duration(now - case.opened_at)
    if case.first_reply_at:
        return f"お返事済み（始まってから{since}）"
    promised = say_moment_from(case.promised_by, now)
    if is_overdue(case, now):
        return f"{since}待ち ⏰約束の{promised}を過ぎました"
    return f"{since}待ち（{promised}までに返事と約束）"


def _name_holder(case: Case, viewer: str) -> str:
    if not case.holder:
        return "まだいません"
    return "あなた" if case.holder == viewer else cut(case.holder_name, _NAME)


def format_duration(time: timedelta) -> str:
    """A length of time as one says it: 12分, 2時間15分, 3日; never less than nothing."""
    whole, minutes = divmod(max(int(time.total_seconds()) // 60, 0), 60)
    if whole >= _DAY:
        return f"{whole // _DAY}日"
    if not whole:
        return f"{minutes}分"
    return f"{whole}時間" + (f"{minutes}分" if minutes else "")


# --- questions nobody could answer ----------------------------------------------------------------


def _draw_questions(asked: Sequence[UnansweredQuestion] | None) -> Iterator[Json]:
    """How many people; their words stand in lists alone, which lose them when their owners ask."""
    yield header("答えられなかった質問" + (f"　{count_people(asked)}人から" if asked else ""))
    if asked is None:
        yield context(NOT_READ)
    elif not asked:
        yield context("いまはありません。どの質問にも答えられています。")
    else:
        yield from actions([button("まとめて答える（DMに一覧を出します）", LIST)])


# --- upkeep ---------------------------------------------------------------------------------------


def _draw_upkeep(situation: Situation) -> Iterator[Json]:
    yield header("手入れ")
    lines = [*_describe_quota(situation), *_describe_outbox(situation.outbox)]
    yield paragraph(rich_text("\n".join((*lines, *_describe_stale(situation.stale)))))
    yield from actions([button("LINEでの表示名", NAME), *_draw_next_number(situation.stale)])
    yield context("ここの数字には、お客さまのお名前や金額は入っていません。")


def _describe_quota(situation: Situation) -> Iterator[str]:
    quota = situation.quota
    if not situation.has_line:
        return
    if quota is None:
        yield f"LINEの送信数：{NOT_READ}"
    elif quota.limit is None:
        yield f"LINEの送信数：今月 {quota.used:,}通（上限なし）"
    else:
        share = f"、{quota.used / quota.limit:.0%}" if quota.limit else ""
        yield f"LINEの送信数：今月 {quota.used:,}通（上限 {quota.limit:,}通{share}）"


def _describe_outbox(outbox: OutboxState | None) -> Iterator[str]:
    if outbox is None:
        yield f"送信：{NOT_READ}"
    elif not (outbox.waiting or outbox.given_up):
        yield "送信：すべて届いています"
    else:
        yield f"送信：送っている途中 {outbox.waiting:,}件、断られたもの {outbox.given_up:,}件"


def _describe_stale(stale: Sequence[Stale] | None) -> Iterator[str]:
    if stale is None:
        yield f"確かめたい情報：{NOT_READ}"
        return
    unconfirmed = [each for each in stale if each.kind is Kind.LEAFLET_PHONE]
    old = [each for each in stale if each.kind is not Kind.LEAFLET_PHONE]
    yield from _list_facts("2015年のチラシのままの電話番号", unconfirmed)
    yield from _list_facts("1年以上確かめていない情報", old)


def _draw_next_number(stale: Sequence[Stale] | None) -> list[Json]:
    """The way to the number to make sure of next."""
    codes = [each.target for each in stale or () if each.kind is Kind.LEAFLET_PHONE]
    return [button("次の番号を確かめる", SHOW, codes[0])] if codes else []


def _list_facts(heading: str, facts: Sequence[Stale]) -> Iterator[str]:
    """How many there are, and the first of them."""
    yield f"{heading}：{f'{len(facts)}件' if facts else 'ありません'}"
    for each in facts[:STALE]:
        checked = f"（{sources.in_words(each.checked_on)}に確認）"
        age = "" if each.kind is Kind.LEAFLET_PHONE else checked
        yield cut(f"・{each.name} {each.number}".rstrip(), _NAME) + age
    if len(facts) > STALE:
        yield f"・ほか{len(facts) - STALE}件"

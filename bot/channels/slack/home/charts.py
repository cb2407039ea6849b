"""The figures as blocks: sums, four weeks as text bars, where people stop, verdicts; and as a chart.

Every bar stands behind its number, so that nothing is said by a picture alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.analytics.figures import Day, Figures, Share, persons, stops, verdicts
from bot.channels.slack.ui.blocks import Json, context, header, paragraph, preformatted, rich_text

STOPS = 5
"""Questions that are shown."""

_BARS = "▁▂▃▄▅▆▇█"
_NONE = "."
_COUNTED = (
    ("話した方", "talked", "talked_month", "人"),
    ("最後まで答えた", "finished", "finished", "回"),
    ("人につないだ相談", "person", "person", "件"),
    ("答えられなかった質問", "unanswered", "unanswered", "件"),
)
"""Name, what is counted of a day and of a month, and the unit."""


def draw_figures(figures: Figures | None, not_read: str) -> Iterator[Json]:
    """The part of the home with figures; `not_read` is what to say when there are none to be had."""
    yield header("利用のようす")
    if figures is None:
        yield context(not_read)
        return
    yield {"type": "section", "fields": [_draw_total(figures, *each) for each in _COUNTED]}
    yield from _draw_weeks(figures)
    yield from _draw_stops(figures)
    yield from _draw_shares("診断の結果（今月）", verdicts(figures.month))
    yield from _draw_shares("人につないだ理由（今月）", persons(figures.month))


def _draw_total(figures: Figures, name: str, daily: str, monthly: str, unit: str) -> Json:
    """One number of today and the month; ours alone, so that it may be mrkdwn."""
    today, month = figures.today.total(daily), figures.month.total(monthly)
    before = figures.before.total(monthly)
    text = f"*{name}*\n今日 {today:,}{unit}・今月 {month:,}{unit}\n（先月の同じ日まで {before:,}{unit}）"
    return {"type": "mrkdwn", "text": text}


def _draw_heading(words: str) -> list[Json]:
    return rich_text(f"{words}\n", bold=True)


# --- four weeks -----------------------------------------------------------------------------------


def _draw_weeks(figures: Figures) -> Iterator[Json]:
    most = max(figures.days, key=lambda day: day.talked)
    if not most.talked:
        yield context("この4週間の会話はまだありません。LINEでの会話が始まると、ここに出ます。")
        return
    rows = "\n".join(_draw_week(week, most.talked) for week in figures.weeks)
    yield paragraph(rich_text("話した方（この4週間。数はのべ人数、右は1日ごと）", bold=True))
    yield preformatted(rows)
    yield context(f"いちばん多かった日は{_format_date(most.date)}の{most.talked:,}人です。")


def _draw_week(week: Sequence[Day], most: int) -> str:
    """A week: its first and last day, its sum, and a bar a day."""
    first, last = week[0].date, week[-1].date
    talked = sum(day.talked for day in week)
    bars = "".join(_draw_bar(day.talked, most) for day in week)
    return f"{_format_short(first)}-{_format_short(last)} {talked:>5}人 {bars}"


def _draw_bar(number: int, most: int) -> str:
    if not number:
        return _NONE
    return _BARS[(number * len(_BARS) - 1) // most]


def _format_short(day: date) -> str:
    return f"{day.month:>2}/{day.day:<2}"


def _format_date(day: date) -> str:
    return f"{day.month}月{day.day}日"


# --- parts ----------------------------------------------------------------------------------------


def _draw_stops(figures: Figures) -> Iterator[Json]:
    found = stops(figures.month, figures.questions)[:STOPS]
    if not found:
        return
    lines = [
        f"{stop.title}　{stop.stopped:,}人（{stop.reached:,}人のうち{stop.share:.0%}）"
        for stop in found
    ]
    yield paragraph(_draw_heading("途中で止まった質問（今月）"), rich_text("\n".join(lines)))
    yield context("いま答えている途中の方も入っています。")


def _draw_shares(heading: str, parts: Sequence[Share]) -> Iterator[Json]:
    if parts:
        lines = [f"{part.label}　{part.count:,}件（{part.share:.0%}）" for part in parts]
        yield paragraph(_draw_heading(heading), rich_text("\n".join(lines)))


# --- the chart ------------------------------------------------------------------------------------

_PER_POINT = 2
"""Days of one point: Slack draws at most 20, and 14 are four weeks."""


def draw_chart(figures: Figures) -> Json:
    """A message with the four weeks as a chart, and in words for who cannot see it."""
    first, last = figures.days[0].date, figures.days[-1].date
    talked = sum(day.talked for day in figures.days)
    finished = sum(day.finished for day in figures.days)
    title = f"{_format_date(first)}〜{_format_date(last)}の利用"
    words = f"話した方はのべ{talked:,}人、最後まで答えたのは{finished:,}回でした。"
    weekly = "、".join(_describe_week(week) for week in figures.weeks)
    points = [figures.days[at : at + _PER_POINT] for at in range(0, len(figures.days), _PER_POINT)]
    chart = {
        "type": "bar",
        "series": [
            {"name": "話した方", "data": [_make_point(each, "talked") for each in points]},
            {"name": "最後まで答えた", "data": [_make_point(each, "finished") for each in points]},
        ],
        "axis_config": {"categories": [_label_days(each) for each in points], "x_label": "日"},
    }
    return {
        "text": f"{title}：{words}",
        "blocks": [
            {"type": "data_visualization", "title": title, "chart": chart},
            context(f"{words}話した方を週ごとに：{weekly}。"),
        ],
    }


def _make_point(days: Sequence[Day], what: str) -> Json:
    return {"label": _label_days(days), "value": sum(getattr(day, what) for day in days)}


def _label_days(days: Sequence[Day]) -> str:
    first, last = days[0].date, days[-1].date
    return f"{first.month}/{first.day}-{last.month}/{last.day}"


def _describe_week(week: Sequence[Day]) -> str:
    return f"{_format_date(week[0].date)}から{sum(day.talked for day in week):,}人"

"""Figures as blocks, and as a chart.

Every bar stands behind its number, so that nothing is said by a picture alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.analytics.figures import (
    Day,
    Figures,
    Share,
    outcomes,
    persons,
    satisfaction,
    stops,
    verdicts,
)
from bot.analytics.spans import find_median
from bot.channels.slack.home import wording
from bot.channels.slack.ui.blocks import Json, context, header, paragraph, preformatted, rich_text

STOPS = 5
"""Questions that are shown."""

_BARS = "▁▂▃▄▅▆▇█"
_NONE = "."
_COUNTED = {
    "talked": "talked_month",
    "finished": "finished",
    "person": "person",
    "unanswered": "unanswered",
}
"""Counts of a day, and of a month. An owner on two days is one person."""


def draw_figures(figures: Figures | None, not_read: str) -> Iterator[Json]:
    """Draw the part of the home with figures.

    `not_read` is said where there are none to be had.
    """
    yield header(wording.FIGURES)
    if figures is None:
        yield context(not_read)
        return
    yield {"type": "section", "fields": [_draw_total(figures, *each) for each in _COUNTED.items()]}
    yield from _draw_weeks(figures)
    yield from _draw_stops(figures)
    yield from _draw_shares(wording.VERDICTS, verdicts(figures.month))
    yield from _draw_shares(wording.REASONS, persons(figures.month))
    yield from _draw_desk(figures)


def _draw_total(figures: Figures, daily: str, monthly: str) -> Json:
    """Draw one figure, in mrkdwn since it holds no words of others."""
    today, month = figures.today.total(daily), figures.month.total(monthly)
    before = figures.before.total(monthly)
    return {"type": "mrkdwn", "text": wording.count_total(daily, today, month, before)}


def _draw_heading(words: str) -> list[Json]:
    return rich_text(f"{words}\n", bold=True)


# --- four weeks -----------------------------------------------------------------------------------


def _draw_weeks(figures: Figures) -> Iterator[Json]:
    most = max(figures.days, key=lambda day: day.talked)
    if not most.talked:
        yield context(wording.NO_TALKS)
        return
    rows = "\n".join(_draw_week(week, most.talked) for week in figures.weeks)
    yield paragraph(rich_text(wording.WEEKS, bold=True))
    yield preformatted(rows)
    yield context(wording.say_busiest_day(most.date, most.talked))


def _draw_week(week: Sequence[Day], most: int) -> str:
    """Write a week's days, its sum and a bar for each day."""
    first, last = week[0].date, week[-1].date
    talked = sum(day.talked for day in week)
    bars = "".join(_draw_bar(day.talked, most) for day in week)
    return wording.count_week(f"{_format_short(first)}-{_format_short(last)}", talked, bars)


def _draw_bar(number: int, most: int) -> str:
    if not number:
        return _NONE
    return _BARS[(number * len(_BARS) - 1) // most]


def _format_short(day: date) -> str:
    return f"{day.month:>2}/{day.day:<2}"


# --- parts ----------------------------------------------------------------------------------------


def _draw_stops(figures: Figures) -> Iterator[Json]:
    found = stops(figures.month, figures.questions)[:STOPS]
    if not found:
        return
    lines = [
        wording.count_stops(stop.title, stop.stopped, stop.reached, stop.share) for stop in found
    ]
    yield paragraph(_draw_heading(wording.STOPS), rich_text("\n".join(lines)))
    yield context(wording.STOPS_NOTE)


def _draw_shares(heading: str, parts: Sequence[Share]) -> Iterator[Json]:
    if parts:
        lines = [wording.count_share(part.label, part.count, part.share) for part in parts]
        yield paragraph(_draw_heading(heading), rich_text("\n".join(lines)))


def _draw_desk(figures: Figures) -> Iterator[Json]:
    """Draw how fast the desk is, its outcomes, and owners' judgement."""
    month = figures.month
    spans = [
        wording.say_median(heading, find_median(month.values(name)), month.total(name))
        for name, heading in wording.SPANS.items()
        if month.total(name)
    ]
    if spans:
        yield paragraph(_draw_heading(wording.DESK), rich_text("\n".join(spans)))
    yield from _draw_shares(wording.OUTCOMES, outcomes(month))
    yield from _draw_shares(wording.HELPED, satisfaction(month))


# --- the chart ------------------------------------------------------------------------------------

_PER_POINT = 2
"""Days of one point. Slack draws at most 20, and 14 are four weeks."""


def draw_chart(figures: Figures) -> Json:
    """Draw four weeks as a chart, with the same in words."""
    first, last = figures.days[0].date, figures.days[-1].date
    talked = sum(day.talked for day in figures.days)
    finished = sum(day.finished for day in figures.days)
    title = wording.title_chart(first, last)
    words = wording.describe_chart(talked, finished)
    weekly = [(week[0].date, sum(day.talked for day in week)) for week in figures.weeks]
    points = [figures.days[at : at + _PER_POINT] for at in range(0, len(figures.days), _PER_POINT)]
    chart = {
        "type": "bar",
        "series": [
            {"name": wording.TALKED, "data": [_make_point(each, "talked") for each in points]},
            {"name": wording.FINISHED, "data": [_make_point(each, "finished") for each in points]},
        ],
        "axis_config": {
            "categories": [_label_days(each) for each in points],
            "x_label": wording.CHART_AXIS,
        },
    }
    return {
        "text": f"{title}：{words}",
        "blocks": [
            {"type": "data_visualization", "title": title, "chart": chart},
            context(words + wording.describe_weeks(weekly)),
        ],
    }


def _make_point(days: Sequence[Day], what: str) -> Json:
    return {"label": _label_days(days), "value": sum(getattr(day, what) for day in days)}


def _label_days(days: Sequence[Day]) -> str:
    first, last = days[0].date, days[-1].date
    return f"{first.month}/{first.day}-{last.month}/{last.day}"

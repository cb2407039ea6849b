"""Write what the desk has set in lines to be read in its channel."""

from __future__ import annotations

from bot.channels.slack.settings import wording
from bot.channels.slack.ui.blocks import Json, rich_text
from bot.model.desk_policy import DeskPolicy
from bot.presentation.times import say_span
from knowledge.place_names.places import PREFECTURES


def describe_policy(policy: DeskPolicy) -> str:
    """Write hours and promise in one line."""
    hours = policy.hours
    return wording.describe(
        hours.opens.isoformat("minutes"),
        hours.closes.isoformat("minutes"),
        "".join(wording.weekday(each) for each in sorted(hours.days)),
        "、".join(sorted(each.isoformat() for each in hours.closed)),
        say_promise(policy.promise_minutes),
    )


def draw_region(policy: DeskPolicy, channel: str) -> list[Json]:
    """Draw a line for a region's desk, its prefectures and its channel.

    The channel is a link.
    """
    return [
        *rich_text(f"{name_prefectures(policy, channel)} → "),
        {"type": "channel", "channel_id": channel},
    ]


def draw_policy(policy: DeskPolicy) -> list[list[Json]]:
    """Draw the whole policy, with a line for each region's desk."""
    regions = [draw_region(policy, each) for each in dict.fromkeys(policy.regions.values())]
    lines = [rich_text(describe_policy(policy)), *regions]
    return [part for line in lines for part in (rich_text("\n"), line)][1:]


def name_prefectures(policy: DeskPolicy, channel: str) -> str:
    """Name the prefectures a channel answers."""
    return "・".join(PREFECTURES[each] for each in policy.list_prefectures(channel))


def say_promise(minutes: int) -> str:
    """Say within which time an answer is promised."""
    return wording.promise_within(say_span(minutes))

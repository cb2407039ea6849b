"""Words that parts of blocks and Slack's tokens need everywhere."""

from __future__ import annotations

from datetime import timedelta

_MINUTES, _HOURS = 60, 24

CANCEL = "やめる"
CLOSE = "閉じる"
NOTHING_WRITTEN = "（空）"

COLLEAGUE = "担当"
"""Stands for a colleague whose name is not known."""

CHANNEL = "チャンネル"
"""Stands for a channel whose name is not known."""

EVERYBODY = "@みなさん"
"""Stands for a call to everybody in a channel."""


def format_duration(time: timedelta) -> str:
    """Write a length of time as people say it.

    12分, 2時間15分, 3日; never less than nothing.
    """
    hours, minutes = divmod(max(int(time.total_seconds()) // 60, 0), _MINUTES)
    if hours >= _HOURS:
        return f"{hours // _HOURS}日"
    if not hours:
        return f"{minutes}分"
    return f"{hours}時間" + (f"{minutes}分" if minutes else "")

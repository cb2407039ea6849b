"""Words that parts of blocks and Slack's tokens need everywhere."""

from __future__ import annotations

CANCEL = "やめる"
CLOSE = "閉じる"
NOTHING_WRITTEN = "（空）"

COLLEAGUE = "担当"
"""Stands for a colleague whose name is not known."""

CHANNEL = "チャンネル"
"""Stands for a channel whose name is not known."""

EVERYBODY = "@みなさん"
"""Stands for a call to everybody in a channel."""

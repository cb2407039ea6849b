"""Rates of Slack's methods.

Source: https://docs.slack.dev/apis/web-api/rate-limits
"""

from __future__ import annotations

from bot.simulator.common.rates import Rate

TIER_2 = Rate(20, 60)
TIER_3 = Rate(50, 60)
TIER_4 = Rate(100, 60)
SPECIAL = Rate(600, 60)
"""Methods with hundreds of calls a minute to spare."""
POSTING = Rate(4, 4)
"""One message a second to a channel, and short bursts. Slack does not say how short."""

"""Define how often each endpoint may be called.

Source: https://developers.line.biz/en/reference/messaging-api/#rate-limits
"""

from __future__ import annotations

from bot.simulator.common.rates import Rate

USUAL = Rate(2000, 1)
LOADING = Rate(100, 1)
WEBHOOK_SETTINGS = Rate(1000, 60)
WEBHOOK_TEST = Rate(60, 3600)
RICH_MENUS = Rate(100, 3600)

"""Read how many of the month's messages LINE has left us.

Only pushes count, replies are free.

Source: LINE's reference of the Messaging API, "Get the target limit for sending messages this
month" and "Get number of messages sent this month".
"""

from __future__ import annotations

import asyncio
import time

from bot.channels import Quota
from bot.channels.line.client import Client

REMEMBERED = 300.0
"""Seconds that LINE's answer is taken for true."""

_PATH = "/v2/bot/message/quota"


class QuotaMeter:
    """Asks LINE, at most every five minutes."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._known: tuple[float, Quota] | None = None

    async def read(self) -> Quota | None:
        """Read the quota, or None when LINE does not tell it."""
        if self._known and time.monotonic() - self._known[0] < REMEMBERED:
            return self._known[1]
        limit, consumed = await asyncio.gather(
            self._client.read(_PATH), self._client.read(f"{_PATH}/consumption")
        )
        if limit is None or consumed is None:
            return None
        most, used = limit.get("value"), consumed.get("totalUsage")
        if not isinstance(used, int) or not (limit.get("type") == "none" or isinstance(most, int)):
            return None
        quota = Quota(used, most if limit.get("type") == "limited" else None)
        self._known = time.monotonic(), quota
        return quota

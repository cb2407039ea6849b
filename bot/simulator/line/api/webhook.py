"""Fake the endpoints that set, read and test the webhook.

Source: https://developers.line.biz/en/reference/messaging-api/#webhook-settings
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from bot.simulator.common.answers import Answer
from bot.simulator.common.shapes import record, text
from bot.simulator.line.api.answers import Ask, RefusedError, not_found, read
from bot.simulator.line.phones import Phones
from bot.simulator.line.postman import Outcome, Postman

# LINE takes https only; a bot under test listens on this machine, without a certificate.
_ADDRESS = text(500, like=r"https://[!-~]+|http://(127\.0\.0\.1|localhost|\[::1\])[:/][!-~]*")
_SET = record({"endpoint": _ADDRESS}, "endpoint")
_TEST = record({"endpoint": _ADDRESS})


class Webhook:
    """The endpoints, over the address in use."""

    def __init__(self, phones: Phones, postman: Postman) -> None:
        self._phones = phones
        self._postman = postman

    def get(self, _ask: Ask) -> Answer:
        """Tell where webhooks go."""
        if not self._phones.webhook_url:
            raise not_found()
        return Answer({"endpoint": self._phones.webhook_url, "active": True})

    def set(self, ask: Ask) -> Answer:
        """Send webhooks somewhere else."""
        self._phones.webhook_url = read(ask, _SET)["endpoint"]
        return Answer()

    async def test(self, ask: Ask) -> Answer:
        """POST no events to the webhook, as the console's Verify button does.

        The answer says how the webhook answered.
        """
        body = read(ask, _TEST) if ask.body.strip() else {}
        url = body.get("endpoint") or self._phones.webhook_url
        if not re.match("https?:", url):
            raise RefusedError("No webhook endpoint is set")
        attempt = await self._postman.post(url, ())
        moment = datetime.fromtimestamp(self._phones.account.now, UTC)
        return Answer(
            {
                "success": attempt.outcome is Outcome.OK,
                "timestamp": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                "statusCode": attempt.status,
                "reason": attempt.outcome.value,
                "detail": attempt.detail or str(attempt.status),
            }
        )

"""Pushes go out by day only and not after their time, replies at any hour."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels import Later, Outcome, Refused, Sent
from bot.channels.line.client import Client
from bot.channels.line.sending import send_once
from bot.model.business_hours import JAPAN
from bot.settings import LineSettings
from bot.simulator.line.server import FakeLine
from bot.store import Delivery, Outgoing
from bot.store.delivery_json import dump_outgoing, load_outgoing

SECRET, TOKEN = "secret", "token"
DAY = datetime(2026, 11, 30, 14, 0, tzinfo=JAPAN)
REMINDER = Outgoing(
    "line",
    [{"type": "text", "text": "決算の時期です"}],
    push_until=DAY + timedelta(days=2),
)


async def attempt(outgoing: Outgoing, now: datetime) -> Outcome:
    async with FakeLine(secret=SECRET, token=TOKEN) as line:
        line.account.chat("花子")  # known to LINE, as a friend
        client = Client(LineSettings(SECRET, TOKEN, line.base_url))
        await client.start()
        key = "123e4567-e89b-12d3-a456-426614174000"
        delivery = Delivery(1, f"line:{line.user_id('花子')}", outgoing, key)
        outcome = await send_once(client, delivery, now)
        await client.stop()
        return outcome


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        (DAY, Sent("push")),
        (DAY.replace(hour=22), Later("not at night", held=True)),
        (DAY - timedelta(days=1), Later("not at night", held=True)),  # a Sunday
        (DAY + timedelta(days=3), Refused("too late to be said unasked", keep=False)),
    ],
)
def test_a_reminder_is_pushed_by_day_only_and_not_after_its_time(
    now: datetime, outcome: Outcome
) -> None:
    assert asyncio.run(attempt(REMINDER, now)) == outcome


def test_a_message_of_staff_is_pushed_at_any_hour() -> None:
    told = replace(REMINDER, push_until=None)
    assert asyncio.run(attempt(told, DAY.replace(hour=22))) == Sent("push")


def test_the_time_until_which_it_may_be_pushed_is_kept() -> None:
    until = datetime(2026, 12, 2, 5, 0, tzinfo=UTC)
    kept = load_outgoing(dump_outgoing(replace(REMINDER, push_until=until)))
    assert kept.push_until == until

"""The Slack channel with everything that staff do in it."""

from __future__ import annotations

from collections.abc import Callable

from bot.channels.slack.channel import SlackChannel
from bot.channels.slack.client import Client
from bot.channels.slack.interview import Interview
from bot.channels.slack.staff import Staff
from bot.settings import SlackSettings
from bot.step import Advisor
from bot.store import Delivery, Store


def assembled(
    settings: SlackSettings,
    store: Store,
    advisor: Advisor,
    deliver_now: Callable[[tuple[Delivery, ...]], None],
) -> SlackChannel:
    """The channel with its parts; `advisor` answers staff, and so has no desk."""
    client = Client(settings)
    channel = SlackChannel(settings, store, client, Staff(client))
    channel.add_parts(Interview(store, advisor, deliver_now))
    return channel

"""The Slack channel with everything that staff do in it, and the desk as owners' channels see it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.channels import Quota
from bot.channels.slack.channel import SlackChannel
from bot.channels.slack.desk.desk import Desk
from bot.channels.slack.desk.posts import DeskPosts
from bot.channels.slack.desk.receipts import receipts
from bot.channels.slack.home.home import Home, Sources
from bot.channels.slack.interview.apologies import Apologies
from bot.channels.slack.interview.interview import Interview
from bot.channels.slack.knowledge.amending import Keeping
from bot.channels.slack.knowledge.phone_numbers import Numbers
from bot.channels.slack.knowledge.question_lists import Lists
from bot.channels.slack.knowledge.repair import Repair
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.staff import Staff
from bot.model.turn import Context
from bot.runtime.advisor import Advisor
from bot.runtime.conversation_service import OwnerTurns
from bot.runtime.event_journal import EventJournal
from bot.runtime.library_cache import Shelf
from bot.settings import SlackSettings

__all__ = ["assembled", "desk_posts", "receipts"]


def desk_posts(settings: SlackSettings, context: Callable[[datetime], Context]) -> DeskPosts | None:
    """What staff are shown of owners' turns; None where no channel for the desk is set."""
    return DeskPosts(settings.desk_channel, context) if settings.desk_channel else None


def assembled(
    settings: SlackSettings,
    advisor: Advisor,
    turns: OwnerTurns,
    shelf: Shelf,
    quota: Callable[[], Awaitable[Quota | None]] | None,
    journal: EventJournal | None = None,
) -> SlackChannel:
    """The channel with its parts.

    `advisor` answers staff and so has no desk; `turns` are those of owners; `shelf` holds what staff
    repair; `quota` asks LINE how many messages are left, None where LINE is off; `journal` is told what
    is worked on.
    """
    store, deliver_now = turns.store, turns.deliver_now
    client = Client(settings)
    staff = Staff(client, *filter(None, [settings.desk_channel]))
    lists = Lists(store, settings.desk_channel, deliver_now, turns.clock)
    keeping = Keeping(store, shelf, staff, lists, deliver_now, turns.clock)
    repair = Repair(store, shelf, client, lists, keeping)
    apologies = Apologies(store, advisor, settings.desk_channel, deliver_now, turns.clock)
    channel = SlackChannel(settings, store, client, staff, apologies, journal)
    channel.keep_true(lists, repair.open_forms)
    sources = Sources(quota, advisor.library, has_desk=bool(settings.desk_channel))
    channel.add_parts(
        repair,
        Numbers(shelf, client, keeping),
        # The interview takes every command that no other part wants.
        Interview(store, advisor, deliver_now, turns.clock),
        Home(store, client, sources, deliver_now, turns.clock),
    )
    if settings.desk_channel:
        channel.add_parts(
            Desk(settings.desk_channel, turns, client, staff, only_notes=settings.only_notes)
        )
    return channel

"""Set which channel answers the owners of which prefectures.

A channel that we cannot use is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.channels.slack.settings import wording
from bot.channels.slack.settings.policy_changes import PolicyChanges
from bot.channels.slack.settings.policy_lines import draw_region
from bot.channels.slack.ui.blocks import (
    DIVIDER,
    Json,
    actions,
    button,
    context,
    input_block,
    modal,
    paragraph,
)
from bot.channels.slack.ui.fields import channel_field, several_select
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import BlockAction, Event, ViewSubmission
from bot.channels.slack.web.responses import answer_with_errors, open_form
from bot.model.desk_policy import DeskPolicy
from bot.model.messages import Choice
from knowledge.place_names.places import PREFECTURES

REGIONS, REGION = "settings:regions", "settings:region"
CHANNEL, PLACES = "channel", "places"
NEW = "new"
"""Stands for the channel of a desk that there is not yet."""

CLEAR: Json = {"response_action": "clear"}
"""Close the list below the form as well, which shows what was before."""


class RegionSettings:
    """Handle the forms of the regions' desks."""

    desk_only = True

    def __init__(self, client: Client, changes: PolicyChanges) -> None:
        self._client, self._changes = client, changes

    def wants(self, event: Event) -> bool:
        """Tell whether it is about desks of regions."""
        match event:
            case BlockAction(action=name) | ViewSubmission(callback=name):
                return name in {REGIONS, REGION}
        return False

    async def handle(self, event: BlockAction | ViewSubmission) -> Json | None:
        """Show the desks, open the form of one, or save it."""
        policy = self._changes.policy
        match event:
            case BlockAction(action=action) if action == REGIONS:
                await open_form(self._client, event, draw_desks(policy))
            case BlockAction(value=value):
                form = draw_desk_form(policy, "" if value == NEW else value)
                await open_form(self._client, event, form, "views.push")
            case ViewSubmission():
                return await self._save(event)
        return None

    async def _save(self, event: ViewSubmission) -> Json:
        # What was set before stands in the form as its channel, which may be another now.
        channel, was = event.values.get(CHANNEL, ""), event.private
        places = [each for each in event.values.get(PLACES, "").split(",") if each in PREFECTURES]
        if places and (why := await self._explain_unusable(channel)):
            return answer_with_errors({CHANNEL: why})
        policy = assign_prefectures(self._changes.policy, channel, places, was)
        await self._changes.save_change(event, policy)
        return CLEAR

    async def _explain_unusable(self, channel: str) -> str:
        """Explain why cases cannot go to a channel, or return ""."""
        if channel == self._changes.channel:
            return wording.IS_USUAL_DESK
        answer = await self._client.ask("conversations.info", channel=channel)
        if answer.error == "channel_not_found":
            return wording.NOT_IN_CHANNEL
        if not answer.ok:
            return wording.CHANNEL_NOT_READ
        found = answer.data.get("channel")
        about = found if isinstance(found, Mapping) else {}
        if about.get("is_archived"):
            return wording.CHANNEL_ARCHIVED
        if about.get("is_ext_shared"):
            return wording.CHANNEL_SHARED
        return "" if about.get("is_member") else wording.NOT_IN_CHANNEL


def assign_prefectures(
    policy: DeskPolicy, channel: str, places: list[str], was: str = ""
) -> DeskPolicy:
    """Let a channel answer exactly these prefectures.

    Without any it is no desk any more. `was` is the channel that had been chosen for them before.
    """
    left = {
        code: each
        for code, each in policy.regions.items()
        if each not in {channel, was} and code not in places
    }
    return replace(policy, regions={**left, **dict.fromkeys(places, channel)})


def draw_desks(policy: DeskPolicy) -> Json:
    """Draw the list of desks, each with a button to change it."""
    blocks = [context(wording.REGIONS_HOW)]
    for channel in dict.fromkeys(policy.regions.values()):
        blocks += [
            paragraph(draw_region(policy, channel)),
            *actions([button(wording.CHANGE_REGION_BUTTON, REGION, channel)]),
        ]
    add = button(wording.ADD_REGION_BUTTON, REGION, NEW, style="primary")
    return modal(REGIONS, wording.REGIONS_TITLE, [*blocks, DIVIDER, *actions([add])])


def draw_desk_form(policy: DeskPolicy, channel: str = "") -> Json:
    """Draw the form of one desk with its channel and prefectures."""
    places = [Choice(name, code) for code, name in PREFECTURES.items()]
    chosen = policy.list_prefectures(channel) if channel else ()
    return modal(
        REGION,
        wording.REGIONS_TITLE,
        [
            input_block(
                wording.REGION_CHANNEL,
                CHANNEL,
                channel_field(CHANNEL, channel),
                hint=wording.REGION_CHANNEL_HINT,
            ),
            input_block(
                wording.REGION_PLACES,
                PLACES,
                several_select(wording.REGION_PLACES, PLACES, places, chosen),
                hint=wording.REGION_PLACES_HINT if channel else "",
                optional=bool(channel),
            ),
        ],
        submit=wording.SAVE,
        private=channel,
    )

"""Set the desk's hours and promise, in use at once.

The whole desk is told.
"""

from __future__ import annotations

from bot.channels.slack.settings import wording
from bot.channels.slack.settings.policy_changes import PolicyChanges, mark_policy
from bot.channels.slack.settings.view import OPEN, OPENS, UnreadableError, draw_form, read_form
from bot.channels.slack.ui.blocks import Json
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import BlockAction, Event, ViewSubmission
from bot.channels.slack.web.responses import answer_with_errors, open_form


class DeskSettings:
    """Handle the form of hours, promise, and whom to call."""

    desk_only = True

    def __init__(self, client: Client, changes: PolicyChanges) -> None:
        self._client, self._changes = client, changes

    def wants(self, event: Event) -> bool:
        """Tell whether an event is about the settings."""
        match event:
            case BlockAction(action=name) | ViewSubmission(callback=name):
                return name == OPEN
        return False

    async def handle(self, event: BlockAction | ViewSubmission) -> Json | None:
        """Open the form, or save it."""
        if isinstance(event, ViewSubmission):
            return await self._save(event)
        await open_form(self._client, event, draw_form(self._changes.policy))
        return None

    async def _save(self, event: ViewSubmission) -> Json | None:
        before = self._changes.policy
        try:
            policy = read_form(event.values, before)
        except UnreadableError as error:
            return answer_with_errors({error.field: error.why})
        # Two who change it at once: the second sees what the first has set before setting more.
        if policy != before and event.private != mark_policy(before):
            return answer_with_errors({OPENS: wording.CHANGED_MEANWHILE})
        await self._changes.save_change(event, policy)
        return None

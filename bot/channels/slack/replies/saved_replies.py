"""Keep the replies staff use again, one's own and everybody's."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from bot.channels.slack.replies import wording
from bot.channels.slack.replies.saved_texts import SavedText, list_saved_texts
from bot.channels.slack.replies.saved_view import (
    DELETE,
    LIST,
    TEXT,
    draw_form,
    draw_list,
    find_problems,
    read_form,
)
from bot.channels.slack.ui.blocks import Json
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import BlockAction, Event, ViewSubmission, make_incoming
from bot.channels.slack.web.responses import answer_with_errors, open_form
from bot.clock import Clock, utc_now
from bot.store import Store, TurnResult
from bot.store.records import DeskEntry

_NAME_LENGTH = 12
"""Hexadecimal digits of a saved reply's name."""


class SavedReplies:
    """Handle the list of saved replies and its form."""

    desk_only = True

    def __init__(self, store: Store, client: Client, clock: Clock = utc_now) -> None:
        self._store, self._client, self._clock = store, client, clock

    def wants(self, event: Event) -> bool:
        """Tell whether an event is about saved replies."""
        match event:
            case BlockAction(action=name) | ViewSubmission(callback=name):
                return name.startswith("saved:")
        return False

    async def handle(self, event: BlockAction | ViewSubmission) -> Json | None:
        """Handle a button or the form."""
        match event:
            case ViewSubmission():
                return await self._save(event)
            case BlockAction(action=action) if action == LIST:
                saved = await list_saved_texts(self._store.records, event.actor.user)
                await open_form(self._client, event, draw_list(saved))
            case BlockAction(action=action) if action == DELETE:
                await self._delete(event)
            case _:
                known = await self._find(event.actor.user, event.value)
                form = draw_form(known, str(event.view.get("id", "")))
                await open_form(self._client, event, form, "views.push")
        return None

    async def _save(self, event: ViewSubmission) -> Json | None:
        user = event.actor.user
        name, _, beneath = event.private.partition("|")
        known = await self._find(user, name) if name else None
        if name and known is None:
            return answer_with_errors({TEXT: wording.NOT_YOURS})
        given = read_form(name or _make_name(event.event_id), user, event.values)
        if found := find_problems(given):
            return answer_with_errors(found)
        await self._keep(event, given.as_entry())
        await self._redraw(user, beneath)
        return None

    async def _delete(self, event: BlockAction) -> None:
        if known := await self._find(event.actor.user, event.value):
            await self._keep(event, replace(known.as_entry(), content=None))
        await self._redraw(event.actor.user, str(event.view.get("id", "")))

    async def _keep(self, event: BlockAction | ViewSubmission, entry: DeskEntry) -> None:
        work = TurnResult(None, records=(entry,))
        await self._store.commit(make_incoming(event), work, self._clock())

    async def _find(self, user: str, name: str) -> SavedText | None:
        """Find one that this user may use."""
        saved = await list_saved_texts(self._store.records, user)
        return next((each for each in saved if each.name == name), None)

    async def _redraw(self, user: str, view_id: str) -> None:
        view = draw_list(await list_saved_texts(self._store.records, user))
        await self._client.call("views.update", {"view_id": view_id, "view": view})


def _make_name(event_id: str) -> str:
    return hashlib.sha256(event_id.encode()).hexdigest()[:_NAME_LENGTH]

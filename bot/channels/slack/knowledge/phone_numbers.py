"""Telephone numbers of councils from Slack: shown, confirmed, corrected; at once for every owner."""

from __future__ import annotations

import re

from bot.channels.slack.desk.events import Commanded, Event, Pressed, Submitted
from bot.channels.slack.interview.interview import COMMAND
from bot.channels.slack.knowledge.amending import Keeping
from bot.channels.slack.knowledge.number_card import CONFIRM, CORRECT, SHOW, card, correction_form
from bot.channels.slack.ui.blocks import Json
from bot.channels.slack.ui.mrkdwn import escaped
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.responses import errors, instead, open_form, told
from bot.presentation import staff_wording
from bot.presentation.limits import cut
from bot.runtime.library_cache import LibraryCache
from knowledge.amendments import Amendment, PhoneConfirmed, PhoneCorrected
from knowledge.place_names.places import PREFECTURES, locate

_WHERE = re.compile(r"窓口[\s　]+(\S.*)", re.DOTALL)
_SHOWN = 40


class Numbers:
    """A part of the Slack channel: the card of a prefecture's council, in a modal."""

    desk_only = True

    def __init__(self, library_cache: LibraryCache, client: Client, keeping: Keeping) -> None:
        self._library_cache, self._client, self._keeping = library_cache, client, keeping

    def wants(self, event: Event) -> bool:
        """`/keiei 窓口` with a place, and the buttons and the form of the card."""
        match event:
            case Commanded(command=command, text=text):
                return command == COMMAND and bool(_WHERE.fullmatch(text.strip()))
            case Pressed(action=name) | Submitted(callback=name):
                return name.startswith("number:")
        return False

    async def hear(self, event: Commanded | Pressed | Submitted) -> Json | None:
        """One thing a staff member did."""
        match event:
            case Commanded():
                return await self._asked(event)
            case Pressed(action=action, value=code) if action == SHOW:
                await self._shown(event, code)
            case Pressed(action=action, value=value) if action == CORRECT:
                await open_form(self._client, event, correction_form(value), "views.push")
            case Pressed(action=action) if action == CONFIRM:
                await self._confirmed(event)
            case Submitted():
                return await self._corrected(event)
        return None

    async def _asked(self, event: Commanded) -> Json | None:
        found = _WHERE.fullmatch(event.text.strip())
        words = found[1].strip() if found else ""
        place = locate(words)
        if place.decision == "one":
            await self._shown(event, place.prefectures[0])
            return None
        return told(staff_wording.no_place(escaped(cut(words, _SHOWN))))

    async def _shown(self, event: Commanded | Pressed, code: str) -> None:
        if code in PREFECTURES:
            view = await self._card(code)
            await open_form(self._client, event, view)

    async def _card(self, code: str, note: str = "", *more: Amendment) -> Json:
        """The card as it is, or as it will be in a moment with what was just made."""
        library = self._library_cache.preview(*more).library
        standing = (*await self._keeping.standing(), *more)
        return card(library.directory.for_prefecture(code).center, standing, note)

    async def _confirmed(self, event: Pressed) -> None:
        """The number is right: kept, and the card says so."""
        code, _, number = event.value.partition("|")
        if code not in PREFECTURES:
            return
        signed = await self._keeping.signed(event.actor.user)
        amendment = PhoneConfirmed(code=code, number=number, **signed)
        found = await self._keeping.wrong(amendment)
        if found:
            view = await self._card(code, "⚠️ " + " ".join(found.values()))
        else:
            view = await self._card(code, staff_wording.NUMBER_NOTED, amendment)
            await self._keeping.keep(event, amendment)
        shown = {"view_id": event.view.get("id", ""), "view": view}
        await self._client.call("views.update", shown)

    async def _corrected(self, event: Submitted) -> Json | None:
        """Another number: kept, or what is wrong with it beside its field."""
        code, _, old = event.private.partition("|")
        amendment = PhoneCorrected(
            code=code,
            old=old,
            new=event.values.get("new", ""),
            where=event.values.get("where", ""),
            **await self._keeping.signed(event.actor.user),
        )
        if found := await self._keeping.wrong(amendment):
            return errors({"where" if name == "where" else "new": w for name, w in found.items()})
        await self._keeping.keep(event, amendment)
        return instead(staff_wording.WAITS)

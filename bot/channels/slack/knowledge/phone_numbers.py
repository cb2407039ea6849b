"""Show, confirm and correct the telephone numbers of offices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.channels.slack.knowledge import wording
from bot.channels.slack.knowledge.amendment_service import AmendmentService
from bot.channels.slack.knowledge.corrections_frame import (
    WordCommand,
    show_words,
    submit_correction,
)
from bot.channels.slack.knowledge.number_card import (
    CONFIRM,
    CORRECT,
    CORRECT_OTHER,
    SHOW,
    draw_correction_form,
    draw_number_card,
)
from bot.channels.slack.ui.blocks import Json
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import BlockAction, Event, SlashCommand, ViewSubmission
from bot.channels.slack.web.responses import (
    answer_command,
    open_form,
)
from bot.runtime.library_cache import LibraryCache
from knowledge.amendments import Amendment, OfficeCorrected, PhoneConfirmed, PhoneCorrected
from knowledge.place_names.places import PREFECTURES, locate

_COMMAND = WordCommand(wording.CENTER_COMMAND)


class PhoneNumbers:
    """Handles the card of a prefecture's council, in a modal."""

    desk_only = True

    def __init__(
        self, library_cache: LibraryCache, client: Client, amendments: AmendmentService
    ) -> None:
        self._library_cache, self._client, self._amendments = library_cache, client, amendments

    def wants(self, event: Event) -> bool:
        """Tell whether an event asks for a card, or comes from one."""
        match event:
            case SlashCommand():
                return _COMMAND.is_in(event)
            case BlockAction(action=name) | ViewSubmission(callback=name):
                return name.startswith("number:")
        return False

    async def handle(self, event: SlashCommand | BlockAction | ViewSubmission) -> Json | None:
        """One thing a staff member did."""
        match event:
            case SlashCommand():
                return await self._handle_command(event)
            case BlockAction(action=action, value=code) if action == SHOW:
                await self._open_card(event, code)
            case BlockAction(action=action, value=value) if action == CORRECT:
                await open_form(self._client, event, draw_correction_form(value), "views.push")
            case BlockAction(action=action, value=value) if action == CORRECT_OTHER:
                form = draw_correction_form(value, CORRECT_OTHER)
                await open_form(self._client, event, form, "views.push")
            case BlockAction(action=action) if action == CONFIRM:
                await self._confirm_number(event)
            case ViewSubmission():
                return await self._correct_number(event)
        return None

    async def _handle_command(self, event: SlashCommand) -> Json | None:
        words = _COMMAND.read_words(event)
        place = locate(words)
        if place.decision == "one":
            await self._open_card(event, place.prefectures[0])
            return None
        return answer_command(wording.say_no_place(show_words(words)))

    async def _open_card(self, event: SlashCommand | BlockAction, code: str) -> None:
        if code in PREFECTURES:
            view = await self._draw_card(code)
            await open_form(self._client, event, view)

    async def _draw_card(self, code: str, note: str = "", *more: Amendment) -> Json:
        """Draw the current card, with amendments just made."""
        library = self._library_cache.preview(*more).library
        standing = (*await self._amendments.list_standing(), *more)
        return draw_number_card(library.directory.for_prefecture(code), standing, note)

    async def _confirm_number(self, event: BlockAction) -> None:
        """Save that the number is right, and say so on the card."""
        code, _, number = event.value.partition("|")
        if code not in PREFECTURES:
            return
        signed = await self._amendments.sign(event.actor.user)
        amendment = PhoneConfirmed(code=code, number=number, **signed)
        found = await self._amendments.validate(amendment)
        if found:
            view = await self._draw_card(code, "⚠️ " + " ".join(found.values()))
        else:
            view = await self._draw_card(code, wording.NUMBER_NOTED, amendment)
            await self._amendments.save_amendment(event, amendment)
        shown = {"view_id": event.view.get("id", ""), "view": view}
        await self._client.call("views.update", shown)

    async def _correct_number(self, event: ViewSubmission) -> Json:
        amendment = _read_correction(event, await self._amendments.sign(event.actor.user))
        return await submit_correction(self._amendments, event, amendment, {"where"}, "new")


def _read_correction(
    event: ViewSubmission, signed: Mapping[str, Any]
) -> PhoneCorrected | OfficeCorrected:
    """Read a corrected number from its form.

    It is a council's, or that of another office.
    """
    about, _, old = event.private.rpartition("|")
    new, where = event.values.get("new", ""), event.values.get("where", "")
    if event.callback == CORRECT_OTHER:
        kind, _, name = about.partition("|")
        return OfficeCorrected(office=kind, name=name, old=old, new=new, where=where, **signed)
    return PhoneCorrected(code=about, old=old, new=new, where=where, **signed)

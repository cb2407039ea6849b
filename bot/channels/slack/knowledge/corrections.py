"""Write a better answer in place of one that did not help.

A second person says yes to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.channels.slack.knowledge import wording
from bot.channels.slack.knowledge.amendment_service import AmendmentService
from bot.channels.slack.knowledge.answer_review import CORRECT
from bot.channels.slack.knowledge.corrections_frame import (
    WordCommand,
    show_words,
    submit_correction,
)
from bot.channels.slack.knowledge.forms import NOT_FOR_LINKS
from bot.channels.slack.ui.blocks import (
    Json,
    context,
    input_block,
    modal,
    paragraph,
    rich_text,
    text_field,
)
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import BlockAction, Event, SlashCommand, ViewSubmission
from bot.channels.slack.web.responses import (
    answer_command,
    answer_privately,
    open_form,
)
from bot.runtime.library_cache import LibraryCache
from knowledge.amendments import NewAnswer
from knowledge.faq.entry import Entry

_COMMAND = WordCommand(wording.CORRECT_COMMAND)


class Corrections:
    """Handles the form for a better answer, from the week's review or by command."""

    desk_only = True

    def __init__(
        self, library_cache: LibraryCache, client: Client, amendments: AmendmentService
    ) -> None:
        self._library_cache, self._client, self._amendments = library_cache, client, amendments

    def wants(self, event: Event) -> bool:
        """Tell whether an event asks for the form, or comes from it."""
        match event:
            case SlashCommand():
                return _COMMAND.is_in(event)
            case BlockAction(action=name) | ViewSubmission(callback=name):
                return name == CORRECT
        return False

    async def handle(self, event: SlashCommand | BlockAction | ViewSubmission) -> Json | None:
        """One thing a staff member did."""
        match event:
            case SlashCommand():
                return await self._open_for_words(event)
            case BlockAction(value=entry_id):
                await self._open_for_entry(event, entry_id)
            case ViewSubmission():
                return await self._save_answer(event)
        return None

    async def _open_for_words(self, event: SlashCommand) -> Json | None:
        words = _COMMAND.read_words(event)
        nearest = self._library_cache.library.faq.rank(words, 1)
        if not nearest or nearest[0].entry.id in NOT_FOR_LINKS:
            return answer_command(wording.say_no_answer(show_words(words)))
        await open_form(self._client, event, draw_form(nearest[0].entry))
        return None

    async def _open_for_entry(self, event: BlockAction, entry_id: str) -> None:
        entry = self._library_cache.library.faq.get(entry_id)
        if entry is None or entry.id in NOT_FOR_LINKS:
            await answer_privately(self._client, event, wording.ANSWER_GONE)
        else:
            await open_form(self._client, event, draw_form(entry))

    async def _save_answer(self, event: ViewSubmission) -> Json:
        amendment = read_form(event, await self._amendments.sign(event.actor.user))
        return await submit_correction(
            self._amendments, event, amendment, event.values.keys(), "answer"
        )


def draw_form(entry: Entry) -> Json:
    """Draw the form for a better answer, filled with the current one."""
    blocks = [
        paragraph(rich_text(entry.question, bold=True)),
        context(wording.CORRECT_ANSWER_HOW),
        input_block(
            wording.ANSWER_LABEL,
            "answer",
            text_field("typed", entry.answer, several_lines=True),
            hint=wording.NOTHING_PERSONAL,
        ),
        input_block(
            wording.SOURCE_LABEL,
            "source",
            text_field("typed"),
            hint=wording.SOURCE_HINT,
            optional=True,
        ),
    ]
    return modal(
        CORRECT,
        wording.CORRECT_ANSWER_BUTTON,
        blocks,
        submit=wording.CORRECT_ANSWER_SUBMIT,
        private=entry.id,
    )


def read_form(sent: ViewSubmission, signed: Mapping[str, Any]) -> NewAnswer:
    """Read a better answer from its form.

    Nobody may change the answer with the helplines.
    """
    entry = "" if sent.private in NOT_FOR_LINKS else sent.private
    answer, source = sent.values.get("answer", ""), sent.values.get("source", "")
    return NewAnswer(entry=entry, answer=answer, source=source, **signed)

"""Write a better answer in place of one that did not help.

A second person says yes to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.channels.slack.interview.interview import COMMAND
from bot.channels.slack.knowledge import wording
from bot.channels.slack.knowledge.amendment_service import AmendmentService
from bot.channels.slack.knowledge.answer_review import CORRECT
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
from bot.channels.slack.ui.mrkdwn import escape
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import BlockAction, Event, SlashCommand, ViewSubmission
from bot.channels.slack.web.responses import (
    answer_command,
    answer_privately,
    answer_with_errors,
    answer_with_notice,
    open_form,
)
from bot.presentation.limits import cut
from bot.runtime.library_cache import LibraryCache
from knowledge.amendments import NewAnswer
from knowledge.faq.entry import Entry

_WORDS = re.compile(rf"{wording.CORRECT_COMMAND}[\s　]+(\S.*)", re.DOTALL)
_SHOWN = 40


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
            case SlashCommand(command=command, text=text):
                return command == COMMAND and bool(_WORDS.fullmatch(text.strip()))
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
        found = _WORDS.fullmatch(event.text.strip())
        words = found[1].strip() if found else ""
        nearest = self._library_cache.library.faq.rank(words, 1)
        if not nearest or nearest[0].entry.id in NOT_FOR_LINKS:
            return answer_command(wording.say_no_answer(escape(cut(words, _SHOWN))))
        await open_form(self._client, event, draw_form(nearest[0].entry))
        return None

    async def _open_for_entry(self, event: BlockAction, entry_id: str) -> None:
        entry = self._library_cache.library.faq.get(entry_id)
        if entry is None or entry.id in NOT_FOR_LINKS:
            await answer_privately(self._client, event, wording.ANSWER_GONE)
        else:
            await open_form(self._client, event, draw_form(entry))

    async def _save_answer(self, event: ViewSubmission) -> Json | None:
        """Keep the new answer until a second yes, or show its faults."""
        amendment = read_form(event, await self._amendments.sign(event.actor.user))
        if found := await self._amendments.validate(amendment):
            fields = set(event.values)
            return answer_with_errors(
                {name if name in fields else "answer": why for name, why in found.items()}
            )
        await self._amendments.save_amendment(event, amendment)
        return answer_with_notice(wording.WAITS)


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

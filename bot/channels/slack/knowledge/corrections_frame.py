"""Share the command and the form of every correction.

The form waits for a second yes.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.channels.slack.interview.interview import COMMAND
from bot.channels.slack.knowledge import wording
from bot.channels.slack.knowledge.amendment_service import AmendmentService
from bot.channels.slack.ui.blocks import Json
from bot.channels.slack.ui.mrkdwn import escape
from bot.channels.slack.web.events import Event, SlashCommand, ViewSubmission
from bot.channels.slack.web.responses import answer_with_errors, answer_with_notice
from bot.presentation.limits import cut
from knowledge.amendments import Amendment

_SHOWN = 40
"""Characters shown of somebody's words."""


class WordCommand:
    """Read `/keiei NAME WORDS`, whose words say what to correct."""

    def __init__(self, name: str) -> None:
        self._form = re.compile(rf"{name}[\s　]+(\S.*)", re.DOTALL)

    def is_in(self, event: Event) -> bool:
        """Tell whether the event is this command."""
        return (
            isinstance(event, SlashCommand)
            and event.command == COMMAND
            and self._form.fullmatch(event.text.strip()) is not None
        )

    def read_words(self, event: SlashCommand) -> str:
        """Read the words after its name."""
        found = self._form.fullmatch(event.text.strip())
        return found[1].strip() if found else ""


def show_words(words: str) -> str:
    """Show somebody's words in a sentence of ours."""
    return escape(cut(words, _SHOWN))


async def submit_correction(
    amendments: AmendmentService,
    event: ViewSubmission,
    amendment: Amendment,
    fields: Collection[str],
    otherwise: str,
) -> Json:
    """Keep a correction until a second yes, or show its fault.

    A fault of none of the `fields` is shown beside the field `otherwise`.
    """
    if found := await amendments.validate(amendment):
        return answer_with_errors(
            {name if name in fields else otherwise: why for name, why in found.items()}
        )
    await amendments.save_amendment(event, amendment)
    return answer_with_notice(wording.WAITS)

"""Open a case's file, write in it, and give it as plain text."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.slack.case_file import wording
from bot.channels.slack.case_file.follow_dates import draw_dates_button
from bot.channels.slack.case_file.owner_words import read_owner_words
from bot.channels.slack.case_file.view import (
    COPY,
    EDIT,
    OPEN,
    draw_copy,
    draw_file,
    draw_form,
    read_form,
)
from bot.channels.slack.desk import wording as desk_wording
from bot.channels.slack.ui.blocks import Json
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import BlockAction, Event, ViewSubmission
from bot.channels.slack.web.responses import answer_privately, answer_with_errors, open_form
from bot.handoff.case_filing import file_details
from bot.handoff.refusals import Refused, refuse_if_stale
from bot.interview.case_file import FilePart, Reception, make_case_file
from bot.model.case import Case
from bot.model.case_details import CaseDetails
from bot.model.conversation import Conversation
from bot.model.turn import Turn
from bot.presentation.case_names import name_case, name_holder
from bot.presentation.wording import say
from bot.runtime.conversation_service import ConversationService
from bot.store import Incoming


class CaseFiles:
    """Open, write and copy the files of cases.

    The value of each button is the id of its case.
    """

    desk_only = True

    def __init__(self, conversations: ConversationService, client: Client) -> None:
        self._conversations, self._client = conversations, client
        self._records = conversations.store.records

    def wants(self, event: Event) -> bool:
        """Tell whether an event is about a file."""
        match event:
            case BlockAction(action=name) | ViewSubmission(callback=name):
                return name in {OPEN, EDIT, COPY}
        return False

    async def handle(self, event: BlockAction | ViewSubmission) -> Json | None:
        """Do what the event asks."""
        match event:
            case ViewSubmission():
                return await self._save_form(event)
            case BlockAction(action=action) if action == OPEN:
                await self._open_file(event)
            case BlockAction(action=action) if action == EDIT:
                await self._open_form(event)
            case _:
                await self._open_copy(event)
        return None

    async def _open_file(self, event: BlockAction) -> None:
        """Open the file, then add the owner's own words from Slack."""
        conversation = await self._find(event)
        if conversation is None or conversation.case is None:
            return
        view = self._draw(conversation, conversation.case, (), wording.WORDS_COMING)
        shown = await open_form(self._client, event, view)
        if shown:
            await self._redraw(shown, conversation)

    async def _redraw(self, view_id: str, conversation: Conversation) -> None:
        if conversation.case is None:
            return
        words = await read_owner_words(self._client, self._records, conversation.case.id)
        note = wording.WORDS_NOT_READ if words is None else ""
        view = self._draw(conversation, conversation.case, words or (), note)
        await self._client.call("views.update", {"view_id": view_id, "view": view})

    async def _open_form(self, event: BlockAction) -> None:
        if conversation := await self._find(event):
            beneath = str(event.view.get("id", ""))
            form = draw_form(event.value, conversation.details, beneath)
            await open_form(self._client, event, form, "views.push")

    async def _open_copy(self, event: BlockAction) -> None:
        conversation = await self._find(event)
        if conversation is None or conversation.case is None:
            return
        # The trigger must be used at once, so the words come a moment later.
        shown = await open_form(
            self._client, event, draw_copy(self._gather(conversation)), "views.push"
        )
        words = await read_owner_words(self._client, self._records, event.value)
        if shown and words:
            view = draw_copy(self._gather(conversation, words))
            await self._client.call("views.update", {"view_id": shown, "view": view})

    async def _save_form(self, event: ViewSubmission) -> Json | None:
        """Save the form, and draw the file beneath it again."""
        case_id, _, rest = event.private.partition("|")
        known, _, beneath = rest.partition("|")
        key = await self._records.find_case_key(case_id)
        if not key:
            return answer_with_errors({"story": desk_wording.NOT_CASE_ANY_MORE})
        try:
            details = read_form(event.values)
        except ValueError:
            return answer_with_errors({"due_on": wording.NOT_A_DAY})
        if why := await self._file(Incoming(event.event_id, key), case_id, details, known):
            return answer_with_errors({"story": why})
        await self._redraw(beneath, await self._conversations.store.load_conversation(key))
        return None

    async def _file(
        self, incoming: Incoming, case_id: str, details: CaseDetails, known: str
    ) -> str:
        """Keep the details, or say why they were refused."""

        def decide(conversation: Conversation) -> Turn | Refused:
            stale = refuse_if_stale(conversation, case_id)
            return stale or file_details(conversation, details, known)

        now = self._conversations.clock()
        done = await self._conversations.carry_out(incoming, decide, now)
        return done.refused.why if done.refused else ""

    # --- what is shown ----------------------------------------------------------------------------

    async def _find(self, event: BlockAction) -> Conversation | None:
        """Find the conversation of this case, or tell that there is none any more."""
        key = await self._records.find_case_key(event.value)
        conversation = await self._conversations.store.load_conversation(key) if key else None
        if conversation is None or refuse_if_stale(conversation, event.value):
            await answer_privately(self._client, event, desk_wording.NOT_CASE_ANY_MORE)
            return None
        return conversation

    def _gather(
        self, conversation: Conversation, words: Sequence[str] = ()
    ) -> tuple[FilePart, ...]:
        about = self._conversations.advisor.context(self._conversations.clock())
        case = conversation.case
        by = name_holder(case) if case else ""
        came = Reception(case.opened_at if case else about.now, say("case_file.by_line"), by)
        return make_case_file(conversation, about, came, words)

    def _draw(
        self, conversation: Conversation, case: Case, words: Sequence[str], note: str
    ) -> Json:
        name = name_case(case, conversation.answers, self._conversations.advisor.programme)
        more = draw_dates_button(conversation)
        return draw_file(case.id, name, self._gather(conversation, words), note, more)

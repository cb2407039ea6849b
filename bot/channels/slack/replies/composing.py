"""Handle the form for writing to an owner.

Put words in, look at them, send them now or when the desk opens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.channels.slack.desk import wording as desk_wording
from bot.channels.slack.desk.case_card import WRITE
from bot.channels.slack.desk.reply_sender import ReplySender
from bot.channels.slack.replies import compose_view as view
from bot.channels.slack.replies.compose_view import Draft, Offer, draw_form, draw_preview
from bot.channels.slack.replies.form_sending import FormSending, read_plain
from bot.channels.slack.replies.saved_texts import (
    SavedText,
    fill_fields,
    list_field_values,
    list_saved_texts,
)
from bot.channels.slack.ui.blocks import Json
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import BlockAction, Event, ViewSubmission
from bot.channels.slack.web.payloads import read_values
from bot.channels.slack.web.responses import answer_privately, open_form
from bot.handoff.speaker import name_staff
from bot.model import business_hours
from bot.model.conversation import Conversation
from bot.runtime.conversation_service import ConversationService
from knowledge.faq.entry import Entry

_PRESSED = frozenset({WRITE, view.SAVED, view.SEARCH, view.ANSWER, view.PREVIEW, view.TAKE_BACK})


class Composing:
    """Handle the form in which staff write to an owner."""

    desk_only = True

    def __init__(
        self,
        conversations: ConversationService,
        client: Client,
        sender: ReplySender,
        sending: FormSending,
    ) -> None:
        self._conversations, self._client = conversations, client
        self._sender, self._sending = sender, sending
        self._records = conversations.store.records

    def wants(self, event: Event) -> bool:
        """Tell whether an event is about the form or a later reply."""
        match event:
            case BlockAction(action=name):
                return name in _PRESSED
            case ViewSubmission(callback=name):
                return name == WRITE
        return False

    async def handle(self, event: BlockAction | ViewSubmission) -> Json | None:
        """Handle a button or the form."""
        match event:
            case ViewSubmission():
                return await self._send(event)
            case BlockAction(action=action) if action == WRITE:
                await self._open(event)
            case BlockAction(action=action) if action == view.TAKE_BACK:
                await self._sending.take_back(event)
            case BlockAction(action=action) if action == view.PREVIEW:
                await self._preview(event)
            case BlockAction(action=action) if action == view.SEARCH:
                await self._search(event)
            case _:
                await self._insert(event)
        return None

    async def _open(self, event: BlockAction) -> None:
        conversation = await self._find(event.value)
        offer = await self._offer(event.actor.user, conversation)
        await open_form(self._client, event, draw_form(Draft(event.value), offer))

    async def _preview(self, event: BlockAction) -> None:
        values = read_values(event.view)
        text = read_plain(view.read_words(values)[0])
        name = name_staff((await self._sender.find_sender(event.actor.user)).speaker.name)
        quotes = values.get(view.QUOTE) == view.QUOTED
        drawn = draw_preview(name, text, quotes=quotes)
        await open_form(self._client, event, drawn, "views.push")

    async def _search(self, event: BlockAction) -> None:
        """Offer answers for a search, keeping the typed words."""
        faq = self._conversations.advisor.library().faq
        found = tuple(each.entry for each in faq.rank(event.value, view.FOUND))
        draft = Draft.read(str(event.view.get("private_metadata", "")))
        text, _ = view.read_words(read_values(event.view))
        await self._redraw(event, draft, text, found)

    async def _insert(self, event: BlockAction) -> None:
        """Put a saved reply or an answer behind the typed words."""
        draft = Draft.read(str(event.view.get("private_metadata", "")))
        more = await self._find_text(event, draft)
        if not more:
            await answer_privately(self._client, event, desk_wording.GONE_MEANWHILE)
            return
        typed, _ = view.read_words(read_values(event.view))
        text = "\n\n".join(filter(None, (typed.strip(), more)))
        await self._redraw(event, replace(draft, number=draft.number + 1), text)

    async def _find_text(self, event: BlockAction, draft: Draft) -> str:
        if event.action == view.ANSWER:
            entry = self._conversations.advisor.library().faq.get(event.value)
            return entry.answer if entry else ""
        saved = await list_saved_texts(self._records, event.actor.user)
        chosen: SavedText | None = next((each for each in saved if each.name == event.value), None)
        if chosen is None:
            return ""
        return fill_fields(chosen.text, await self._field_values(event.actor.user, draft.case_id))

    async def _field_values(self, user: str, case_id: str) -> Mapping[str, str]:
        about = self._conversations.advisor.context(self._conversations.clock())
        name = (await self._sender.find_sender(user)).speaker.name
        return list_field_values(await self._find(case_id), about, name_staff(name))

    async def _redraw(
        self, event: BlockAction, draft: Draft, text: str, found: tuple[Entry, ...] | None = None
    ) -> None:
        offer = await self._offer(event.actor.user, await self._find(draft.case_id))
        drawn = draw_form(draft, replace(offer, found=found), text)
        view_id, shown = str(event.view.get("id", "")), str(event.view.get("hash", ""))
        await self._client.call("views.update", {"view_id": view_id, "hash": shown, "view": drawn})

    async def _send(self, event: ViewSubmission) -> Json | None:
        draft = Draft.read(event.private)
        conversation = await self._find(draft.case_id)
        offer = await self._offer(event.actor.user, conversation)
        return await self._sending.send(event, draft, offer)

    async def _find(self, case_id: str) -> Conversation:
        key = await self._records.find_case_key(case_id)
        return await self._conversations.store.load_conversation(key)

    async def _offer(self, user: str, conversation: Conversation) -> Offer:
        opens = business_hours.next_opening(
            self._conversations.clock(), self._conversations.advisor.policy().hours
        )
        can_quote = bool(conversation.case and conversation.case.quote)
        return Offer(opens, await list_saved_texts(self._records, user), can_quote)

"""Turn unanswered questions into answers, from lists and messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.channels.slack.interview.interview import COMMAND
from bot.channels.slack.knowledge import wording
from bot.channels.slack.knowledge.amendment_service import AmendmentService
from bot.channels.slack.knowledge.announcements import APPROVE, WITHDRAW
from bot.channels.slack.knowledge.forms import (
    draw_answer_form,
    draw_example_form,
    draw_link_form,
    draw_trouble_form,
    read_entry,
    read_example,
    read_phrasing,
)
from bot.channels.slack.knowledge.list_view import (
    ANSWER,
    EXAMPLE,
    LINK,
    LIST,
    OUT_OF_SCOPE,
    SAME,
    TROUBLE,
    find_open_question,
)
from bot.channels.slack.knowledge.origins import OpenForms, Origins, QuestionGroup, make_post_origin
from bot.channels.slack.knowledge.question_lists import QuestionLists
from bot.channels.slack.knowledge.trouble_labels import NAME
from bot.channels.slack.ui.blocks import Json
from bot.channels.slack.ui.marks import strip_marks
from bot.channels.slack.ui.mrkdwn import read_plain
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.events import (
    BlockAction,
    Event,
    Shortcut,
    SlashCommand,
    ViewSubmission,
)
from bot.channels.slack.web.responses import (
    answer_command,
    answer_privately,
    answer_with_errors,
    answer_with_notice,
    open_form,
)
from bot.model.posts import PostKind
from bot.runtime.library_cache import LibraryCache
from bot.store import Store
from knowledge.amendments import Amendment
from knowledge.faq.unanswered import wordings

SHORTCUT = "add_to_faq"

_FORMS: Mapping[str, tuple[Callable[[ViewSubmission, Mapping[str, Any]], Amendment], str]] = {
    ANSWER: (read_entry, "question"),
    LINK: (read_phrasing, "entry"),
    EXAMPLE: (read_example, "option"),
    TROUBLE: (read_example, "option"),
}
"""Reader of each form, and the field that shows faults of the whole form."""


class Repair:
    """Handles the lists, their forms and the shortcut on a message."""

    desk_only = True

    def __init__(
        self,
        store: Store,
        library_cache: LibraryCache,
        client: Client,
        lists: QuestionLists,
        amendments: AmendmentService,
    ) -> None:
        self._records, self._library_cache, self._client = store.records, library_cache, client
        self._lists, self._amendments = lists, amendments
        self._decided = {
            WITHDRAW: amendments.withdraw_amendment,
            APPROVE: amendments.approve_amendment,
        }
        self._origins = Origins(lists, store.records)
        self.open_forms = OpenForms(client, self._origins)

    def wants(self, event: Event) -> bool:
        """Tell whether an event is about a list, a form or the shortcut."""
        match event:
            case SlashCommand(command=command, text=text):
                return command == COMMAND and text.strip() == wording.LIST_COMMAND
            case Shortcut(callback=callback):
                return callback == SHORTCUT
            case BlockAction(action=name) | ViewSubmission(callback=name):
                return name.startswith("repair:")
        return False

    async def handle(
        self, event: SlashCommand | Shortcut | BlockAction | ViewSubmission
    ) -> Json | None:
        """One thing a staff member did."""
        match event:
            case SlashCommand():
                there_is = await self._show_list(event)
                said = wording.LIST_IN_DM if there_is else wording.NOTHING_UNANSWERED
                return answer_command(said)
            case Shortcut():
                await self._open_prefilled(event)
            case BlockAction(action=action) if action == LIST:
                if not await self._show_list(event):
                    await answer_privately(self._client, event, wording.NOTHING_UNANSWERED)
            case BlockAction(action=action) if decide := self._decided.get(action):
                if why := await decide(event):
                    await answer_privately(self._client, event, why)
            case BlockAction():
                await self._handle_button(event)
            case ViewSubmission():
                return await self._save_form(event)
        return None

    async def _show_list(self, event: SlashCommand | BlockAction) -> bool:
        return await self._lists.show_list(event.actor.user, event.event_id)

    async def _open_prefilled(self, event: Shortcut) -> None:
        """Open the form with the message as a question or an answer.

        An owner's words ask, a staff member's answer.
        """
        post = await self._records.find_post_at(event.channel, event.ts)
        kind = post.kind if post else None
        # A note in a case may repeat its owner's words, and goes when the case is forgotten.
        origin = make_post_origin(
            post or await self._records.find_post_at(event.channel, event.thread)
        )
        if kind is PostKind.OWNER_WORDS:
            form = draw_answer_form(origin, asked=event.quoted)
        elif kind is PostKind.FORM_COPY:
            form = draw_answer_form(origin, answer=event.quoted)
        else:
            form = draw_answer_form(
                origin, answer="" if event.by_app else read_plain(strip_marks(event.text))
            )
        await self._open_form(event, form, origin)

    async def _handle_button(self, event: BlockAction) -> None:
        group = await self._origins.find_group(event.value)
        if group is None:
            await answer_privately(self._client, event, wording.ALREADY_RESOLVED)
        elif event.action == OUT_OF_SCOPE:
            await self._amendments.mark_out_of_scope(event, group)
        else:
            await self._open_form(event, self._draw_form(event.action, group), group.origin)

    def _draw_form(self, action: str, group: QuestionGroup) -> Json:
        (first, *others), chosen = wordings(group.questions), ""
        if action == SAME and (same := self._lists.propose(group.questions)):
            action, chosen = same.action, same.value
        if action == LINK:
            return draw_link_form(group.origin, first, self._library_cache.library.faq, chosen)
        if action in {EXAMPLE, SAME}:
            asked = find_open_question(group.questions)
            known = [each for name, each in self._amendments.questions.items() if name != NAME]
            return draw_example_form(group.origin, first, known, asked, chosen)
        if action == TROUBLE:
            return draw_trouble_form(group.origin, first, self._amendments.questions[NAME])
        return draw_answer_form(group.origin, asked=first, others=others)

    async def _save_form(self, event: ViewSubmission) -> Json | None:
        """Save the form, or show its faults beside the fields."""
        signed = await self._amendments.sign(event.actor.user)
        # A form of another version is read as the simplest one, and refused for what it lacks.
        read, first = _FORMS.get(event.callback, _FORMS[LINK])
        amendment = read(event, signed)
        are_there = await self._origins.still_stand(event.private)
        # A form sent twice finds its words settled by the first sending.
        if not are_there and not await self._amendments.is_kept(amendment):
            return answer_with_errors({first: wording.WORDS_GONE})
        if found := await self._amendments.validate(amendment):
            fields = set(event.values)
            return answer_with_errors(
                {name if name in fields else first: w for name, w in found.items()}
            )
        group = await self._origins.find_unchanged_group(event.private)
        waits = await self._amendments.save_amendment(event, amendment, group)
        self.open_forms.forget_form(event.view.partition(":")[0])
        return answer_with_notice(wording.WAITS) if waits else None

    async def _open_form(self, event: BlockAction | Shortcut, view: Json, origin: str) -> None:
        self.open_forms.remember_form(await open_form(self._client, event, view), origin)

"""Repairing answers from Slack: the buttons of the lists, the forms, the shortcut on a message."""

from __future__ import annotations

from bot.channels.slack.desk.events import Commanded, Event, Pressed, Shortcut, Submitted
from bot.channels.slack.desk.posts import SAID, SENT
from bot.channels.slack.interview.interview import COMMAND
from bot.channels.slack.knowledge.amending import Keeping
from bot.channels.slack.knowledge.announcements import APPROVE, WITHDRAW
from bot.channels.slack.knowledge.forms import answer_form, link_form, new_entry, new_phrasing
from bot.channels.slack.knowledge.list_view import ANSWER, LINK, LIST, OUT_OF_SCOPE
from bot.channels.slack.knowledge.origins import Group, OpenForms, Origins, post_origin
from bot.channels.slack.knowledge.question_lists import Lists
from bot.channels.slack.ui.blocks import Json
from bot.channels.slack.ui.marks import without_marks
from bot.channels.slack.ui.mrkdwn import plain
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.responses import at_once, errors, instead, open_form, told
from bot.presentation import staff_wording
from bot.runtime.library_cache import LibraryCache
from bot.store import Store
from knowledge.faq.unanswered import wordings

SHORTCUT = "add_to_faq"
SHOW = "未回答"
"""What is written after the command to see the list."""


class Repair:
    """A part of the Slack channel: unanswered questions become answers."""

    desk_only = True

    def __init__(
        self,
        store: Store,
        library_cache: LibraryCache,
        client: Client,
        lists: Lists,
        keeping: Keeping,
    ) -> None:
        self._records, self._library_cache, self._client = store.records, library_cache, client
        self._lists, self._keeping = lists, keeping
        self._decided = {WITHDRAW: keeping.withdraw, APPROVE: keeping.approve}
        self._origins = Origins(lists, store.records)
        self.open_forms = OpenForms(client, self._origins)

    def wants(self, event: Event) -> bool:
        """The command for the list, the shortcut, and the buttons and forms of repairs."""
        match event:
            case Commanded(command=command, text=text):
                return command == COMMAND and text.strip() == SHOW
            case Shortcut(callback=callback):
                return callback == SHORTCUT
            case Pressed(action=name) | Submitted(callback=name):
                return name.startswith("repair:")
        return False

    async def hear(self, event: Commanded | Shortcut | Pressed | Submitted) -> Json | None:
        """One thing a staff member did."""
        match event:
            case Commanded():
                there_is = await self._listed(event)
                said = staff_wording.LIST_IN_DM if there_is else staff_wording.NOTHING_UNANSWERED
                return told(said)
            case Shortcut():
                await self._open_prefilled(event)
            case Pressed(action=action) if action == LIST:
                if not await self._listed(event):
                    await at_once(self._client, event, staff_wording.NOTHING_UNANSWERED)
            case Pressed(action=action) if decide := self._decided.get(action):
                if why := await decide(event):
                    await at_once(self._client, event, why)
            case Pressed():
                await self._pressed(event)
            case Submitted():
                return await self._submitted(event)
        return None

    async def _listed(self, event: Commanded | Pressed) -> bool:
        return await self._lists.show(event.actor.user, event.event_id)

    async def _open_prefilled(self, event: Shortcut) -> None:
        """The form with the message: an owner's words ask, a staff member's answer."""
        post = await self._records.find_post_at(event.channel, event.ts)
        name = post.reference if post else ""
        # A note in a case may repeat its owner's words, and goes when the case is forgotten.
        origin = post_origin(post or await self._records.find_post_at(event.channel, event.thread))
        if name.startswith(SAID):
            form = answer_form(origin, asked=event.quoted)
        elif name.startswith(SENT):
            form = answer_form(origin, answer=event.quoted)
        else:
            form = answer_form(
                origin, answer="" if event.by_app else plain(without_marks(event.text))
            )
        await self._open(event, form, origin)

    async def _pressed(self, event: Pressed) -> None:
        group = await self._origins.group(event.value)
        if group is None:
            await at_once(self._client, event, staff_wording.DEALT_MEANWHILE)
        elif event.action == OUT_OF_SCOPE:
            await self._keeping.out_of_scope(event, group)
        else:
            await self._open(event, self._form(event.action, group), group.origin)

    def _form(self, action: str, group: Group) -> Json:
        first, *others = wordings(group.questions)
        if action == LINK:
            return link_form(group.origin, first, self._library_cache.library.faq)
        return answer_form(group.origin, asked=first, others=others)

    async def _submitted(self, event: Submitted) -> Json | None:
        """Keep what was typed, or say beside the field what is wrong with it."""
        signed = await self._keeping.signed(event.actor.user)
        is_answer = event.callback == ANSWER
        amendment = new_entry(event, signed) if is_answer else new_phrasing(event, signed)
        first = "question" if is_answer else "entry"
        are_there = await self._origins.are_there(event.private)
        # What was sent twice finds its words settled by the first sending.
        if not are_there and not await self._keeping.is_kept(amendment):
            return errors({first: staff_wording.WORDS_GONE})
        if found := await self._keeping.wrong(amendment):
            fields = set(event.values)
            return errors({name if name in fields else first: w for name, w in found.items()})
        group = await self._origins.group_of(event.private)
        waits = await self._keeping.keep(event, amendment, group)
        self.open_forms.forget(event.view.partition(":")[0])
        return instead(staff_wording.WAITS) if waits else None

    async def _open(self, event: Pressed | Shortcut, view: Json, origin: str) -> None:
        self.open_forms.remember(await open_form(self._client, event, view), origin)

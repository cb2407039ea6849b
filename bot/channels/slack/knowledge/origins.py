"""Find the origin of words in a form, and whether it still stands.

An owner may take their words back while somebody has them in an open form. Such a form is closed,
and anything sent from it is refused: nothing brings back deleted words.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.channels.slack.knowledge import wording
from bot.channels.slack.knowledge.question_lists import QuestionLists
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.responses import draw_notice
from bot.store.records import Post, Records, UnansweredQuestion

_POST = "post|"

OPEN_FOR = 3600.0
"""Seconds after which an open form is watched no more. What it sends is still checked."""


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Hold a group of a list, with its place and remaining questions.

    `reference` is the name of the list.
    """

    reference: str
    place: int
    questions: tuple[UnansweredQuestion, ...]

    @property
    def value(self) -> str:
        """The value by which buttons find the group again."""
        return f"{self.reference}|{self.place}"

    @property
    def origin(self) -> str:
        """The value that a form with the group's words carries.

        It changes when one of the questions goes.
        """
        ids = ",".join(str(each.id) for each in self.questions)
        return f"{self.value}|{hashlib.sha256(ids.encode()).hexdigest()[:16]}"


def make_post_origin(post: Post | None) -> str:
    """Write the value that a form with our post's words carries.

    It is empty for a message that is not ours.
    """
    return f"{_POST}{post.reference}" if post else ""


class Origins:
    """Finds where words came from."""

    def __init__(self, lists: QuestionLists, records: Records) -> None:
        self._lists, self._records = lists, records

    async def find_group(self, value: str) -> QuestionGroup | None:
        """Find a button's group, if anything is left of it."""
        reference, _, place = value.rpartition("|")
        if not reference or not place.isdecimal():
            return None
        questions = await self._lists.list_group_questions(reference, int(place))
        return QuestionGroup(reference, int(place), questions) if questions else None

    async def find_unchanged_group(self, origin: str) -> QuestionGroup | None:
        """Find the group a form was opened from, if unchanged."""
        if origin.startswith(_POST):
            return None
        group = await self.find_group(origin.rpartition("|")[0])
        return group if group and group.origin == origin else None

    async def still_stand(self, origin: str) -> bool:
        """Tell whether all words that a form was opened with still stand."""
        if not origin:
            return True
        if origin.startswith(_POST):
            post = await self._records.find_post(origin.removeprefix(_POST))
            return post is not None and not post.wiped
        return await self.find_unchanged_group(origin) is not None


class OpenForms:
    """Watch the forms with words in them that this process opened.

    By the ID of their view.
    """

    def __init__(
        self, client: Client, origins: Origins, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._client, self._origins, self._now = client, origins, now
        self._open: dict[str, tuple[str, float]] = {}

    def remember_form(self, view: str, origin: str) -> None:
        """Watch a form that was opened."""
        if view and origin:
            self._open[view] = origin, self._now()

    def forget_form(self, view: str) -> None:
        """Stop watching a form that was sent or closed."""
        self._open.pop(view, None)

    async def close_emptied_forms(self) -> None:
        """Empty the forms whose origin has lost its words.

        Slack ignores updates of forms that were closed since.
        """
        for view, (origin, since) in list(self._open.items()):
            if self._now() - since > OPEN_FOR:
                self.forget_form(view)
            elif not await self._origins.still_stand(origin):
                said = {"view_id": view, "view": draw_notice(wording.WORDS_GONE)}
                await self._client.call("views.update", said)
                self.forget_form(view)

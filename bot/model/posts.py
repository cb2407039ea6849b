"""How posts on the staff's side are known: by a reference of ours, before Slack has given them a place.

A turn names the posts it makes; only when Slack has taken one is its channel and timestamp known, and
kept under that name (`bot.store.records.Post`).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Self


class PostKind(StrEnum):
    """What a post is; begins its reference."""

    CARD = "case"
    """The head of a case's thread."""

    HISTORY = "history"
    """The answers given before a case was opened."""

    OWNER_WORDS = "said"
    """A quotation of what an owner wrote."""

    FORM_COPY = "sent"
    """A copy of what staff sent to an owner from a form."""

    STAFF_REPLY = "reply"
    """A message that a staff member wrote in a thread and that went to the owner."""

    LOST_CARD = "gone"
    """The place where a card was."""

    PANEL = "panel"
    """A staff member's interview."""

    SUMMARY = "summary"
    """A summary to copy."""

    QUESTION_LIST = "unanswered"
    """A list of questions nobody could answer."""

    ANNOUNCEMENT = "amended"
    """What the desk is told of an amendment."""


class PostReference(str):
    """The name of a post: its kind, then what it is about, with colons between.

    It is text because stores keep it and search by its beginning, and know nothing of kinds.
    """

    __slots__ = ()

    @classmethod
    def _of(cls, kind: PostKind, *about: str) -> Self:
        return cls(":".join((kind, *about)))

    @classmethod
    def of_card(cls, case_id: str) -> Self:
        """Name the card of a case."""
        return cls._of(PostKind.CARD, case_id)

    @classmethod
    def of_history(cls, case_id: str, lost_ts: str = "") -> Self:
        """Name the history of a case; `lost_ts` is that of the card that another has replaced."""
        return cls._of(PostKind.HISTORY, case_id, *filter(None, (lost_ts,)))

    @classmethod
    def of_owner_words(cls, message_id: str, number: int = 0) -> Self:
        """Name a quotation of an owner's message; long ones need several, counted from 0."""
        return cls._of(PostKind.OWNER_WORDS, message_id, *([str(number)] if number else []))

    @classmethod
    def of_form_copy(cls, event_id: str) -> Self:
        """Name the copy of what was sent from a form."""
        return cls._of(PostKind.FORM_COPY, event_id)

    @classmethod
    def of_staff_reply(cls, channel: str, ts: str) -> Self:
        """Name a staff member's message by where it stands."""
        return cls._of(PostKind.STAFF_REPLY, channel, ts)

    @classmethod
    def of_lost_card(cls, case_id: str, ts: str) -> Self:
        """Name the place where a card of this case was; an empty `ts` begins the names of all."""
        return cls._of(PostKind.LOST_CARD, case_id, ts)

    @classmethod
    def of_panel(cls, user: str) -> Self:
        """Name the interview of a staff member."""
        return cls._of(PostKind.PANEL, user)

    @classmethod
    def of_summary(cls, user: str, now: datetime) -> Self:
        """Name a summary by whom it is for, and when it was asked for."""
        return cls._of(PostKind.SUMMARY, now.isoformat(), user)

    @classmethod
    def of_question_list(cls, name: str) -> Self:
        """Name a list of questions by its day, or by the staff member it is for."""
        return cls._of(PostKind.QUESTION_LIST, name)

    @classmethod
    def of_announcement(cls, mark: str) -> Self:
        """Name the announcement of an amendment by the amendment's mark."""
        return cls._of(PostKind.ANNOUNCEMENT, mark)

    @property
    def kind(self) -> PostKind | None:
        """What it names; None for a name of no kind of ours."""
        try:
            return PostKind(self.partition(":")[0])
        except ValueError:
            return None

    @property
    def case_id(self) -> str:
        """The case of a card, of its history, or of the place where it was; empty for others."""
        if self.kind not in {PostKind.CARD, PostKind.HISTORY, PostKind.LOST_CARD}:
            return ""
        return self.split(":", 2)[1] if ":" in self else ""

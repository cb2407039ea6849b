"""Name posts in staff's Slack by our own references.

A turn names the posts it makes. Only when Slack has taken one are its channel and timestamp known,
and kept under that name (`bot.store.records.Post`).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Self


class PostKind(StrEnum):
    """Name the kind of a post, the first part of its reference."""

    CARD = "case"
    """The head of a case's thread."""

    HISTORY = "history"
    """The answers given before a case was opened."""

    OWNER_WORDS = "said"
    """A quotation of an owner's message."""

    FORM_COPY = "sent"
    """A copy of a message that staff sent to an owner from a form."""

    STAFF_REPLY = "reply"
    """A staff member's message in a thread that went to the owner."""

    LOST_CARD = "gone"
    """The place where a card was."""

    PANEL = "panel"
    """A staff member's interview."""

    SUMMARY = "summary"
    """A summary to copy."""

    QUESTION_LIST = "unanswered"
    """A list of questions nobody could answer."""

    ANNOUNCEMENT = "amended"
    """News of an amendment for the desk."""

    COPY = "copy"
    """A post made twice, which is to be deleted."""


class PostReference(str):
    """Name a post by its kind and its subject, joined by colons.

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
        """Name the history of a case.

        `lost_ts` is that of the card that another has replaced.
        """
        return cls._of(PostKind.HISTORY, case_id, *filter(None, (lost_ts,)))

    @classmethod
    def of_owner_words(cls, message_id: str, number: int = 0) -> Self:
        """Name a quotation of an owner's message.

        A long message needs several, counted from 0.
        """
        return cls._of(PostKind.OWNER_WORDS, message_id, *([str(number)] if number else []))

    @classmethod
    def of_form_copy(cls, event_id: str) -> Self:
        """Name the copy of a message sent from a form."""
        return cls._of(PostKind.FORM_COPY, event_id)

    @classmethod
    def of_staff_reply(cls, channel: str, ts: str) -> Self:
        """Name a staff member's message by its place."""
        return cls._of(PostKind.STAFF_REPLY, channel, ts)

    @classmethod
    def of_lost_card(cls, case_id: str, ts: str) -> Self:
        """Name the former place of a case's card.

        With an empty `ts` the name is the start of all such names.
        """
        return cls._of(PostKind.LOST_CARD, case_id, ts)

    @classmethod
    def of_panel(cls, user: str) -> Self:
        """Name the interview of a staff member."""
        return cls._of(PostKind.PANEL, user)

    @classmethod
    def of_summary(cls, user: str, now: datetime) -> Self:
        """Name a summary by its reader and the time of asking."""
        return cls._of(PostKind.SUMMARY, now.isoformat(), user)

    @classmethod
    def of_question_list(cls, name: str) -> Self:
        """Name a list of questions by its day, or its staff member."""
        return cls._of(PostKind.QUESTION_LIST, name)

    @classmethod
    def of_announcement(cls, mark: str) -> Self:
        """Name the announcement of an amendment by the amendment's mark."""
        return cls._of(PostKind.ANNOUNCEMENT, mark)

    @classmethod
    def of_copy(cls, channel: str, ts: str) -> Self:
        """Name the second of a post by where it stands."""
        return cls._of(PostKind.COPY, channel, ts)

    @property
    def kind(self) -> PostKind | None:
        """The kind of the named post, or None for an unknown name."""
        try:
            return PostKind(self.partition(":")[0])
        except ValueError:
            return None

    @property
    def case_id(self) -> str:
        """The case of a card, its history or its former place, else ""."""
        if self.kind not in {PostKind.CARD, PostKind.HISTORY, PostKind.LOST_CARD}:
            return ""
        return self.split(":", 2)[1] if ":" in self else ""

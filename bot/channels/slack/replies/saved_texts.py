"""Define saved replies, and their fields that each case fills."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.channels.slack.replies.wording import FIELD_NUMBER, FIELD_OFFICE, FIELD_STAFF
from bot.model.conversation import Conversation
from bot.model.turn import Context
from bot.presentation.cards.contact import phone_line
from bot.store.records import DeskEntry, Records
from knowledge.place_names.places import PREFECTURES

KIND = "reply"

FIELDS = (FIELD_OFFICE, FIELD_NUMBER, FIELD_STAFF)
"""Fields of a saved reply that only the case can fill."""


_FIELD = re.compile(r"[{｛][^{}｛｝\n]{1,20}[}｝]")
"""Words in braces, of whichever width."""


@dataclass(frozen=True, slots=True)
class SavedText:
    """Hold a reply to use again.

    `staff` is its one owner among staff, empty for everybody's.
    """

    name: str
    title: str
    text: str
    staff: str = ""

    def as_entry(self) -> DeskEntry:
        """Write the reply in the form the store keeps."""
        return DeskEntry(KIND, self.name, {"title": self.title, "text": self.text}, self.staff)


async def list_saved_texts(records: Records, user: str) -> tuple[SavedText, ...]:
    """List the texts this user may use, their own first, by title."""
    entries = await records.list_desk_entries(KIND)
    texts = (_read(each) for each in entries if each.staff in {"", user})
    return tuple(sorted(texts, key=lambda each: (not each.staff, each.title)))


def _read(entry: DeskEntry) -> SavedText:
    content = entry.content or {}
    return SavedText(
        entry.name, str(content.get("title", "")), str(content.get("text", "")), entry.staff
    )


def list_field_values(conversation: Conversation, about: Context, name: str) -> Mapping[str, str]:
    """List the known values of the fields in this case.

    `name` is that of the writer as the owner sees it.
    """
    values = {FIELD_STAFF: name}
    code = conversation.answers.get(about.programme.place, ("",))[0]
    if code in PREFECTURES:
        center = about.library.directory.for_prefecture(code).center
        phone = center.phone()
        values |= {FIELD_OFFICE: center.name} | ({FIELD_NUMBER: phone_line(phone)} if phone else {})
    return {field: value for field, value in values.items() if value}


def fill_fields(text: str, values: Mapping[str, str]) -> str:
    """Replace the fields by their values.

    Fields without one stay, to be seen and written over.
    """
    for field, value in values.items():
        text = text.replace(field, value)
    return text


def find_unfilled(text: str) -> str:
    """Name the fields that nobody has filled, also unknown ones like {名前}, or ""."""
    return "".join(dict.fromkeys(_FIELD.findall(text)))


def find_unknown_fields(text: str) -> str:
    """Name the fields that no case ever fills, or ""."""
    return "".join(each for each in dict.fromkeys(_FIELD.findall(text)) if each not in FIELDS)

"""Name the person who writes, as the owner sees them."""

from __future__ import annotations

from dataclasses import replace

from bot.model.messages import Speaker
from bot.presentation.wording import say


def named_speaker(speaker: Speaker) -> Speaker:
    """Give a speaker without a name the general name of staff.

    Nobody speaks without a name.
    """
    return speaker if speaker.name.strip() else replace(speaker, name=say("handoff.staff"))


def name_staff(name: str) -> str:
    """Write a staff member's name for owners, as in 相談員の山田.

    A name that says so already stays as it is.
    """
    staff = say("handoff.staff")
    if not name:
        return staff
    return name if staff in name else say("handoff.staff_named", name=name)

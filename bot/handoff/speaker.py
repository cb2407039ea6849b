"""How an owner sees the person who writes to them."""

from __future__ import annotations

from dataclasses import replace

from bot.model.messages import Speaker
from bot.presentation.wording import say


def named_speaker(speaker: Speaker) -> Speaker:
    """Give a speaker without a name the name of the office; nobody speaks without one."""
    return speaker if speaker.name.strip() else replace(speaker, name=say("handoff.staff"))


def name_staff(name: str) -> str:
    """Say who speaks: 相談員の山田; a name that says so already stays as it is."""
    staff = say("handoff.staff")
    if not name:
        return staff
    return name if staff in name else say("handoff.staff_named", name=name)

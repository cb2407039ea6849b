"""Let staff set the name that owners on LINE see.

Source of the limits: LINE's reference of `sender` (name of 20 characters without "LINE", icon over
HTTPS with an address of 2000). What a name may pretend: `bot.channels.slack.home.impersonation`.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.channels.slack.home import impersonation, wording
from bot.channels.slack.ui.blocks import Json, context, input_block, modal, text_field
from bot.presentation.limits import utf16_units
from bot.store.records import StaffName

CALLBACK = "home:name"
NAME, ICON = "name", "icon"

_LONGEST_NAME, _LONGEST_ICON = 20, 2000

ICON_HOSTS = frozenset({"avatars.slack-edge.com", "ca.slack-edge.com"})
"""Hosts of Slack's own pictures of users. Only there nobody changes one unseen."""


def draw_form(known: StaffName | None) -> Json:
    """Draw the form with the current name."""
    return modal(
        CALLBACK,
        wording.NAME_TITLE,
        [
            context(wording.NAME_HOW),
            input_block(
                wording.NAME_LABEL,
                NAME,
                text_field(NAME, known.name if known else "", most=_LONGEST_NAME),
                hint=wording.NAME_HINT,
            ),
            input_block(
                wording.ICON_LABEL,
                ICON,
                text_field(ICON, known.icon_url if known else "", most=_LONGEST_ICON),
                hint=wording.ICON_HINT,
                optional=True,
            ),
        ],
        submit=wording.NAME_SUBMIT,
    )


def read_form(staff: str, values: Mapping[str, str]) -> StaffName:
    """Read the name from its form."""
    return StaffName(staff, values.get(NAME, "").strip(), values.get(ICON, "").strip())


def find_problems(given: StaffName) -> dict[str, str]:
    """Find the fields that LINE would refuse, with a sentence for each."""
    found = {NAME: _check_name(given.name), ICON: _check_icon(given.icon_url)}
    return {field: problem for field, problem in found.items() if problem}


def _check_name(name: str) -> str:
    if not name:
        return wording.NAME_MISSING
    if utf16_units(name) > _LONGEST_NAME:
        return wording.refuse_long_name(_LONGEST_NAME)
    if not name.isprintable():
        return wording.NAME_NOT_PRINTABLE
    return impersonation.explain_refusal(name)


def _check_icon(address: str) -> str:
    if not address:
        return ""
    if len(address) > _LONGEST_ICON or not _is_https(address):
        return wording.ICON_NOT_HTTPS
    if urlsplit(address).hostname not in ICON_HOSTS:
        return wording.refuse_icon_host(sorted(ICON_HOSTS))
    return ""


def _is_https(address: str) -> bool:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - reading it tells whether it is a number
    except ValueError:
        return False
    is_plain = address.isascii() and address.isprintable() and " " not in address
    return is_plain and parts.scheme == "https" and bool(parts.hostname)

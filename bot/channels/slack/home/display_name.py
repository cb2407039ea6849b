"""The form in which a staff member says how owners on LINE see them.

Source of the limits: LINE's reference of `sender` (name of 20 characters without "LINE", icon over
HTTPS with an address of 2000).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.channels.slack.ui.blocks import Json, context, modal, question, text_field
from bot.presentation.limits import utf16_units
from bot.store.records import StaffNamed

CALLBACK = "home:name"
NAME, ICON = "name", "icon"

_LONGEST_NAME, _LONGEST_ICON = 20, 2000


def form(known: StaffNamed | None) -> Json:
    """The modal, with what was set before."""
    return modal(
        CALLBACK,
        "LINEでの表示名",
        [
            context("お客さまに返信するとき、LINEでこの名前とアイコンが表示されます。"),
            question(
                "名前",
                NAME,
                text_field(NAME, known.name if known else "", most=_LONGEST_NAME),
                hint="20文字まで。例：相談員 山田",
            ),
            question(
                "アイコンのURL",
                ICON,
                text_field(ICON, known.icon_url if known else "", most=_LONGEST_ICON),
                hint="https:// で始まる、正方形のPNG画像（1MBまで）。なくても使えます。",
                optional=True,
            ),
        ],
        submit="保存",
    )


def named(staff: str, values: Mapping[str, str]) -> StaffNamed:
    """What was typed, as it is to be kept."""
    return StaffNamed(staff, values.get(NAME, "").strip(), values.get(ICON, "").strip())


def problems(given: StaffNamed) -> dict[str, str]:
    """What LINE would refuse, as a sentence per field; empty when all is well."""
    found = {NAME: _name_problem(given.name), ICON: _icon_problem(given.icon_url)}
    return {field: problem for field, problem in found.items() if problem}


def _name_problem(name: str) -> str:
    if not name:
        return "名前を入れてください。"
    if utf16_units(name) > _LONGEST_NAME:
        return f"{_LONGEST_NAME}文字までにしてください（絵文字は2文字と数えます）。"
    if not name.isprintable():
        return "改行などの、見えない文字は使えません。"
    if "line" in unicodedata.normalize("NFKC", name).casefold():
        return "「LINE」という言葉は、LINEの決まりで使えません。"
    return ""


def _icon_problem(address: str) -> str:
    if not address:
        return ""
    if len(address) > _LONGEST_ICON or not _is_https(address):
        return "https:// で始まる画像のURLを、そのまま貼り付けてください。"
    return ""


def _is_https(address: str) -> bool:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - reading it tells whether it is a number
    except ValueError:
        return False
    is_plain = address.isascii() and address.isprintable() and " " not in address
    return is_plain and parts.scheme == "https" and bool(parts.hostname)

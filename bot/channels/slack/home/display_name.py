"""The form in which a staff member says how owners on LINE see them.

Source of the limits: LINE's reference of `sender` (name of 20 characters without "LINE", icon over
HTTPS with an address of 2000). What a name may pretend: `bot.channels.slack.home.impersonation`.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.channels.slack.home import impersonation
from bot.channels.slack.ui.blocks import Json, context, input_block, modal, text_field
from bot.presentation.limits import utf16_units
from bot.store.records import StaffName

CALLBACK = "home:name"
NAME, ICON = "name", "icon"

_LONGEST_NAME, _LONGEST_ICON = 20, 2000

ICON_HOSTS = frozenset({"avatars.slack-edge.com", "ca.slack-edge.com"})
"""Where Slack keeps its users' pictures: only there is it known that nobody changes them unseen."""


def draw_form(known: StaffName | None) -> Json:
    """The modal, with what was set before."""
    return modal(
        CALLBACK,
        "LINEでの表示名",
        [
            context("お客さまに返信するとき、LINEでこの名前とアイコンが表示されます。"),
            input_block(
                "名前",
                NAME,
                text_field(NAME, known.name if known else "", most=_LONGEST_NAME),
                hint="20文字まで。例：相談員 山田",
            ),
            input_block(
                "アイコンのURL",
                ICON,
                text_field(ICON, known.icon_url if known else "", most=_LONGEST_ICON),
                hint="Slackのプロフィール写真のURL（正方形のPNG、1MBまで）。なくても使えます。",
                optional=True,
            ),
        ],
        submit="保存",
    )


def read_form(staff: str, values: Mapping[str, str]) -> StaffName:
    """What was typed, as it is to be kept."""
    return StaffName(staff, values.get(NAME, "").strip(), values.get(ICON, "").strip())


def find_problems(given: StaffName) -> dict[str, str]:
    """What LINE would refuse, as a sentence per field; empty when all is well."""
    found = {NAME: _check_name(given.name), ICON: _check_icon(given.icon_url)}
    return {field: problem for field, problem in found.items() if problem}


def _check_name(name: str) -> str:
    if not name:
        return "名前を入れてください。"
    if utf16_units(name) > _LONGEST_NAME:
        return f"{_LONGEST_NAME}文字までにしてください（絵文字は2文字と数えます）。"
    if not name.isprintable():
        return "改行などの、見えない文字は使えません。"
    return impersonation.explain_refusal(name)


def _check_icon(address: str) -> str:
    if not address:
        return ""
    if len(address) > _LONGEST_ICON or not _is_https(address):
        return "https:// で始まる画像のURLを、そのまま貼り付けてください。"
    if urlsplit(address).hostname not in ICON_HOSTS:
        return f"アイコンに使えるのは、{'・'.join(sorted(ICON_HOSTS))}にある画像だけです（Slackのプロフィール写真のURLが使えます）。"
    return ""


def _is_https(address: str) -> bool:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - reading it tells whether it is a number
    except ValueError:
        return False
    is_plain = address.isascii() and address.isprintable() and " " not in address
    return is_plain and parts.scheme == "https" and bool(parts.hostname)

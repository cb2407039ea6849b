"""Fake rich menus, with pictures, aliases and their users.

Source: https://developers.line.biz/en/reference/messaging-api/#rich-menu
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from bot.simulator.common.answers import Answer, Json
from bot.simulator.common.shapes import Fault, Path, array, boolean, integer, record, spoken, text
from bot.simulator.line.api.answers import Ask, RefusedError, not_found, read
from bot.simulator.line.messages.actions import ALIAS, RICH_MENU, action
from bot.simulator.line.messages.images import look
from bot.simulator.line.state import Account

MENUS = 1000
AREAS = 20
IMAGE_BYTES = 1_000_000
RATIO = 1.45
IMAGE_TYPES = ("image/jpeg", "image/png")

_USER_ID = re.compile("U[0-9a-f]{32}")


def _is_wide(value: Json, path: Path) -> Iterator[Fault]:
    if value["width"] / value["height"] < RATIO:
        yield Fault(path, f"width / height must be {RATIO} or more")


def _inside(value: Json, path: Path) -> Iterator[Fault]:
    size = value["size"]
    for index, area in enumerate(value["areas"]):
        bounds = area["bounds"]
        right, bottom = bounds["x"] + bounds["width"], bounds["y"] + bounds["height"]
        if right > size["width"] or bottom > size["height"]:
            yield Fault((*path, "areas", index, "bounds"), "must be inside the menu")


_BOUNDS = record(
    {"x": integer(0), "y": integer(0), "width": integer(1), "height": integer(1)},
    "x y width height",
)
_AREA = record({"bounds": _BOUNDS, "action": action(RICH_MENU)}, "bounds action")
_MENU = record(
    {
        "size": record(
            {"width": integer(800, 2500), "height": integer(250)}, "width height", _is_wide
        ),
        "selected": boolean,
        "name": spoken(300),
        "chatBarText": spoken(14),
        "areas": array(_AREA, 0, AREAS),
    },
    "size selected name chatBarText areas",
    _inside,
)

_MENU_ID = text(41, like="richmenu-[0-9a-f]{32}", says="invalid richMenuId")
_NEW_ALIAS = record(
    {"richMenuAliasId": ALIAS, "richMenuId": _MENU_ID}, "richMenuAliasId richMenuId"
)
_ALIAS = record({"richMenuId": _MENU_ID}, "richMenuId")


@dataclass(slots=True)
class Menu:
    """Hold a rich menu and its picture, if uploaded."""

    menu: Json
    image: bytes = b""
    image_type: str = ""


@dataclass(slots=True)
class RichMenus:
    """The endpoints, over the menus of one account."""

    account: Account
    menus: dict[str, Menu] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    default: str = ""

    def create(self, ask: Ask) -> Answer:
        """Make a menu without a picture."""
        menu = read(ask, _MENU)
        if len(self.menus) >= MENUS:
            raise RefusedError("The maximum number of rich menus has been reached")
        key = f"richmenu-{secrets.token_hex(16)}"
        self.menus[key] = Menu(menu)
        return Answer({"richMenuId": key})

    def validate(self, ask: Ask) -> Answer:
        """Tell whether a menu could be made."""
        read(ask, _MENU)
        return Answer()

    def list(self, _ask: Ask) -> Answer:
        """List every menu."""
        return Answer({"richmenus": [self._shown(key) for key in self.menus]})

    def get(self, ask: Ask) -> Answer:
        """Show one menu."""
        self._find(ask)
        return Answer(self._shown(ask.path["richMenuId"]))

    def delete(self, ask: Ask) -> Answer:
        """Delete a menu everywhere."""
        self._find(ask)
        key = ask.path["richMenuId"]
        del self.menus[key]
        self.default = "" if self.default == key else self.default
        for chat in self.account.chats.values():
            chat.rich_menu = "" if chat.rich_menu == key else chat.rich_menu
        return Answer()

    def upload(self, ask: Ask) -> Answer:
        """Give a menu its picture, once.

        Source: https://developers.line.biz/en/reference/messaging-api/#upload-rich-menu-image
        """
        menu = self._find(ask)
        kind = ask.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind not in IMAGE_TYPES:
            message = f"The content type, {kind}, is not supported"
            raise RefusedError(message, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        if menu.image:
            raise RefusedError("An image has already been uploaded to the richmenu")
        _check_picture(ask.body, kind, menu.menu["size"])
        menu.image, menu.image_type = ask.body, kind
        return Answer()

    def download(self, ask: Ask) -> Answer:
        """Send the picture of a menu."""
        menu = self._find(ask)
        if not menu.image:
            raise not_found()
        return Answer(content=menu.image, content_type=menu.image_type)

    def set_default(self, ask: Ask) -> Answer:
        """Show a menu to every user without one of their own."""
        self._find_with_picture(ask)
        self.default = ask.path["richMenuId"]
        return Answer()

    def get_default(self, _ask: Ask) -> Answer:
        """Which menu everybody sees."""
        if not self.default:
            raise not_found("no default richmenu")
        return Answer({"richMenuId": self.default})

    def clear_default(self, _ask: Ask) -> Answer:
        """Show no default menu any longer."""
        self.default = ""
        return Answer()

    def link(self, ask: Ask) -> Answer:
        """Show a menu to one user.

        For users who are no friends the call is accepted, and nothing is done.
        """
        user = _user(ask)
        self._find_with_picture(ask)
        chat = self.account.chats.get(user)
        if chat and chat.friend and not chat.blocked:
            chat.rich_menu = ask.path["richMenuId"]
        return Answer()

    def linked(self, ask: Ask) -> Answer:
        """Which menu one user sees."""
        chat = self.account.chats.get(_user(ask))
        if chat is None or not chat.rich_menu:
            raise not_found("the user has no richmenu")
        return Answer({"richMenuId": chat.rich_menu})

    def unlink(self, ask: Ask) -> Answer:
        """Show one user the default menu again."""
        if chat := self.account.chats.get(_user(ask)):
            chat.rich_menu = ""
        return Answer()

    def create_alias(self, ask: Ask) -> Answer:
        """Give a menu another name, by which tabs switch to it."""
        body = read(ask, _NEW_ALIAS)
        self._check_alias_target(body["richMenuId"])
        if body["richMenuAliasId"] in self.aliases:
            raise RefusedError("conflict richmenu alias id", details=[])
        if len(self.aliases) >= MENUS:
            raise RefusedError("The maximum number of rich menu aliases has been reached")
        self.aliases[body["richMenuAliasId"]] = body["richMenuId"]
        return Answer()

    def update_alias(self, ask: Ask) -> Answer:
        """Give the name to another menu."""
        alias = self._find_alias(ask)
        body = read(ask, _ALIAS)
        self._check_alias_target(body["richMenuId"])
        self.aliases[alias] = body["richMenuId"]
        return Answer()

    def get_alias(self, ask: Ask) -> Answer:
        """Which menu has the name."""
        return Answer(_alias(alias := self._find_alias(ask), self.aliases[alias]))

    def list_aliases(self, _ask: Ask) -> Answer:
        """List every name."""
        return Answer({"aliases": [_alias(*pair) for pair in self.aliases.items()]})

    def delete_alias(self, ask: Ask) -> Answer:
        """Delete an alias, but not its menu."""
        del self.aliases[self._find_alias(ask)]
        return Answer()

    def _shown(self, key: str) -> Json:
        return {"richMenuId": key, **self.menus[key].menu}

    def _find(self, ask: Ask) -> Menu:
        menu = self.menus.get(ask.path["richMenuId"])
        if menu is None:
            raise not_found()
        return menu

    def _find_with_picture(self, ask: Ask) -> None:
        if not self._find(ask).image:
            message = "must upload richmenu image before applying it to user"
            raise RefusedError(message, details=[])

    def _find_alias(self, ask: Ask) -> str:
        alias = ask.path["richMenuAliasId"]
        if alias not in self.aliases:
            raise RefusedError("richmenu alias not found", HTTPStatus.NOT_FOUND, details=[])
        return alias

    def _check_alias_target(self, key: str) -> None:
        if key not in self.menus or not self.menus[key].image:
            raise RefusedError("richmenu not found", details=[])


def _alias(alias: str, menu: str) -> Json:
    return {"richMenuAliasId": alias, "richMenuId": menu}


def _user(ask: Ask) -> str:
    user = ask.path["userId"]
    if not _USER_ID.fullmatch(user):
        raise RefusedError("The value for the 'userId' parameter is invalid")
    return user


def _check_picture(content: bytes, kind: str, size: dict[str, Any]) -> None:
    picture = look(content)
    if picture is None or picture.kind != kind:
        raise RefusedError("The image could not be read as " + kind)
    if len(content) > IMAGE_BYTES:
        raise RefusedError("The image is larger than 1 MB")
    # The menu's own size passed the rules for width, height and ratio when it was made.
    if (picture.width, picture.height) != (size["width"], size["height"]):
        raise RefusedError("The image size is not allowed for richmenu")

"""Play the owners of the demo, with their acts and their phones."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.demo.switches import Switches
from bot.simulator.common.control import checked
from bot.simulator.line.postman import Delivered
from bot.simulator.line.server import FakeLine
from bot.simulator.line.state import Chat, Sent, chat_id

Json = dict[str, Any]

FIRST = ("花子", "太郎", "さくら")
"""People on the page at the start. All are invented."""

NAME_LENGTH = 20
"""Most characters of an owner's name."""


@dataclass(frozen=True, slots=True)
class Doing:
    """Hold a person's act with its delivery and its messages in the chat."""

    delivered: Delivered
    chat: str
    shown: frozenset[str]


@dataclass(slots=True)
class Owners:
    """Everybody with a phone, by name, over one fake LINE."""

    line: FakeLine
    switches: Switches
    names: list[str] = field(default_factory=lambda: list(FIRST))
    doings: list[Doing] = field(default_factory=list)

    def add(self, name: str) -> str:
        """Add a person and return the name.

        It is numbered when taken. Raises ValueError for a name that is empty or too long.
        """
        wanted = name.strip()
        if not 0 < len(wanted) <= NAME_LENGTH:
            raise ValueError(f"a name has 1 to {NAME_LENGTH} characters")
        number = 1
        while wanted in self.names:
            number += 1
            wanted = f"{name.strip()}{number}"
        self.names.append(wanted)
        return wanted

    def chat_of(self, name: str) -> Chat | None:
        """Return the person's chat, or None at first.

        KeyError for a stranger.
        """
        if name not in self.names:
            raise KeyError(name)
        return self.line.account.chats.get(chat_id(name))

    async def do(self, name: str, doing: str, arguments: Mapping[str, Any]) -> Doing:
        """Let a person act, and return the act.

        ValueError, LookupError or TypeError when it cannot be done.
        """
        self.chat_of(name)
        act = _acts(self.line)[doing]
        checked(act, arguments, name, closed=True)
        before = self._ids(name)
        delivered = await act(name, **arguments)
        if self.switches.duplicate:
            await self.line.redeliver(delivered)
        done = Doing(delivered, chat_id(name), frozenset(self._ids(name)) - frozenset(before))
        self.doings.append(done)
        return done

    def _ids(self, name: str) -> list[str]:
        chat = self.chat_of(name)
        return [sent.id for sent in chat.log if sent.by == "user"] if chat else []

    # What the page is told.

    def as_list(self) -> list[Json]:
        """List every person, with whether the bot was added or blocked."""
        chats = {name: self.chat_of(name) for name in self.names}
        return [
            {"name": name, "known": chat is not None, "blocked": chat is not None and chat.blocked}
            for name, chat in chats.items()
        ]

    def shown(self, name: str) -> dict[str, Json]:
        """List the items on the phone, each under a key of its looks."""
        self.chat_of(name)
        read = self._read()
        items = [self._item(sent, read) for sent in self.line.chat(name)]
        return {item["key"]: item for item in items}

    def _read(self) -> frozenset[str]:
        """List the messages the bot has taken."""
        taken = (doing.shown for doing in self.doings if doing.delivered.ok)
        return frozenset().union(*taken)

    def _item(self, sent: Sent, read: frozenset[str]) -> Json:
        item = asdict(sent) | {"read": sent.id in read}
        marks = [sent.id, sent.by, str(sent.message.get("type"))]
        marks += ["read"] * item["read"] + ["offers"] * bool(sent.quick_replies)
        return item | {"key": ":".join(marks)}

    def menu(self, name: str) -> Json:
        """Return the phone's rich menu with its id, or {}."""
        chat = self.chat_of(name)
        key = (chat.rich_menu if chat else "") or self.line.menus.default
        return {**self.line.rich_menu(name), "id": key} if key else {}

    def picture(self, menu: str) -> tuple[bytes, str]:
        """Return a rich menu's picture and its type.

        KeyError without one.
        """
        found = self.line.menus.menus[menu]
        return found.image, found.image_type


def _acts(line: FakeLine) -> Mapping[str, Callable[..., Awaitable[Delivered]]]:
    """List the acts of a person, by the names of the control API."""
    return {
        "send": line.send_text,
        "tap": line.tap,
        "press": line.press,
        "follow": line.follow,
        "unfollow": line.unfollow,
        "unsend": line.unsend,
        "sticker": line.sticker,
        "image": line.image,
        "location": line.location,
    }

"""Set up a LINE channel with its rich menus, aliases and default.

Then the webhook and the quota are checked. Running it again changes nothing that is right already,
and mends a half-done earlier run. Owners are never without a menu: the old one is deleted after the
new one has taken its place. It writes to LINE and to nothing else. `python -m bot line setup`
prints the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus

from bot.channels.line.account.administration import Json, Line
from bot.channels.line.account.rich_menu import Pictures, RichMenu


class NoteKind(StrEnum):
    """Name the kind of a line of the report."""

    KEPT = "kept"
    DONE = "done"
    WOULD = "would"
    WRONG = "wrong"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the report."""

    kind: NoteKind
    words: str

    def __str__(self) -> str:
        return f"{self.kind:<5} {self.words}"


def set_up(line: Line, pictures: Pictures) -> Iterator[Note]:
    """Do everything, and report it line by line as it happens. Raises SetupError."""
    yield Note(NoteKind.INFO, f"account: {line.account()}")
    for menu, picture in pictures.items():
        yield from set_up_menu(line, menu, picture)
    yield from look_at_webhook(line)
    yield look_at_quota(line)


def set_up_menu(line: Line, wanted: RichMenu, picture: bytes) -> Iterator[Note]:
    """Set up one menu with its picture, alias and place.

    Older menus of its name are deleted.
    """
    definition = wanted.define(picture)
    name = definition["name"]
    ours = {menu: named for menu, named in line.menus() if wanted.is_named(named)}
    menu = next((menu for menu, named in ours.items() if named == name), "")
    if menu and line.has_picture(menu):
        yield Note(NoteKind.KEPT, f"the rich menu {name}")
    else:
        if not menu:
            menu = line.create(definition)
            yield Note(_note_kind(line), f"create the rich menu {name}")
        line.upload(menu, picture)
        yield Note(_note_kind(line), f"upload its picture ({len(picture)} bytes)")
    yield _alias(line, wanted.alias, menu)
    if wanted.is_default:
        yield _default(line, menu)
    for older in ours.keys() - {menu}:
        line.delete(older)
        yield Note(_note_kind(line), f"delete the older rich menu {ours[older]}")


def _note_kind(line: Line) -> NoteKind:
    return NoteKind.WOULD if line.is_dry else NoteKind.DONE


def _alias(line: Line, alias: str, menu: str) -> Note:
    stands_for = line.alias(alias)
    if stands_for == menu:
        return Note(NoteKind.KEPT, f"the alias {alias}")
    if stands_for is None:
        line.create_alias(alias, menu)
        return Note(_note_kind(line), f"create the alias {alias}")
    line.update_alias(alias, menu)
    return Note(_note_kind(line), f"let the alias {alias} stand for it")


def _default(line: Line, menu: str) -> Note:
    if line.default() == menu:
        return Note(NoteKind.KEPT, "it is the menu that everybody sees")
    line.set_default(menu)
    return Note(_note_kind(line), "make it the menu that everybody sees")


def look_at_webhook(line: Line) -> Iterator[Note]:
    """Check that LINE can bring us messages, and change nothing."""
    found = line.webhook()
    if found is None:
        yield Note(
            NoteKind.WRONG,
            "no webhook URL is set. Enter https://(your server)/line/webhook in the LINE "
            "Developers Console (your channel, tab Messaging API), then run this again.",
        )
        return
    endpoint, active = found
    if not active:
        yield Note(
            NoteKind.WRONG,
            f"the webhook {endpoint} is not in use. Turn on 「Webhookの利用」 (Use webhook) in the "
            "LINE Developers Console (your channel, tab Messaging API).",
        )
    result = line.test_webhook()
    if result is None:
        yield Note(NoteKind.WOULD, f"test the webhook {endpoint}")
    elif result.get("success"):
        yield Note(NoteKind.INFO, f"the webhook {endpoint} answers")
    else:
        yield Note(NoteKind.WRONG, f"the webhook {endpoint} {_trouble(result)}")


def _trouble(result: Json) -> str:
    """Say why a test of the webhook failed, and where to look."""
    status = result.get("statusCode")
    match result.get("reason"):
        case "COULD_NOT_CONNECT":
            return (
                "cannot be reached by LINE. Is the server running, open to the internet, and its "
                "certificate from a public authority with the complete chain?"
            )
        case "REQUEST_TIMEOUT":
            return "does not answer in time. Is the server up, and is something slow before it?"
        case "ERROR_STATUS_CODE" if status == HTTPStatus.NOT_FOUND:
            return "answers 404. The path must be /line/webhook, and LINE must be on at the server."
        case "ERROR_STATUS_CODE" if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            return f"answers {status}. Is LINE_CHANNEL_SECRET there the secret of this channel?"
        case "ERROR_STATUS_CODE":
            return f"answers {status}. The log of the server says why."
        case reason:
            return f"failed LINE's test ({reason}: {result.get('detail')})."


def look_at_quota(line: Line) -> Note:
    """Report how many messages may still be pushed this month.

    Replies are free.
    """
    limit, used = line.quota()
    if limit is None:
        return Note(NoteKind.INFO, f"{used} messages pushed this month; there is no limit")
    if used >= limit:
        return Note(
            NoteKind.WRONG,
            f"all {limit} messages of this month are used. Replies still work; what a person "
            "answers later waits until the owner writes again. A larger plan lifts this.",
        )
    return Note(
        NoteKind.INFO, f"{used} of {limit} messages pushed this month; replies are not counted"
    )

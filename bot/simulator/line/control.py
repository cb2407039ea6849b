"""Let another process control the simulator, as JSON under `/_control`.

    POST   /_control/send      {"user", "text"}                  write a text
    POST   /_control/tap       {"user", "data", "params"?}       tap a postback button
    POST   /_control/press     {"user", "label"}                 press the button with this label
    POST   /_control/follow    {"user"}        /unfollow  /sticker  /image   the same
    POST   /_control/location  {"user", "latitude", "longitude", "address"?}
    POST   /_control/unsend    {"user", "message_id"}
    POST   /_control/post      {"events", "redelivery"?}         POST ready-made events as they are
    GET    /_control/chat/{user}      what the phone shows, and the rich menu
    GET    /_control/users            everybody who was seen
    GET    /_control/calls            what the bot asked for, `?endpoint=push&from=10`
    DELETE /_control/calls            forget them
    GET, POST, DELETE /_control/faults   {"endpoint", "kind", "times"?, "accept"?, "seconds"?}
    POST   /_control/settings  {"webhook_url"?, "quota"?, "redeliver_times"?, "redeliver_after"?}
    POST   /_control/advance   {"seconds"}                       let time pass

Each needs the header `X-Control-Token` (`line.control_token`; a process prints it). Every answer is
JSON; a mistake is a 400 with `{"error": …}`. An act of a user answers with `{"ok", "status",
"event_ids", "message_id", "reply_token", "attempts"}`.
"""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from bot.simulator.common.control import Control, Json, checked, guarded, seconds
from bot.simulator.line.events import redelivered
from bot.simulator.line.faults import Faults
from bot.simulator.line.phones import Phones
from bot.simulator.line.postman import Delivered

_DOINGS = ("send", "tap", "press", "follow", "unfollow", "unsend", "sticker", "image", "location")
_SETTINGS = {
    "webhook_url": str,
    "redeliver_times": int,
    "redeliver_after": float,
}


def add_routes(
    app: web.Application, phones: Phones, faults: Faults, calls: list[Any], token: str
) -> None:
    """Put the control API into `app`, for callers with this token."""
    routes: list[tuple[str, str, Control]] = [
        *(("POST", doing, _doing(phones, doing)) for doing in _DOINGS),
        ("POST", "post", functools.partial(_post, phones)),
        ("GET", "chat/{user}", functools.partial(_chat, phones)),
        ("GET", "users", functools.partial(_users, phones)),
        ("GET", "calls", functools.partial(_calls, calls)),
        ("DELETE", "calls", functools.partial(_forget, calls)),
        ("GET", "faults", functools.partial(_faults, faults)),
        ("POST", "faults", functools.partial(_add_fault, faults)),
        ("DELETE", "faults", functools.partial(_clear_faults, faults)),
        ("POST", "settings", functools.partial(_settings, phones)),
        ("POST", "advance", functools.partial(_advance, phones)),
    ]
    for method, path, control in routes:
        app.router.add_route(method, f"/_control/{path}", guarded(control, token))


def _doing(phones: Phones, name: str) -> Control:
    act: Callable[..., Awaitable[Delivered]] = getattr(
        phones, "send_text" if name == "send" else name
    )

    async def control(body: Json, _request: web.Request) -> Json:
        checked(act, body)
        return _write_delivery(await act(**body))

    return control


async def _post(phones: Phones, body: Json, _request: web.Request) -> Json:
    events = [redelivered(each) if body.get("redelivery") else each for each in body["events"]]
    return _write_delivery(await phones.post(*events))


def _write_delivery(delivered: Delivered) -> Json:
    return {
        "ok": delivered.ok,
        "status": delivered.status,
        "event_ids": [event["webhookEventId"] for event in delivered.events],
        "message_id": delivered.message_id,
        "reply_token": delivered.reply_token,
        "events": list(delivered.events),
        "attempts": [asdict(attempt) for attempt in delivered.attempts],
    }


async def _chat(phones: Phones, _body: Json, request: web.Request) -> Json:
    user = request.match_info["user"]
    shown = [asdict(sent) | {"text": sent.text} for sent in phones.chat(user)]
    return {"user_id": phones.user_id(user), "chat": shown, "rich_menu": phones.rich_menu(user)}


async def _users(phones: Phones, _body: Json, _request: web.Request) -> Json:
    chats = phones.account.chats.values()
    return {
        "users": [{"id": chat.id, "friend": chat.friend, "blocked": chat.blocked} for chat in chats]
    }


async def _calls(calls: list[Any], _body: Json, request: web.Request) -> Json:
    start = int(request.query.get("from", "0"))
    endpoint = request.query.get("endpoint")
    wanted = [call for call in calls[start:] if endpoint in {None, call.endpoint}]
    return {"calls": [asdict(call) for call in wanted], "next": len(calls)}


async def _forget(calls: list[Any], _body: Json, _request: web.Request) -> Json:
    calls.clear()
    return {}


async def _faults(faults: Faults, _body: Json, _request: web.Request) -> Json:
    return {"faults": [asdict(trouble) for trouble in faults.waiting]}


async def _add_fault(faults: Faults, body: Json, _request: web.Request) -> Json:
    checked(faults.add, body)
    faults.add(**body)
    return {"waiting": len(faults.waiting)}


async def _clear_faults(faults: Faults, _body: Json, _request: web.Request) -> Json:
    faults.clear()
    return {}


async def _settings(phones: Phones, body: Json, _request: web.Request) -> Json:
    if unknown := body.keys() - {*_SETTINGS, "quota"}:
        raise ValueError(f"unknown settings: {', '.join(sorted(unknown))}")
    for name in body.keys() & set(_SETTINGS):
        setattr(phones, name, _SETTINGS[name](body[name]))
    if "quota" in body:
        phones.account.quota = body["quota"]
    return {"quota": phones.account.quota} | {name: getattr(phones, name) for name in _SETTINGS}


async def _advance(phones: Phones, body: Json, _request: web.Request) -> Json:
    phones.account.advance(seconds(body["seconds"]))
    return {"now": phones.account.now}

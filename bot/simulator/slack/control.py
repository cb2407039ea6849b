"""Let another process control the simulator as JSON under `/_control`.

    POST   /_control/add_user     {"key", "name"?, "guest"?, "bot"?, "stranger"?, "deleted"?}
    POST   /_control/add_channel  {"key", "name"?, "members"?, "bot_is_member"?, "archived"?, …}
    POST   /_control/say          {"user", "text", "channel"?, "thread_ts"?, "broadcast"?, "files"?}
                                  files: [{"name", "content" (base64), "mimetype"?}]
    POST   /_control/mention      {"user", "channel", "text", "thread_ts"?}
    POST   /_control/edit         {"user", "channel", "ts", "text"}      /delete  without the text
    POST   /_control/unfurl       {"channel", "ts"}
    POST   /_control/react        {"user", "channel", "ts", "name"}      /unreact  the same
    POST   /_control/command      {"user", "name", "text"?, "channel"?}
    POST   /_control/shortcut     {"user", "callback_id"}
    POST   /_control/message_shortcut  {"user", "callback_id", "channel", "ts"}
    POST   /_control/press        {"user", "channel", "ts", "what", "value"?, "selected"?, "stale"?}
    POST   /_control/press_in_view  {"user", "what", "value"?, "selected"?, "home"?}
    POST   /_control/suggest      {"user", "what", "text", "channel"?, "ts"?}    → {"options"}
    POST   /_control/fill         {"user", "values"}      /submit  {"user", "values"?}
    POST   /_control/close        {"user", "everything"?}
    POST   /_control/open_home    {"user", "tab"?}
    POST   /_control/post         {"payload", "retry"?, "reason"?}   a ready-made event, as it is
    POST   /_control/refresh      {"reason"?}      /cut     the sockets of Socket Mode
    GET    /_control/users        /channels
    GET    /_control/messages/{channel}   `?thread_ts=`; the channel's ID or name, or a user
    GET    /_control/home/{user}  /modals/{user}  /ephemerals/{user}
    GET    /_control/calls        what the bot asked for, `?method=chat.postMessage&from=10`
    DELETE /_control/calls        forget them
    GET    /_control/notifications    whom the bot's messages have called
    GET, POST, DELETE /_control/faults   {"method", "kind", "times"?, "accept"?, "seconds"?, "error"?}
    POST   /_control/settings     {"request_url"?, "retry_times"?, "retry_after"?}
    POST   /_control/advance      {"seconds"}      let time pass

Each needs the header `X-Control-Token` (`slack.control_token`; a process prints it). Every answer is
JSON; a mistake is a 400 with `{"error": …}`. What a user does answers with
`{"ok", "status", "ts", "kind", "payload", "answer", "trouble", "errors", "attempts", "also"}`.
"""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from bot.simulator.common.control import Control, Json, checked, guarded, seconds
from bot.simulator.slack.api.files import File
from bot.simulator.slack.platform import Platform
from bot.simulator.slack.state import StoredMessage
from bot.simulator.slack.wire.postman import Dispatch

_DOINGS = (
    "mention",
    "edit",
    "delete",
    "unfurl",
    "react",
    "unreact",
    "command",
    "shortcut",
    "message_shortcut",
    "press",
    "press_in_view",
    "submit",
    "close",
    "open_home",
)
_SETTINGS = {"request_url": str, "retry_times": int, "retry_after": float}
_HIDDEN = {"choices", "past"}


def add_routes(app: web.Application, slack: Platform) -> None:
    """Put the control API into `app`."""
    controls = Controls(slack)
    routes: list[tuple[str, str, Control]] = [
        *(("POST", doing, controls.doing(doing)) for doing in _DOINGS),
        *(("POST", path, getattr(controls, path)) for path in _POSTED),
        *(("GET", path, getattr(controls, path.partition("/")[0])) for path in _GOT),
        ("DELETE", "calls", controls.forget),
        ("POST", "faults", controls.add_fault),
        ("DELETE", "faults", controls.clear_faults),
    ]
    for method, path, control in routes:
        app.router.add_route(method, f"/_control/{path}", guarded(control, slack.control_token))


_POSTED = (
    "add_user",
    "add_channel",
    "say",
    "suggest",
    "fill",
    "post",
    "refresh",
    "cut",
    "settings",
    "advance",
)
_GOT = (
    "users",
    "channels",
    "messages/{channel}",
    "home/{user}",
    "modals/{user}",
    "ephemerals/{user}",
    "calls",
    "notifications",
    "faults",
)


class Controls:
    """Carry out the calls of the control API."""

    def __init__(self, slack: Platform) -> None:
        self._slack = slack

    def doing(self, name: str) -> Control:
        """Find a user's act by the name of its method."""
        act: Callable[..., Awaitable[Dispatch]] = getattr(self._slack, name)

        async def control(body: Json, _request: web.Request) -> Json:
            checked(act, body)
            return _write_delivery(await act(**body))

        return control

    async def say(self, body: Json, _request: web.Request) -> Json:
        """Write a message, with files."""
        files = [_file(one) for one in body.pop("files", [])]
        checked(self._slack.say, body)
        return _write_delivery(await self._slack.say(**body, files=files))

    async def suggest(self, body: Json, _request: web.Request) -> Json:
        """Type in a menu."""
        checked(self._slack.suggest, body)
        return {"options": await self._slack.suggest(**body)}

    async def fill(self, body: Json, _request: web.Request) -> Json:
        """Type in a modal."""
        checked(self._slack.fill, body)
        self._slack.fill(**body)
        return {}

    async def post(self, body: Json, _request: web.Request) -> Json:
        """Send a ready-made event."""
        payload = body.pop("payload")
        checked(self._slack.post, body, payload)
        return _write_delivery(await self._slack.post(payload, **body))

    async def add_user(self, body: Json, _request: web.Request) -> Json:
        """Add a person."""
        checked(self._slack.add_user, body)
        return {"user": asdict(self._slack.add_user(**body))}

    async def add_channel(self, body: Json, _request: web.Request) -> Json:
        """Add a channel."""
        checked(self._slack.add_channel, body)
        return {"channel": _plain(asdict(self._slack.add_channel(**body)))}

    async def refresh(self, body: Json, _request: web.Request) -> Json:
        """Ask the sockets to go."""
        checked(self._slack.sockets.refresh, body)
        await self._slack.sockets.refresh(**body)
        return {}

    async def cut(self, _body: Json, _request: web.Request) -> Json:
        """Break the sockets."""
        self._slack.sockets.cut()
        return {}

    async def settings(self, body: Json, _request: web.Request) -> Json:
        """Change how the simulator behaves."""
        if unknown := body.keys() - set(_SETTINGS):
            raise ValueError(f"unknown settings: {', '.join(sorted(unknown))}")
        for name in body:
            setattr(self._slack, name, _SETTINGS[name](body[name]))
        return {name: getattr(self._slack, name) for name in _SETTINGS}

    async def advance(self, body: Json, _request: web.Request) -> Json:
        """Let time pass."""
        self._slack.advance(seconds(body["seconds"]))
        return {"now": self._slack.workspace.now}

    async def users(self, _body: Json, _request: web.Request) -> Json:
        """Everybody."""
        return {"users": [asdict(user) for user in self._slack.workspace.users.values()]}

    async def channels(self, _body: Json, _request: web.Request) -> Json:
        """Every channel, direct messages included."""
        channels = self._slack.workspace.channels.values()
        return {"channels": [_plain(asdict(one)) | {"type": one.type} for one in channels]}

    async def messages(self, _body: Json, request: web.Request) -> Json:
        """List the messages of a channel or a thread."""
        key = request.match_info["channel"]
        found = self._slack.messages(key, request.query.get("thread_ts"))
        return {"messages": [_write_post(post) | self._below(post) for post in found]}

    async def home(self, _body: Json, request: web.Request) -> Json:
        """Show an App Home."""
        return {"view": self._slack.home(request.match_info["user"])}

    async def modals(self, _body: Json, request: web.Request) -> Json:
        """List a user's open modals, with the errors in them."""
        user = request.match_info["user"]
        stack = self._slack.windows.stacks.get(self._slack.workspace.user(user).id, [])
        return {"modals": [view.as_json() | {"errors": view.errors} for view in stack]}

    async def ephemerals(self, _body: Json, request: web.Request) -> Json:
        """List the messages shown to one user only."""
        found = self._slack.ephemerals(request.match_info["user"])
        return {"messages": [_write_post(post) for post in found]}

    async def calls(self, _body: Json, request: web.Request) -> Json:
        """List the bot's calls."""
        start = int(request.query.get("from", "0"))
        method = request.query.get("method")
        wanted = [call for call in self._slack.calls[start:] if method in {None, call.method}]
        return {"calls": [asdict(call) for call in wanted], "next": len(self._slack.calls)}

    async def forget(self, _body: Json, _request: web.Request) -> Json:
        """Forget the calls."""
        self._slack.calls.clear()
        return {}

    async def notifications(self, _body: Json, _request: web.Request) -> Json:
        """List the people called by the bot's messages."""
        return {"notifications": [asdict(one) for one in self._slack.notifications]}

    async def faults(self, _body: Json, _request: web.Request) -> Json:
        """List the troubles still to come."""
        return {"faults": [asdict(trouble) for trouble in self._slack.faults.waiting]}

    async def add_fault(self, body: Json, _request: web.Request) -> Json:
        """Make calls go wrong."""
        checked(self._slack.faults.add, body)
        self._slack.faults.add(**body)
        return {"waiting": len(self._slack.faults.waiting)}

    async def clear_faults(self, _body: Json, _request: web.Request) -> Json:
        """Let everything go well."""
        self._slack.faults.clear()
        return {}

    def _below(self, post: StoredMessage) -> Json:
        return {"replies": len(self._slack.workspace.thread(post.channel, post.ts))}


def _file(one: Json) -> File:
    given = (one["name"], base64.b64decode(one["content"]), one.get("mimetype", ""))
    checked(File, {}, *given)
    return File(*given)


def _plain(made: Json) -> Json:
    return {key: sorted(value) if isinstance(value, set) else value for key, value in made.items()}


def _write_post(post: StoredMessage) -> Json:
    return {key: value for key, value in asdict(post).items() if key not in _HIDDEN}


def _write_delivery(sent: Dispatch) -> Json:
    made: dict[str, Any] = {
        "ok": sent.ok,
        "status": sent.status,
        "ts": sent.ts,
        "kind": sent.kind,
        "payload": sent.payload,
        "answer": sent.answer,
        "trouble": sent.trouble,
        "errors": sent.errors,
        "attempts": [asdict(attempt) for attempt in sent.attempts],
        "also": [_write_delivery(each) for each in sent.also],
    }
    return made

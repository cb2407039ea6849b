"""Guard a control API, with every mistake as a 4xx.

It stands on this machine, where any web site can make a browser send requests: so a token is
needed, and a request from another page is refused.
"""

from __future__ import annotations

import functools
import hmac
import inspect
import json
import math
import typing
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any, NoReturn
from urllib.parse import urlsplit

from aiohttp import web

Json = dict[str, Any]
Control = Callable[[Json, web.Request], Awaitable[Json]]

TOKEN_HEADER = "X-Control-Token"  # noqa: S105 - the name of a header
DEEPEST = 50
"""Depth to which JSON may be nested. Acts of people are flat."""

LONGEST_WAIT = 366 * 24 * 3600.0
"""Seconds of a year, the most that may pass at once."""

MISTAKES = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""Errors that an odd request raises. The caller is told."""

_HERE = frozenset({"127.0.0.1", "localhost", "::1"})


def check_caller(request: web.Request, token: str) -> None:
    """Let in this machine's own page or program with the token. Raises web.HTTPForbidden."""
    check_origin(request)
    given = request.headers.get(TOKEN_HEADER, "")
    if not hmac.compare_digest(given.encode(), token.encode()):
        raise web.HTTPForbidden(text=f"{TOKEN_HEADER} is missing or wrong")


def check_origin(request: web.Request) -> None:
    """Refuse another site, a page without an origin, and another name for this machine."""
    origin = request.headers.get("Origin")
    if origin not in {None, f"http://{request.host}"} or not is_here(request.host):
        raise web.HTTPForbidden(text="only from this machine")


def is_here(host: str) -> bool:
    """Tell whether a Host header names this machine."""
    try:
        return urlsplit(f"//{host}").hostname in _HERE
    except ValueError:
        return False


async def read_object(request: web.Request) -> Json:
    """Read a request's JSON object, empty without a body.

    Raises TypeError or ValueError for anything else.
    """
    text = await request.text() if request.can_read_body else ""
    body = json.loads(text or "{}", parse_constant=_refuse)
    if not isinstance(body, dict):
        raise TypeError("the body must be a JSON object")
    _check(body)
    return body


def checked(
    act: Callable[..., Any], arguments: Mapping[str, Any], *given: Any, closed: bool = False
) -> None:
    """Raise TypeError unless the arguments have the types `act` takes.

    They come after those `given`. With `closed`, only those that have a name of their own may be
    given.
    """
    signature, hints = inspect.signature(act), _hints(act)
    for name, value in signature.bind(*given, **arguments).arguments.items():
        several = signature.parameters[name].kind is inspect.Parameter.VAR_KEYWORD
        if several and closed:
            raise TypeError(f"unknown: {', '.join(value)}")
        for each in value.values() if several else [value]:
            if not _fits(each, hints.get(name, Any)):
                raise TypeError(f"{name}: not what is expected there")


def guarded(control: Control, token: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Make a handler of a control, JSON in and out, for holders of `token`."""

    async def handle(request: web.Request) -> web.Response:
        check_caller(request, token)
        try:
            return web.json_response(await control(await read_object(request), request))
        except MISTAKES as error:
            return mistake(error)

    return handle


def mistake(error: Exception) -> web.Response:
    """Answer a mistaken request with its fault."""
    problem = {"error": f"{type(error).__name__}: {error}"}
    text = json.dumps(problem).encode("utf-8", "replace").decode()
    return web.json_response(text=text, status=HTTPStatus.BAD_REQUEST)


def seconds(value: Any) -> float:
    """Read the seconds that a test lets pass. Raises TypeError, ValueError."""
    found = float(value)
    if not 0 <= found <= LONGEST_WAIT:
        raise ValueError(f"expected 0 to {LONGEST_WAIT:.0f} seconds")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _check(value: Any, depth: int = 0) -> None:
    """Raise ValueError for JSON that nobody can mean.

    Endless numbers, bottomless nesting, half a letter.
    """
    if depth > DEEPEST:
        raise ValueError("nested too deeply")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number without end")
    if isinstance(value, str):
        value.encode()
    for each in _inside(value):
        _check(each, depth + 1)


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return value if isinstance(value, list) else []


@functools.cache
def _hints(act: Callable[..., Any]) -> Mapping[str, Any]:
    return typing.get_type_hints(act)


def _fits(value: Any, hint: Any) -> bool:
    if hint is Any:
        return True
    if options := typing.get_args(hint) if _is_union(hint) else ():
        return any(_fits(value, each) for each in options)
    kind = typing.get_origin(hint) or hint
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, kind) if isinstance(kind, type) else True


def _is_union(hint: Any) -> bool:
    return typing.get_origin(hint) in {typing.Union, type(int | str)}

"""Define the request and answer of an endpoint, apart from any HTTP library."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NoReturn

from bot.simulator.common.answers import Answer, Json
from bot.simulator.common.shapes import Check, Fault, dotted, pointer


@dataclass(frozen=True, slots=True)
class Ask:
    """Hold one API call.

    It has an identifier, the parts of the path, headers (in lower case) and a body.
    """

    request_id: str
    path: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


class RefusedError(Exception):
    """Refuse a call with an HTTP status, and a body that says why.

    Source: https://developers.line.biz/en/reference/messaging-api/#error-responses
    """

    def __init__(
        self,
        message: str,
        status: int = HTTPStatus.BAD_REQUEST,
        *,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.answer = Answer({"message": message, **more}, status, headers or {})


def invalid(name: str) -> RefusedError:
    """Make the refusal of one property of the body."""
    return RefusedError(
        f"The property, '{name}', in the request body is invalid (line: -, column: -)"
    )


def not_found(message: str = "Not found") -> RefusedError:
    """Make the refusal of something that is not there."""
    return RefusedError(message, HTTPStatus.NOT_FOUND)


def _no_constants(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def read_json(ask: Ask) -> Json:
    """Read the body as a JSON object.

    Raises LINE's own refusal of anything else.
    """
    kind = ask.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json":
        raise RefusedError(
            f"The content type, {kind}, is not supported", HTTPStatus.UNSUPPORTED_MEDIA_TYPE
        )
    try:
        body = json.loads(ask.body, parse_constant=_no_constants)
    except json.JSONDecodeError as error:
        where = f"(line: {error.lineno}, column: {error.colno})"
        raise RefusedError(f"The request body could not be parsed as JSON {where}") from error
    except (ValueError, RecursionError) as error:
        where = "(line: -, column: -)"
        raise RefusedError(f"The request body could not be parsed as JSON {where}") from error
    if not isinstance(body, dict):
        raise invalid("")
    return body


def read(ask: Ask, check: Check) -> Json:
    """Read the body as a JSON object that passes `check`, or refuse it."""
    body = read_json(ask)
    refuse(list(check(body, ())))
    return body


def refuse(faults: list[Fault]) -> None:
    """Refuse the call when there are faults, with a body shaped like LINE's.

    Faults inside a Flex container are told alone, by a pointer into it, as LINE does.
    """
    if not faults:
        return
    flex = [fault for fault in faults if _in_container(fault)]
    if flex:
        name, index, *_ = flex[0].path
        inside = [fault for fault in flex if fault.path[1] == index]
        details = [_detail(fault.message, pointer(fault.path[3:])) for fault in inside]
        message = f"A message ({name}[{index}]) in the request body is invalid"
        raise RefusedError(message, details=details)
    details = [_detail(fault.message, dotted(fault.path)) for fault in faults]
    raise RefusedError(f"The request body has {len(faults)} error(s)", details=details)


def _in_container(fault: Fault) -> bool:
    return fault.path[:1] == ("messages",) and fault.path[2:3] == ("contents",)


def _detail(message: str, where: str) -> Json:
    return {"message": message, "property": where}


Handler = Callable[[Ask], Answer]
"""Answers a request to an endpoint, or raises RefusedError."""

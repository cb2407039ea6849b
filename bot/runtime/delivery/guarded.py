"""Go on with a piece of work only while that is allowed.

It is asked again after every pause.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Coroutine, Generator
from typing import Any, TypeVar

Result = TypeVar("Result")


class OverdueError(Exception):
    """Tell that the work paused so long that another process may do it."""


@types.coroutine
def go_on_while(
    is_allowed: Callable[[], bool], work: Coroutine[Any, Any, Result]
) -> Generator[Any, Any, Result]:
    """Drive a coroutine, raising OverdueError in it once when not allowed."""
    # By hand, since a process that was paused goes on in the middle of whatever it awaited.
    proceed: Callable[[Any], Any] = work.send
    value: Any = None
    was_told = False
    while True:
        if not was_told and not is_allowed():
            proceed, value, was_told = work.throw, OverdueError(), True
        try:
            waits_for = proceed(value)
        except StopIteration as done:
            result: Result = done.value
            return result
        try:
            proceed, value = work.send, (yield waits_for)
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is the work's to handle
            proceed, value = work.throw, error

"""Keep forms of a message's words while it is answered.

Many callers ask for the same form of the same words. Nothing is remembered of a message once it is
answered; outside of `one_message` nothing is kept at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar, TypeVarTuple

MOST = 4000
"""Most values kept of one message.

The longest story needs less, and loading words needs no more.
"""

Arguments = TypeVarTuple("Arguments")
Made = TypeVar("Made")

_kept: ContextVar[dict[object, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def one_message() -> Iterator[None]:
    """Keep computed forms while one message is answered.

    Inside another such block, that one goes on.
    """
    if _kept.get() is not None:
        yield
        return
    before = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(before)


def made_once(make: Callable[[*Arguments], Made]) -> Callable[[*Arguments], Made]:
    """Make a pure function answer the same words once for each message.

    What it returns is shared: nobody may change it.
    """

    @wraps(make)
    def make_or_take(*arguments: *Arguments) -> Made:
        kept = _kept.get()
        if kept is None:
            return make(*arguments)
        key = (make, arguments)
        if key in kept:
            return kept[key]  # type: ignore[no-any-return]  # what `make` returned
        made = make(*arguments)
        if len(kept) < MOST:
            kept[key] = made
        return made

    return make_or_take

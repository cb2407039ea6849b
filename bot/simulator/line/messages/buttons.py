"""List the buttons of a message or a rich menu."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def actions(message: Any) -> Iterator[dict[str, Any]]:
    """List every action of a message except its quick replies.

    Those come and go on their own.
    """
    if isinstance(message, list):
        for each in message:
            yield from actions(each)
    elif isinstance(message, dict):
        for key, value in message.items():
            if key == "action":
                yield value
            elif key == "actions":
                yield from value
            elif key != "quickReply":
                yield from actions(value)

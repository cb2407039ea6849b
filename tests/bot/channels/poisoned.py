"""`serve` as it is, except that the message 毒 meets a pattern that never ends.

For tests alone: it puts its own answer in the place of `respond` before anything is served.
"""

from __future__ import annotations

import re
import sys
from typing import Any

from bot.__main__ import main
from bot.dialogue.respond import respond as really_respond
from bot.model.messages import Message
from bot.model.turn import Turn
from bot.runtime import advisor as answering

POISON = "毒"
_NEVER_ENDS = re.compile("(a+)+$")


def respond(conversation: Any, message: Message, *arguments: Any, **more: Any) -> Turn:
    """Answer, or hold the loop and Python's lock for a message that is poison."""
    if POISON in message.text:
        _NEVER_ENDS.match("a" * 60 + "b")
    return really_respond(conversation, message, *arguments, **more)


if __name__ == "__main__":
    setattr(answering, "respond", respond)  # noqa: B010 - not its own, so mypy does not see it
    sys.exit(main())

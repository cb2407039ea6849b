"""Let a form that is sent several times take effect once.

Each press comes with a trigger of its own, so that nothing in Slack's payloads tells a second press
from a second form; but the view is the same, and its hash until we change it. A form that came back
with errors may be sent again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.channels.slack.web.events import ViewSubmission

REMEMBERED = 1000
"""Forms whose result is remembered. A second press comes within seconds."""

Json = Mapping[str, Any]


@dataclass
class _Form:
    """Hold the last answer of a form."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    is_done: bool = False
    answer: Json | None = None


class Submissions:
    """Remember recently sent forms by their view of that time."""

    def __init__(self) -> None:
        self._forms: dict[str, _Form] = {}

    async def take_once(
        self, event: ViewSubmission, hear: Callable[[ViewSubmission], Awaitable[Json | None]]
    ) -> Json | None:
        """Handle a form once, and repeat its answer to a second press.

        Its event id is that of its words, not of the press, and so the same in every process. A form
        that came back with errors has left nothing in the store, and is heard again.
        """
        form = self._find_form(event.view)
        async with form.lock:
            if form.is_done:
                return form.answer
            answer = await hear(event)
            if not answer or answer.get("response_action") != "errors":
                form.is_done, form.answer = True, answer
            return answer

    def _find_form(self, view: str) -> _Form:
        form = self._forms.pop(view, None) or _Form()
        self._forms[view] = form  # the last used stands last
        if len(self._forms) > REMEMBERED:
            del self._forms[next(iter(self._forms))]
        return form

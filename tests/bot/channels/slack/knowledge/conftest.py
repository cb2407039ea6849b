"""A server with both fakes, in which staff repair the bot's answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.bot.channels.slack import serving
from tests.bot.channels.slack.repairs import Repairing
from tests.bot.channels.slack.serving import (
    Place,
)

Told = Callable[[Repairing], Awaitable[None]]
Play = Callable[..., None]


@pytest.fixture
def play(tmp_path: Path) -> Play:
    def run(told: Told, *, desk: bool = True) -> None:
        async def scenario(place: Place) -> None:
            await told(Repairing(place))
            # Nothing in an owner's words calls anybody, and nothing was refused.
            assert place.slack.notifications == []

        serving.play(tmp_path, scenario, desk=desk)

    return run

"""A server with both fakes, in which staff run interviews."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bot.channels.slack import serving
from tests.bot.channels.slack.interviews import Interview, Told
from tests.bot.channels.slack.serving import Place

Play = Callable[..., None]


@pytest.fixture
def play(tmp_path: Path) -> Play:
    def run(told: Told, *, socket_mode: bool = False) -> None:
        async def scenario(place: Place) -> None:
            await told(Interview(place))
            assert place.slack.notifications == [], "nobody is called"

        serving.play(tmp_path, scenario, socket_mode=socket_mode)

    return run

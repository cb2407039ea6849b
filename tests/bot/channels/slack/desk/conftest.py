"""Tell a story of the desk, with a clock of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.bot.channels.serving import Watch
from tests.bot.channels.slack import serving
from tests.bot.channels.slack.desk.troubles import MORNING, Told
from tests.bot.channels.slack.serving import HANAKO, TARO, Place
from tests.bot.channels.slack.stories import Story


@pytest.fixture
def tell(tmp_path: Path) -> Callable[..., None]:
    """Tell a story whose clock begins at the given time, or within opening hours."""

    def run(told: Told, shows: datetime = MORNING) -> None:
        watch = Watch(shows)

        async def scenario(place: Place) -> None:
            await told(Story(place), watch)
            called = {each.whom for each in place.slack.notifications}
            assert called <= {f"@{HANAKO}", f"@{TARO}"}

        serving.play(tmp_path, scenario, clock=watch)

    return run

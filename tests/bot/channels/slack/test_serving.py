"""The bot starts beside both fakes, and answers staff and owners."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.store.opening import migrate_store
from tests.bot.channels.serving import free_port
from tests.bot.channels.slack.serving import HANAKO, Place, fakes, play, process, until


@pytest.mark.parametrize("socket_mode", [False, True])
def test_server_with_both_channels_answers_staff_and_owner(
    tmp_path: Path, *, socket_mode: bool
) -> None:
    async def scenario(place: Place) -> None:
        await _both_are_answered(place)

    play(tmp_path, scenario, socket_mode=socket_mode)


async def _both_are_answered(place: Place) -> None:
    assert (await place.slack.say(HANAKO, "こんにちは")).ok
    await until(lambda: len(place.slack.messages(HANAKO)) == 2)
    assert (await place.line.send_text("幸子", "こんにちは")).ok
    await until(lambda: bool(place.line.replies("幸子")))


def test_server_as_a_process_answers_staff_and_owner(tmp_path: Path) -> None:
    async def scenario() -> None:
        database_url, port = f"sqlite:///{tmp_path}/navi.db", free_port()
        migrate_store(database_url)
        async with fakes() as (line, slack), process(database_url, line, slack, port):
            await _both_are_answered(Place(line, slack, f"http://127.0.0.1:{port}", database_url))

    asyncio.run(scenario())

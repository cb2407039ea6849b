"""A person has the same name in the logs of all processes of one store."""

from __future__ import annotations

import asyncio
import hashlib
import subprocess
import sys
from pathlib import Path

from bot import logs
from bot.store.opening import migrate_store, open_store
from tests.bot.channels.line.serving import Place, play

KEY = "line:U" + "0" * 32

NAMED = """
import asyncio, sys
from bot import logs
from bot.store.opening import open_store
async def named():
    store = open_store(sys.argv[1], patient=True)
    logs.name_people_by(await store.load_secret())
    await store.close()
    print(logs.person(sys.argv[2]))
asyncio.run(named())
"""


def test_processes_that_start_together_name_a_person_alike(tmp_path: Path) -> None:
    def names(url: str) -> set[str]:
        migrate_store(url)
        command = [sys.executable, "-c", NAMED, url, KEY]
        started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
        return {each.communicate(timeout=60)[0].strip() for each in started}

    one, other = (names(f"sqlite:///{tmp_path}/{name}.db") for name in ("one", "other"))
    assert len(one) == len(other) == 1
    assert one != other
    unsalted = hashlib.sha256(KEY.encode()).hexdigest()
    assert not any(unsalted.startswith(each) for each in one | other)


def test_a_name_does_not_show_the_key_and_differs_by_person() -> None:
    logs.name_people_by(b"a secret of the tests")
    assert logs.person(KEY) == logs.person(KEY)
    assert logs.person(KEY) != logs.person("line:U1")
    assert KEY not in logs.person(KEY)


def test_a_server_names_people_by_the_secret_of_its_store(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        served = logs.person(KEY)
        store = open_store(place.database_url)
        logs.name_people_by(await store.load_secret())
        await store.close()
        assert logs.person(KEY) == served

    logs.name_people_by(b"before the start")
    play(tmp_path, scenario)
    assert asyncio.run(_secret(tmp_path)) != b"before the start"


async def _secret(folder: Path) -> bytes:
    store = open_store(f"sqlite:///{folder}/navi.db")
    found = await store.load_secret()
    await store.close()
    return found

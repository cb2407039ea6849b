"""Files written by a command are readable by its own user alone."""

from __future__ import annotations

import asyncio
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store.opening import migrate_store
from tests.bot.channels.line.serving import fake_line, free_port, process

OPEN = 0o022
"""The usual mask of a machine, under which everybody may read new files."""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def run(folder: Path, *arguments: str, said: str = "") -> None:
    home = Path.cwd()
    subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        input=said,
        text=True,
        check=True,
        capture_output=True,
        umask=OPEN,
        env={**os.environ, "PYTHONPATH": str(home), "PYTHONIOENCODING": "utf-8"},
    )


@pytest.mark.parametrize("command", ["migrate", "chat"])
def test_the_default_folder_and_the_database_are_closed_to_others(
    tmp_path: Path, command: str
) -> None:
    arguments = {"migrate": ("migrate",), "chat": ("chat", "--person", "花子")}[command]
    run(tmp_path, *arguments, said="返済がきつい\n" if command == "chat" else "")
    assert mode(tmp_path / "var") == 0o700
    for each in (tmp_path / "var").iterdir():
        assert mode(each) == 0o600, each


def test_what_an_earlier_version_left_open_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir(mode=0o755)
    (folder / "kaizen-navi.db").touch(mode=0o644)
    run(tmp_path, "migrate")
    assert mode(folder) == 0o700
    assert mode(folder / "kaizen-navi.db") == 0o600


def test_a_folder_of_somebody_else_s_choice_stays_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)
    migrate_store(f"sqlite:///{folder}/navi.db")
    assert mode(folder) == 0o755
    assert mode(folder / "navi.db") == 0o600


def test_while_serving_every_file_of_the_store_is_closed(tmp_path: Path) -> None:
    async def scenario() -> None:
        url = f"sqlite:///{tmp_path}/inner/navi.db"
        migrate_store(url)
        old = os.umask(OPEN)
        try:
            async with (
                fake_line() as line,
                process(url, line.base_url, port := free_port()),
            ):
                line.webhook_url = f"http://127.0.0.1:{port}/line/webhook"
                assert (await line.send_text("花子", "返済がきつい")).ok
                found = {each.name: mode(each) for each in (tmp_path / "inner").iterdir()}
        finally:
            os.umask(old)
        assert {"navi.db", "navi.db-wal", "navi.db-shm"} <= set(found)
        assert set(found.values()) == {0o600}
        assert mode(tmp_path / "inner") == 0o700

    asyncio.run(scenario())


def test_copies_of_the_knowledge_are_private_and_its_files_stay_as_they_are(tmp_path: Path) -> None:
    run(tmp_path, "knowledge", "export", "--into", "copies")
    copies = tmp_path / "copies"
    assert mode(copies) == 0o700
    assert {mode(each) for each in copies.iterdir()} == {0o600}
    for each in copies.iterdir():
        each.chmod(0o644)
    run(tmp_path, "knowledge", "export", "--into", "copies")
    assert {mode(each) for each in copies.iterdir()} == {0o644}

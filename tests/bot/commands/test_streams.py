"""No command fails on the encoding of its output, or colours a file."""

import os
import pty
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS
from tests.bot.demo import running

CALLS: dict[str, tuple[str, ...]] = {
    "chat": ("chat",),
    "ask": ("ask", "費用はいくら🙂", "骨董の鑑定"),
    "locate": ("locate", "葛󠄀城市", "府中"),
    "check": ("check",),
    "explain": ("explain", "lenders=bank"),
    "draw": ("draw",),
    "line": ("line", "setup"),
    "migrate": ("migrate",),
    "knowledge": ("knowledge", "list"),
    "forget": ("forget", "console", "誰か🙂"),
    "serve": ("serve",),
    "doctor": ("doctor",),
    "copy": ("copy", "--from", "sqlite:///nowhere🙂.db", "--to", "postgresql://nowhere.invalid/x"),
    "report": ("report",),
}
"""One call of each command that ends by itself.

`demo` has a test of its own.
"""

SAID = "こんにちは🙂\n費用はいくら？\n返済がきつい\n"


def environment(folder: Path, **more: str) -> dict[str, str]:
    # An address that nobody can listen at lets `serve` end, after it has begun.
    own = {"DATABASE_URL": f"sqlite:///{folder}/navi.db", "HOST": "256.0.0.1"}
    return {**os.environ, **own, **more}


def test_calls_name_every_command() -> None:
    assert CALLS.keys() | {"demo"} >= COMMANDS.keys()


@pytest.mark.parametrize("encoding", ["cp932", "ascii", "cp932:strict"])
@pytest.mark.parametrize("name", sorted(CALLS))
def test_command_in_another_encoding_prints_no_trace(
    tmp_path: Path, name: str, encoding: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", *CALLS[name]],
        input=SAID.encode(),
        capture_output=True,
        timeout=120,
        check=False,
        env=environment(tmp_path, PYTHONIOENCODING=encoding),
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode("cp932", "replace")
    assert b"UnicodeEncodeError" not in done.stderr
    assert done.stdout or done.stderr


def test_demo_in_another_encoding_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    with running.demo() as (_, said, _address):
        assert "Traceback" not in said


SHOW = """
import structlog
from bot import logs
logs.configure("INFO", "console")
structlog.get_logger("x").info("stärke", what="あ")
"""


def test_logs_in_a_file_have_no_colours() -> None:
    done = subprocess.run([sys.executable, "-c", SHOW], capture_output=True, check=True)
    assert b"what=" in done.stderr
    assert b"\x1b" not in done.stderr


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_logs_in_a_terminal_are_coloured_unless_asked_not_to(
    no_color: str, *, coloured: bool
) -> None:
    said = in_terminal([sys.executable, "-c", SHOW], NO_COLOR=no_color)
    assert b"what" in said
    assert (b"\x1b" in said) == coloured


def in_terminal(command: list[str], **more: str) -> bytes:
    """What a command prints on a terminal of its own."""
    ours, its = pty.openpty()
    seen: list[bytes] = []
    reading = threading.Thread(target=_read, args=(ours, seen))
    reading.start()
    env = {**os.environ, "TERM": "xterm", **more}
    subprocess.run(command, stdin=its, stdout=its, stderr=its, env=env, check=True, timeout=60)
    os.close(its)
    reading.join(20)
    os.close(ours)
    return b"".join(seen)


def _read(terminal: int, seen: list[bytes]) -> None:
    try:
        while some := os.read(terminal, 4096):
            seen.append(some)
    except OSError:  # how Linux tells that the other end was closed
        return

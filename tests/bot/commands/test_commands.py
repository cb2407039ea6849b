"""The commands run as real processes, with real pipes and a real terminal."""

import contextlib
import json
import os
import pty
import select
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bot.store.sqlite.schema import MIGRATIONS

PYTHON = sys.executable
WALK = (
    "返済が遅れてて\n3割くらい落ちた\nお客さんが減った\n人件費と電気代\n赤字\n銀行と保証協会\n"
    "まだない\nないです\nあと2か月\n黒字にしたい\nこれで全部\n個人事業主\n飲食店で3人\n顧問の税理士がいる\n"
    "これで全部\n愛媛県松山市\n"
)


def run(*arguments: str, said: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PYTHON, "-m", "bot", *arguments],
        input=said,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env={**os.environ, **environment},
    )


def test_chat_walks_an_owner_from_the_first_word_to_a_desk() -> None:
    done = run("chat", "--json", said=WALK)
    turns = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert len(turns) == WALK.count("\n")
    assert turns[-1]["state"] == "assessment"
    said = "\n".join(reply["text"] for reply in turns[-1]["replies"])
    for expected in (
        "使えそうです",
        "405事業",
        "今週のうちに",
        "089-970-5771",
        "愛媛県中小企業活性化協議会",
    ):
        assert expected in said, expected


def test_each_json_line_has_exactly_what_scripts_rely_on() -> None:
    (turn,) = map(json.loads, run("chat", "--json", said="こんにちは\n").stdout.splitlines())
    assert set(turn) == {"input", "replies", "state", "answers", "notices"}
    assert turn["input"] == "こんにちは"
    assert turn["state"] == "menu"
    assert {"text", "choices"} <= set(turn["replies"][-1])
    assert {"label", "value"} == set(turn["replies"][-1]["choices"][0])


def test_a_line_may_be_a_choice_s_value() -> None:
    done = run("chat", "--json", said="v1|flow=qualify\nv1|legal_form=company\n")
    assert json.loads(done.stdout.splitlines()[-1])["state"] == "industry"


def test_chat_json_tells_all_answers_and_what_was_noticed() -> None:
    said = "v1|flow=qualify\nv1|legal_form=company\nもう死にたい\n人と話したい\n消して\n"
    turns = [json.loads(line) for line in run("chat", "--json", said=said).stdout.splitlines()]
    noticed = [set(turn["notices"]) for turn in turns]
    assert noticed[:3] == [set(), set(), {"despair"}]
    assert "person" in noticed[3]
    assert "forget" in noticed[4]
    assert turns[3]["answers"] == {"legal_form": ["company"]}
    assert turns[4]["answers"] == {}


def test_bare_command_prints_help_and_version_is_told() -> None:
    bare, version = run(), run("--version")
    assert bare.returncode == version.returncode == 0
    assert "serve" in bare.stdout
    assert version.stdout.startswith("kaizen-navi ")


def test_json_is_flushed_line_by_line() -> None:
    with subprocess.Popen(
        [PYTHON, "-m", "bot", "chat", "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        for line in ("こんにちは", "v1|flow=diagnosis"):
            process.stdin.write(f"{line}\n".encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["input"] == line
        process.stdin.close()
        assert process.wait(timeout=30) == 0


def test_a_pipe_of_odd_bytes_ends_well() -> None:
    done = subprocess.run(
        [PYTHON, "-m", "bot", "chat", "--json"],
        input=b"\xff\xfe\n\n\x00\nv1|\n",
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 4
    assert b"Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_error() -> None:
    with subprocess.Popen(
        [PYTHON, "-m", "bot", "chat"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        process.stdout.close()
        _, errors = process.communicate("こんにちは\n".encode() * 200, timeout=60)
    assert b"Traceback" not in errors


def test_a_named_person_goes_on_where_they_left_and_can_be_forgotten(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/deep/er/navi.db"
    first = run(
        "chat",
        "--json",
        "--person",
        "ume",
        said="v1|flow=diagnosis\n増えている\n",
        DATABASE_URL=url,
    )
    assert first.returncode == 0, first.stderr
    again = run("chat", "--json", "--person", "ume", said="つづきから\n", DATABASE_URL=url)
    assert json.loads(again.stdout)["state"] == "costs"
    assert run("forget", "console", "ume", DATABASE_URL=url).stdout == "deleted\n"
    assert "nothing was stored" in run("forget", "console", "ume", DATABASE_URL=url).stdout
    gone = run("chat", "--json", "--person", "ume", said="つづきから\n", DATABASE_URL=url)
    assert json.loads(gone.stdout)["state"] == "menu"


def test_a_database_that_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a database at all, just some text" * 10)
    done = run("forget", "line", "U1", DATABASE_URL=f"sqlite:///{tmp_path}/file")
    assert done.returncode == 2
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_settings_are_named_all_at_once() -> None:
    done = run("forget", "line", "U1", DATABASE_URL="mysql://x", RETENTION_DAYS="soon")
    assert done.returncode == 2
    assert "DATABASE_URL" in done.stderr
    assert "RETENTION_DAYS" in done.stderr


def test_check_prints_the_number_of_paths() -> None:
    done = run("check", "--any-age")
    assert done.returncode == 0, done.stdout
    assert "paths" in done.stdout


def test_check_as_json() -> None:
    report = json.loads(run("check", "--json", "--any-age").stdout)
    assert report["problems"] == []


def test_draw_prints_every_flow_and_the_modes() -> None:
    drawn = run("draw").stdout
    assert drawn.count("stateDiagram-v2") == 4
    assert run("draw", "nothing").returncode == 2


@pytest.mark.parametrize("arguments", [("nonsense",), ("chat", "--nonsense")])
def test_arguments_nobody_understands_are_explained(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "usage" in done.stderr


@pytest.mark.parametrize("port", ["99999", "-3", "x"])
def test_a_port_that_is_none_is_one_sentence(port: str) -> None:
    done = run("demo", "--port", port)
    assert done.returncode == 2
    assert done.stderr.endswith(f"a port is a number from 0 to 65535, not {port!r}\n")
    assert "Traceback" not in done.stderr


def test_help_names_every_command() -> None:
    shown = run("--help").stdout
    assert all(command in shown for command in ("chat", "ask", "locate", "check", "draw", "forget"))


def test_a_person_at_a_terminal_sees_choices_and_can_leave(tmp_path: Path) -> None:
    """A pseudo-terminal shows the greeting, takes a number, and ends at Ctrl-D."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ |= {"DATABASE_URL": f"sqlite:///{tmp_path}/navi.db", "TERM": "xterm"}
        os.execv(PYTHON, [PYTHON, "-m", "bot", "chat"])  # noqa: S606 - the product's own process
    prompt = "Ctrl-D"  # the line below the prompt says how to leave
    seen = _read_until(terminal, prompt)
    os.write(terminal, b"1\r")
    seen += _read_until(terminal, "1年前とくらべて") + _read_until(terminal, prompt)
    os.write(terminal, b"\x04")
    seen += _read_until(terminal, "もう一度起動")
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert "診断する" in seen


def _read_until(terminal: int, expected: str) -> str:
    seen, deadline = b"", time.monotonic() + 20
    while expected not in seen.decode("utf-8", "replace"):
        ready, _, _ = select.select([terminal], [], [], max(0, deadline - time.monotonic()))
        assert ready, seen.decode("utf-8", "replace")
        chunk = os.read(terminal, 65536)
        if b"\x1b[6n" in chunk:  # the program asks where the cursor is, as terminals must answer
            os.write(terminal, b"\x1b[1;1R")
        seen += chunk
    return seen.decode("utf-8", "replace")


def test_serve_refuses_an_older_schema_with_what_to_run(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/navi.db"
    done = run("serve", DATABASE_URL=url, PORT="0")
    assert done.returncode == 2
    assert "python -m bot migrate" in done.stderr
    assert f"{len(MIGRATIONS)} migrations run" in run("migrate", DATABASE_URL=url).stdout


def test_serve_needs_a_file() -> None:
    done = run("serve", DATABASE_URL="sqlite:///:memory:", PORT="0")
    assert done.returncode == 2
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_serve_of_a_file_says_what_to_do_and_other_commands_go_on(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.db").symlink_to(tmp_path / "folder" / "navi.db")
    url, link = f"sqlite:///{tmp_path}/folder/navi.db", f"sqlite:///{tmp_path}/link.db"
    assert run("migrate", DATABASE_URL=url).returncode == 0
    ready = {"DATABASE_URL": url, "PORT": "0"}
    with serving(ready) as first:
        second = run("serve", **{**ready, "DATABASE_URL": link})
        assert second.returncode == 2
        assert "serves" in second.stderr
        assert "Stop that one first" in second.stderr
        assert "Traceback" not in second.stderr
        assert run("forget", "line", "U1", DATABASE_URL=url).returncode == 0
        first.kill()
        with serving(ready):
            pass


@contextlib.contextmanager
def serving(environment: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """`serve`, as soon as it listens."""
    started = subprocess.Popen(
        [PYTHON, "-m", "bot", "serve"],
        env={**os.environ, **environment},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert started.stderr
        assert any("Listening" in line for line in started.stderr)
        yield started
    finally:
        started.kill()
        started.communicate()


def test_forget_leaves_an_older_store_as_it_is_and_makes_a_new_one_where_there_is_none(
    tmp_path: Path,
) -> None:
    (tmp_path / "old.db").touch()
    done = run("forget", "line", "U1", DATABASE_URL=f"sqlite:///{tmp_path}/old.db")
    assert done.returncode == 2
    assert "python -m bot migrate" in done.stderr
    done = run("forget", "line", "U1", DATABASE_URL=f"sqlite:///{tmp_path}/new.db")
    assert (done.returncode, "nothing was stored" in done.stdout) == (0, True)


def test_forget_knows_only_the_channels_there_are() -> None:
    done = run("forget", "teams", "U1")
    assert done.returncode == 2
    assert "console" in done.stderr


@pytest.mark.parametrize("arguments", [("forget", "console"), ("chat", "--person")])
def test_a_name_in_another_encoding_is_explained(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    url = f"sqlite:///{tmp_path}/navi.db"
    done = run(*arguments, "\udcff", DATABASE_URL=url, PYTHONUTF8="1")
    assert done.returncode == 2
    assert "UTF-8" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_pipe_is_utf_8_whatever_the_machine_prefers() -> None:
    done = run("chat", said="使い方\n", PYTHONIOENCODING="latin-1")
    assert done.returncode == 0, done.stderr
    assert "できること" in done.stdout


def test_migrate_says_when_another_process_is_in_the_way(tmp_path: Path) -> None:
    with contextlib.closing(
        sqlite3.connect(tmp_path / "navi.db", isolation_level=None)
    ) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("BEGIN IMMEDIATE")
        done = run("migrate", DATABASE_URL=f"sqlite:///{tmp_path}/navi.db")
    assert done.returncode == 2
    assert "python -m bot migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_one_sentence(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/bot.db"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert run("migrate", DATABASE_URL=database).returncode == 0
        done = run("serve", DATABASE_URL=database, PORT=port)
    assert done.returncode == 2
    assert f"cannot listen at 127.0.0.1, port {port}" in done.stderr
    assert "Traceback" not in done.stderr

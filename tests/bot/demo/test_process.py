"""The demo as a process finds a port, says so, and leaves nothing behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import urllib.request
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request

import pytest

from bot.demo.served_bot import environment
from bot.simulator.common.control import TOKEN_HEADER
from tests.bot.demo import running
from tests.bot.demo.running import token_of


def test_a_port_that_is_taken_gives_way_to_the_next_and_ctrl_c_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with running.demo("--port", str(port)) as (process, said, address):
            assert f"Port {port} is taken" in said
            assert address != f"http://127.0.0.1:{port}/"
            with urllib.request.urlopen(address) as page:
                assert "経営改善ナビ" in page.read().decode()
            child = int(re.findall(r"process (\d+)", said)[0])
            assert _is_running(child)
            assert list(tmp_path.glob("kaizen-navi-demo-*/demo.db"))
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0
    assert not _is_running(child)
    assert not list(tmp_path.glob("kaizen-navi-demo-*"))


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_real_secrets_do_not_get_into_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINE_CHANNEL_SECRET", "a real one")
    monkeypatch.setenv("RETENTION_DAYS", "1")
    given = environment({"PORT": "1"})
    assert "LINE_CHANNEL_SECRET" not in given
    assert "RETENTION_DAYS" not in given
    assert given["PORT"] == "1"


FOREIGN: tuple[tuple[str, Mapping[str, str], HTTPStatus], ...] = (
    ("another host's name for this machine", {"Host": "evil.example"}, HTTPStatus.FORBIDDEN),
    ("another site", {"Origin": "https://evil.example"}, HTTPStatus.FORBIDDEN),
    ("a page without an origin", {"Origin": "null"}, HTTPStatus.FORBIDDEN),
    ("another server of this machine", {"Origin": "http://127.0.0.1:1"}, HTTPStatus.FORBIDDEN),
    ("a program without the token", {TOKEN_HEADER: "guessed"}, HTTPStatus.FORBIDDEN),
    ("a form", {"Content-Type": "text/plain"}, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    ("no JSON", {}, HTTPStatus.BAD_REQUEST),
)


@pytest.mark.parametrize(("who", "headers", "status"), FOREIGN)
def test_only_its_own_page_may_act(
    address: str, who: str, headers: Mapping[str, str], status: HTTPStatus
) -> None:
    given = {"Content-Type": "application/json", TOKEN_HEADER: token_of(address), **headers}
    assert _status(Request(f"{address}api/bot/kill", b"{", given)) == status, who


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("api/line/send", b'{"person": "nobody", "text": "a"}'),
        ("api/line/explode", '{"person": "花子"}'.encode()),
        ("api/line/send", '{"person": "花子"}'.encode()),
        ("api/persons", b'{"name": " "}'),
        ("api/faults", b'{"fire": true}'),
        ("api/bot/dance", b"{}"),
        ("api/story", b'{"story": "none"}'),
        ("api/story", b"[]"),
    ],
)
def test_what_cannot_be_done_is_a_400(address: str, path: str, body: bytes) -> None:
    headers = {"Content-Type": "application/json", TOKEN_HEADER: token_of(address)}
    request = Request(f"{address}{path}", body, headers)
    assert _status(request) == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize(
    "path", ["api/exchange/line-call-99999", "api/exchange/x", "api/menu/none", "x"]
)
def test_what_is_not_there_is_a_404(address: str, path: str) -> None:
    assert _status(Request(f"{address}{path}")) == HTTPStatus.NOT_FOUND


def test_no_request_may_leave_the_machine(address: str) -> None:
    with urllib.request.urlopen(address) as page:
        policy = page.headers["Content-Security-Policy"]
    allowed = {source for rule in policy.split(";") for source in rule.split()[1:]}
    assert allowed <= {"'none'", "'self'", "data:"}


def _status(request: Request) -> int:
    try:
        with urllib.request.urlopen(request) as response:
            return int(response.status)
    except HTTPError as error:
        error.close()
        return error.code

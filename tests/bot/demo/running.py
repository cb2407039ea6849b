"""The demo as a process of its own, and the browser that looks at it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60_000
"""Milliseconds to wait for a state of the page, long enough for a busy machine.

The one limit of all browser tests: of `expect`, of what is clicked or filled, and of loading. A
state that never comes costs this once; one that comes costs nothing.
"""

expect.set_options(timeout=PATIENCE)


def chromium() -> str:
    """Find the system's Chromium, or skip the test, which fails in CI."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("browser tests need Chromium: scripts/ensure_browser.sh installs it")
    if found is None:
        pytest.skip("no Chromium here; `apt-get install chromium fonts-noto-cjk` brings it")
    return found


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """A browser without a window, for as long as this lasts."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield opened
        opened.close()


@contextlib.contextmanager
def demo(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """Run `python -m bot demo`, and yield the process, its first output and its address."""
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--no-browser", *(arguments or ("--port", "0"))],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said, address = _until_ready(running)
        yield running, said, address
    finally:
        running.terminate()
        rest, _ = running.communicate(timeout=30)
        assert "Traceback" not in rest, rest


def token_of(address: str) -> str:
    """The token that the page at this address was given."""
    with urllib.request.urlopen(address) as page:
        found = re.search('name="control-token" content="([^"]+)"', page.read().decode())
    assert found
    return found[1]


def _until_ready(running: subprocess.Popen[str]) -> tuple[str, str]:
    said = ""
    assert running.stdout is not None
    for line in running.stdout:
        said += line
        if found := re.search(r"Open (http://\S+)", line):
            return said, found[1]
    raise AssertionError(f"the demo did not start:\n{said}")


class Seat:
    """An owner at the page by name, with the errors of the browser."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.wrong: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", lambda request: self._ask(request.url))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.wrong.append(f"{message.text} ({message.location['url']})")

    def _ask(self, url: str) -> None:
        if not url.startswith((self.address, "data:")):
            self.wrong.append(f"asked for {url}")


@contextlib.contextmanager
def seat(browser: Browser, address: str, **options: object) -> Iterator[Seat]:
    """Open a fresh window on the page, in which nothing may go wrong to the end."""
    context = browser.new_context(**{"viewport": {"width": 1760, "height": 950}, **options})  # type: ignore[arg-type]  # any of Playwright's
    taken = Seat(context.new_page(), address)
    taken.page.goto(address)
    # Until both panes are filled, what one aims at may still move.
    for who in ("だれのスマホか", "操作する人"):
        taken.page.get_by_label(who).locator("option").first.wait_for(state="attached")
    yield taken
    unknown = taken.page.locator("[data-unknown]").evaluate_all(
        "(marks) => marks.map((mark) => mark.dataset.unknown)"
    )
    context.close()
    assert taken.wrong == []
    assert unknown == []


def stories_folder() -> Path:
    """Where the demo's stories are."""
    return Path("bot/demo/stories")

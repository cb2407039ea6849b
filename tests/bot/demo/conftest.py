"""One demo for all tests here, and one browser for the tests of a file.

The browser is not of a session: Playwright holds the thread's event loop, which others start
themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.bot.demo import running
from tests.bot.demo.running import Seat


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running.browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with running.demo() as (_, _, found):
        yield found


@pytest.fixture
def seat(browser: Browser, address: str) -> Iterator[Seat]:
    with running.seat(browser, address) as taken:
        yield taken

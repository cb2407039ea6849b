"""Settings of the suite, for Hypothesis and for the processes of xdist.

Hypothesis looks for new examples at a desk, and repeats the same ones in CI.
"""

import os

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("tests.bot")  # what a helper of the tests asserts is shown too
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

TOGETHER = {
    "tests/bot/demo/": "browser",  # each file starts a Chromium and a demo with three servers
    "tests/bot/channels/test_killed.py": "processes",  # several bots at once, killed at random
    "tests/bot/channels/slack/test_exactly_once.py": "processes",
    "tests/bot/channels/test_poison.py": "processes",
    "tests/bot/door/test_connections.py": "processes",  # a thousand connections at once
}
"""Beginnings of paths whose tests run one after another.

Side by side they would fight for the machine, not find more. `pytest --dist loadgroup` reads the
groups; `make tests` says so.
"""


@pytest.hookimpl(tryfirst=True)  # before xdist, which reads the marks in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for beginning, group in TOGETHER.items():
            if item.nodeid.startswith(beginning):
                item.add_marker(pytest.mark.xdist_group(group))

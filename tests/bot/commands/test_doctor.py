"""`python -m bot doctor` tells what is well and how to mend the rest.

Tested against the strict fakes.
"""

import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import utc_now
from bot.commands import doctor
from bot.commands.doctor import Finding, Health
from bot.settings import Settings, from_environment
from bot.simulator.line.server import FakeLine
from bot.simulator.slack.server import FakeSlack
from bot.store.opening import migrate_store
from tests.bot.channels.slack.serving import environment, fakes

# line-bot-sdk builds its models on pydantic.v1, which warns on Python 3.14.
pytestmark = pytest.mark.filterwarnings("ignore:Core Pydantic V1:UserWarning")

NO_PLATFORM = ("LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN", "SLACK_BOT_TOKEN")


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """No settings but a file, made."""
    for name in NO_PLATFORM:
        monkeypatch.delenv(name, raising=False)
    url = f"sqlite:///{tmp_path}/navi.db"
    monkeypatch.setenv("DATABASE_URL", url)
    migrate_store(url)
    return url


def examine(
    monkeypatch: pytest.MonkeyPatch, url: str, *, webhook: str = "", **changed: str
) -> dict[str, list[Finding]]:
    """What is found with both platforms on."""

    async def scenario() -> list[Finding]:
        async with fakes() as (line, slack):
            line.webhook_url = webhook
            for name, value in (dict(environment(url, line, slack)) | changed).items():
                monkeypatch.setenv(name, value)
            return await asyncio.to_thread(lambda: list(doctor.examine()))

    found: dict[str, list[Finding]] = {}
    for each in asyncio.run(scenario()):
        found.setdefault(each.what, []).append(each)
    return found


def test_with_both_platforms_only_the_missing_webhook_is_wrong(
    monkeypatch: pytest.MonkeyPatch, nothing_is_set: str
) -> None:
    found = examine(monkeypatch, nothing_is_set)
    wrong = {name for name, all_ in found.items() if any(e.health is Health.WRONG for e in all_)}
    assert wrong - {"facts"} == {"LINE webhook"}
    assert "no webhook URL is set" in found["LINE webhook"][0].words
    assert set(found) == {
        *("settings", "database", "LINE token", "LINE webhook", "LINE quota", "Slack", "clock"),
        "facts",
    }


def test_a_webhook_that_cannot_be_reached_and_wrong_tokens_say_what_to_do(
    monkeypatch: pytest.MonkeyPatch, nothing_is_set: str
) -> None:
    found = examine(monkeypatch, nothing_is_set, webhook="http://127.0.0.1:9/line/webhook")
    assert "cannot be reached by LINE" in found["LINE webhook"][-1].words
    other = {"LINE_CHANNEL_ACCESS_TOKEN": "another", "SLACK_BOT_TOKEN": "xoxb-another"}
    found = examine(monkeypatch, nothing_is_set, **other)
    assert found["LINE"][0].health is Health.WRONG
    assert "copy the Bot User OAuth Token again" in found["Slack"][0].words
    found = examine(monkeypatch, nothing_is_set, SLACK_DESK_CHANNEL="C0NOWHERE")
    assert "invite the app" in found["Slack"][0].words


def test_without_a_platform_it_is_off_and_nothing_is_wrong_but_facts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = list(doctor.examine())
    assert {each.what for each in found if each.health is Health.OFF} == {"LINE", "Slack", "clock"}
    assert {each.what for each in found if each.health is Health.WRONG} <= {"facts"}
    assert capsys.readouterr().out == ""


def test_settings_that_are_wrong_are_named_and_nothing_else_is_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PORT", "eighty")
    monkeypatch.setenv("LINE_CHANNEL_SECRET", "half")
    assert [each.what for each in doctor.examine()] == ["settings"] * 2
    assert doctor.run(None) == 1  # type: ignore[arg-type]  # it has no arguments


def test_a_database_that_is_missing_or_older_says_what_to_run(tmp_path: Path) -> None:
    missing = doctor.look_at_database(Settings(f"sqlite:///{tmp_path}/none.db"))
    assert "python -m bot migrate" in missing.words
    sqlite3.connect(tmp_path / "old.db").close()
    (tmp_path / "old.db").touch()
    older = doctor.look_at_database(Settings(f"sqlite:///{tmp_path}/old.db"))
    assert (older.health, "python -m bot migrate" in older.words) == (Health.WRONG, True)


def test_a_damaged_file_leads_to_the_backup(tmp_path: Path, nothing_is_set: str) -> None:
    file = tmp_path / "navi.db"
    pages = bytearray(file.read_bytes())
    pages[4096:8192] = b"\x77" * 4096
    file.write_bytes(pages)
    found = doctor.look_at_database(Settings(nothing_is_set))
    assert (found.health, "restore the last backup" in found.words) == (Health.WRONG, True)


@pytest.mark.parametrize(
    ("off", "health"), [(0, Health.WELL), (-90, Health.WRONG), (90, Health.WRONG)]
)
def test_a_clock_that_is_off_is_told(nothing_is_set: str, off: int, health: Health) -> None:
    async def scenario() -> Finding:
        async with fakes() as (line, slack):
            settings = _settings(nothing_is_set, line, slack)
            return await asyncio.to_thread(
                doctor.look_at_clock, settings, lambda: utc_now() + timedelta(seconds=off)
            )

    assert asyncio.run(scenario()).health is health


def _settings(url: str, line: FakeLine, slack: FakeSlack) -> Settings:
    return from_environment(environment(url, line, slack))

"""Check everything a server depends on, and say how to mend it."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum

import aiohttp

from bot.channels.line.account.administration import Line, SetupError
from bot.channels.line.account.setup import Note, NoteKind, look_at_quota, look_at_webhook
from bot.channels.slack.web.client import Client
from bot.channels.slack.web.identity import identify
from bot.clock import utc_now
from bot.model.business_hours import JAPAN
from bot.proxies import proxy_for
from bot.settings import LineSettings, Settings, SettingsError, SlackSettings, from_environment
from bot.store import OutboxState, StoreError
from bot.store.opening import exists, find_damage, open_store
from knowledge import library
from knowledge.freshness import FRESH_MONTHS, aged

CLOCK_OFF = 30.0
"""Seconds two clocks may differ. Slack's signatures are refused from five minutes on."""

PATIENCE = aiohttp.ClientTimeout(total=10)


class Health(StrEnum):
    """Say whether a checked thing is well."""

    WELL = "ok"
    OFF = "off"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold the health of one thing.

    Where it is wrong, `words` say how to mend it.
    """

    health: Health
    what: str
    words: str

    def __str__(self) -> str:
        return f"{self.health:<5} {self.what}: {self.words}"


def add_arguments(_: argparse.ArgumentParser) -> None:
    """Declare no arguments, since everything is in the environment."""


def run(_: argparse.Namespace) -> int:
    """Print one line for each thing, and return 1 when something is wrong."""
    is_well = True
    for finding in examine():
        print(finding, flush=True)
        is_well = is_well and finding.health is not Health.WRONG
    return 0 if is_well else 1


def examine() -> Iterator[Finding]:
    """Check everything, with the settings first.

    Without settings there is nothing else to check.
    """
    try:
        settings = from_environment()
    except SettingsError as error:
        yield from (Finding(Health.WRONG, "settings", problem) for problem in error.problems)
        return
    yield Finding(Health.WELL, "settings", "they can be used")
    yield look_at_database(settings)
    yield from look_at_line(settings.line)
    yield look_at_slack(settings.slack)
    yield look_at_clock(settings, utc_now)
    yield look_at_facts(utc_now())


def look_at_database(settings: Settings) -> Finding:
    """Open the database as `serve` does, look for damage, and write."""
    if not exists(settings.database_url):
        return Finding(Health.WRONG, "database", "there is none yet: run `python -m bot migrate`")
    try:
        if damage := find_damage(settings.database_url):
            return Finding(
                Health.WRONG,
                "database",
                f"the file is damaged ({damage}): stop `serve`, keep the file and its -wal, and restore "
                "the last backup (docs/operate.md)",
            )
        state = asyncio.run(_try_store(settings))
    except StoreError as error:
        return Finding(Health.WRONG, "database", str(error))
    waits = f"{state.waiting} deliveries wait, {state.given_up} were given up"
    return Finding(Health.WELL, "database", f"can be read and written; {waits}")


async def _try_store(settings: Settings) -> OutboxState:
    store = open_store(settings.database_url, settings.data_keys, patient=True)
    try:
        await store.check_writable()
        return await store.load_outbox_state()
    finally:
        await store.close()


def look_at_line(settings: LineSettings | None) -> Iterator[Finding]:
    """Ask LINE about the token, the webhook and the month's quota."""
    if settings is None:
        yield Finding(Health.OFF, "LINE", "LINE_CHANNEL_SECRET is not set")
        return
    try:
        line = Line(settings.channel_access_token, settings.api_base)
        yield Finding(Health.WELL, "LINE token", line.account())
        yield from (_find_by_note("LINE webhook", note) for note in look_at_webhook(line))
        yield _find_by_note("LINE quota", look_at_quota(line))
    except SetupError as error:
        yield Finding(Health.WRONG, "LINE", str(error))


def _find_by_note(what: str, note: Note) -> Finding:
    return Finding(Health.WRONG if note.kind is NoteKind.WRONG else Health.WELL, what, note.words)


def look_at_slack(settings: SlackSettings | None) -> Finding:
    """Ask Slack about the token, its scopes and the desk's channel."""
    if settings is None:
        return Finding(Health.OFF, "Slack", "SLACK_BOT_TOKEN is not set")
    trouble = asyncio.run(_find_slack_trouble(settings))
    if trouble:
        return Finding(Health.WRONG, "Slack", trouble)
    return Finding(Health.WELL, "Slack", "token, scopes and the desk's channel are as they must be")


async def _find_slack_trouble(settings: SlackSettings) -> str:
    client = Client(settings)
    await client.start()
    try:
        return (await identify(client, settings.desk_channel)).trouble
    finally:
        await client.stop()


def look_at_clock(settings: Settings, clock: Callable[[], datetime]) -> Finding:
    """Compare this machine's clock with that of a platform that is on."""
    base = settings.line.api_base if settings.line else None
    base = base or (settings.slack.api_base if settings.slack else None)
    if base is None:
        return Finding(
            Health.OFF, "clock", "LINE and Slack are off, so there is no clock to compare with"
        )
    theirs = asyncio.run(_read_date(base))
    if theirs is None:
        return Finding(Health.WRONG, "clock", f"{base} did not say what time it is; is it reached?")
    seconds = abs((clock() - theirs).total_seconds())
    if seconds > CLOCK_OFF:
        return Finding(
            Health.WRONG,
            "clock",
            f"it is {seconds:.0f} seconds off; set it by NTP (`timedatectl set-ntp true`), or signatures "
            "are refused and promises pass at the wrong time",
        )
    return Finding(Health.WELL, "clock", "it goes right")


async def _read_date(base: str) -> datetime | None:
    """Read the time of a platform's answer, even of a refusal."""
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as session,
            session.get(base, proxy=proxy_for(base), allow_redirects=False) as answer,
        ):
            return parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, OSError, KeyError, ValueError):
        return None


def look_at_facts(now: datetime) -> Finding:
    """Count the facts that nobody has looked at for a year."""
    old = aged(library.load(), now.astimezone(JAPAN).date())
    if old:
        words = (
            f"{len(old)} were last looked at {FRESH_MONTHS} months ago or earlier; `python -m bot check` "
            "names them"
        )
        return Finding(Health.WRONG, "facts", words)
    return Finding(Health.WELL, "facts", f"all were checked within {FRESH_MONTHS} months")

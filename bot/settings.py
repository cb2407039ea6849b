"""Read the settings from the environment once.

Everything missing or wrong is named at once.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.proxies import proxy_problems

DEFAULT_DATABASE_URL = "sqlite:///var/kaizen-navi.db"
STORES = ("sqlite:///", "postgresql://")


class SettingsError(Exception):
    """Tell that the environment cannot be used.

    The message names every variable and the value it should have.
    """

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(("The settings need a correction:", *problems)))


@dataclass(frozen=True, slots=True)
class LineSettings:
    """Hold the secret, token and address of a Messaging API channel."""

    channel_secret: str
    channel_access_token: str
    api_base: str = "https://api.line.me"


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """Hold a bot token, and the signing secret or an app-level token.

    With `app_token` events come through Socket Mode, else to /slack/events. `desk_channel` is the
    ID of the channel where owners are answered; without one there is no desk. `api_base` is where
    the Web API is, ending in a slash. `only_notes` says that nothing written in the thread of a
    case goes to its owner.
    """

    bot_token: str
    signing_secret: str = ""
    app_token: str = ""
    desk_channel: str = ""
    api_base: str = "https://slack.com/api/"
    only_notes: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold the settings of the environment.

    `database_url` names the store (sqlite:///path, postgresql://…); `retention_days` is after how
    many days without a word a conversation is deleted; `seen_days` how long an event is remembered,
    and how old one may be; `turn_seconds` how long one turn may hold the server up before it is
    ended; `messages_per_minute` how many a person may send (0: any number); `metrics_token` opens
    /metrics, "" keeps it shut; `public_url` is where owners reach this server, "" where sheets have
    no pages; `max_connections` is how many callers there may be at once; `data_keys` encrypt
    owners' words, the first of them new ones; `likeness` is whether questions are compared with the
    FAQ by spelling or by meaning; `clock_file` says by how many seconds the clock goes ahead, for
    rehearsals; `line` and `slack` are None when they are off.
    """

    database_url: str = DEFAULT_DATABASE_URL
    retention_days: int = 180
    turn_seconds: int = 2
    messages_per_minute: int = 20
    seen_days: int = 7
    host: str = "127.0.0.1"
    port: int = 8000
    log_level: str = "INFO"
    log_format: str = "console"
    metrics_token: str = ""
    public_url: str = ""
    max_connections: int = 1000
    data_keys: tuple[bytes, ...] = ()
    likeness: str = "spelling"
    clock_file: str = ""
    line: LineSettings | None = None
    slack: SlackSettings | None = None


LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
KEY_BYTES = 32
"""Bytes of a Fernet key."""

FORMATS = ("console", "json")
THREADS = ("replies", "notes")
LIKENESSES = ("spelling", "meaning")
LARGEST_PORT = 65535

VARIABLES = (
    "DATABASE_URL",
    "DATA_KEY",
    "RETENTION_DAYS",
    "TURN_SECONDS",
    "MESSAGES_PER_MINUTE",
    "SEEN_DAYS",
    "HOST",
    "PORT",
    "LOG_LEVEL",
    "LOG_FORMAT",
    "LIKENESS",
    "CLOCK_FILE",
    "METRICS_TOKEN",
    "PUBLIC_URL",
    "MAX_CONNECTIONS",
    "LINE_CHANNEL_SECRET",
    "LINE_CHANNEL_ACCESS_TOKEN",
    "LINE_API_BASE",
    "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_APP_TOKEN",
    "SLACK_DESK_CHANNEL",
    "SLACK_DESK_THREADS",
    "SLACK_API_BASE",
)
"""Every variable that is read. The README explains each."""


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings. Raises SettingsError naming every variable that is wrong or missing."""
    reader = _Reader(os.environ if environment is None else environment)
    settings = Settings(
        database_url=reader.database_url(),
        retention_days=reader.number("RETENTION_DAYS", 180, 1, 36500),
        turn_seconds=reader.number("TURN_SECONDS", 2, 1, 60),
        messages_per_minute=reader.number("MESSAGES_PER_MINUTE", 20, 0, 100_000),
        seen_days=reader.number("SEEN_DAYS", 7, 1, 366),
        host=reader.text("HOST") or "127.0.0.1",
        port=reader.number("PORT", 8000, 0, LARGEST_PORT),
        log_level=reader.one_of("LOG_LEVEL", LEVELS, "INFO"),
        log_format=reader.one_of("LOG_FORMAT", FORMATS, "console"),
        metrics_token=reader.token("METRICS_TOKEN"),
        public_url=reader.public_url(),
        max_connections=reader.number("MAX_CONNECTIONS", 1000, 10, 100_000),
        data_keys=reader.keys("DATA_KEY"),
        likeness=reader.one_of("LIKENESS", LIKENESSES, "spelling"),
        clock_file=reader.text("CLOCK_FILE"),
        line=reader.line(),
        slack=reader.slack(),
    )
    reader.problems.extend(proxy_problems(reader.environment))
    if reader.problems:
        raise SettingsError(reader.problems)
    return settings


_SLACK = ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "SLACK_DESK_CHANNEL")
_CHANNEL_ID = re.compile("[CG][A-Z0-9]{2,}")
"""Public channels begin with C, older private ones with G."""

COPIED_BADLY = "has characters that no token has; copy it again"


def is_token(text: str) -> bool:
    """Tell whether a text may be an access token.

    It is one line of ASCII without a space.
    """
    return text.isascii() and text.isprintable() and " " not in text


def is_address(text: str) -> bool:
    """Tell whether a text is http(s)://HOST."""
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - reading it tells whether it is a number
    except ValueError:  # such as http://[::1
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


class _Reader:
    """Reads variables and collects a sentence for each that is wrong."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.problems: list[str] = []

    def text(self, name: str) -> str:
        return self.environment.get(name, "").strip()

    def token(self, name: str) -> str:
        given = self.text(name)
        if not is_token(given):
            # It is a secret, even with a mistake in it, and is not repeated.
            self.problems.append(f"{name}: {COPIED_BADLY}")
        return given

    def keys(self, name: str) -> tuple[bytes, ...]:
        """Keys in base64 of either alphabet, separated by commas."""
        given = self.text(name).translate(str.maketrans("-_", "+/"))
        try:
            found = [base64.b64decode(each.strip(), validate=True) for each in given.split(",")]
        except ValueError:
            found = [b""]
        if given and any(len(each) != KEY_BYTES for each in found):
            # They are secrets, even with a mistake in them, and are not repeated.
            self.problems.append(
                f"{name}: expected keys of {KEY_BYTES} bytes in base64, separated by commas "
                "(`openssl rand -base64 32` makes one)"
            )
        return tuple(found) if given else ()

    def number(self, name: str, default: int, least: int, most: int) -> int:
        given = self.text(name)
        if not given:
            return default
        if given.isascii() and given.isdigit() and least <= int(given) <= most:
            return int(given)
        self.problems.append(f"{name}: expected a number from {least} to {most}, got {given!r}")
        return default

    def one_of(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        given = self.text(name)
        known = {each.lower(): each for each in allowed}
        if given and given.lower() not in known:
            self.problems.append(f"{name}: expected one of {', '.join(allowed)}, got {given!r}")
        return known.get(given.lower(), default)

    def database_url(self) -> str:
        given = self.text("DATABASE_URL") or DEFAULT_DATABASE_URL
        if not given.startswith(STORES):
            # The rest of the address may hold a password; it is not repeated.
            scheme = given.split(":")[0]
            expected = "sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME"
            self.problems.append(f"DATABASE_URL: expected {expected}, got {scheme}:…")
        return given

    def public_url(self) -> str:
        given = self._address("PUBLIC_URL").rstrip("/")
        if "?" in given or "#" in given:
            self.problems.append("PUBLIC_URL: expected an address without ? and #")
        return given

    def line(self) -> LineSettings | None:
        secret = self.text("LINE_CHANNEL_SECRET")
        token = self.text("LINE_CHANNEL_ACCESS_TOKEN")
        if not secret and not token:
            return None
        if token and not is_token(token):
            # It is a secret, even with a mistake in it, and is not repeated.
            self.problems.append(f"LINE_CHANNEL_ACCESS_TOKEN: {COPIED_BADLY}")
        for name, value in (("LINE_CHANNEL_SECRET", secret), ("LINE_CHANNEL_ACCESS_TOKEN", token)):
            if not value:
                self.problems.append(f"{name}: missing, while the other half of LINE is set")
        base = self._address("LINE_API_BASE") or "https://api.line.me"
        return LineSettings(secret, token, base.rstrip("/"))

    def slack(self) -> SlackSettings | None:
        token, secret, app_token, desk = map(self.text, _SLACK)
        if not (token or secret or app_token or desk):
            return None
        for name, given, begins in (
            ("SLACK_BOT_TOKEN", token, "xoxb-"),
            ("SLACK_APP_TOKEN", app_token, "xapp-"),
        ):
            if given and not (is_token(given) and given.startswith(begins)):
                # It is a secret, even with a mistake in it, and is not repeated.
                self.problems.append(f"{name}: expected a token that begins with {begins}")
        if not token:
            self.problems.append("SLACK_BOT_TOKEN: missing, while other parts of Slack are set")
        if not secret and not app_token:
            self.problems.append(
                "SLACK_SIGNING_SECRET: missing (or set SLACK_APP_TOKEN to use Socket Mode)"
            )
        if desk and not _CHANNEL_ID.fullmatch(desk):
            self.problems.append(
                f"SLACK_DESK_CHANNEL: expected a channel's ID such as C0123ABCD, got {desk!r}"
            )
        base = self._address("SLACK_API_BASE") or "https://slack.com/api"
        threads = self.one_of("SLACK_DESK_THREADS", THREADS, "replies")
        return SlackSettings(
            token, secret, app_token, desk, base.rstrip("/") + "/", only_notes=threads == "notes"
        )

    def _address(self, name: str) -> str:
        given = self.text(name)
        if given and not is_address(given):
            self.problems.append(f"{name}: expected http(s)://HOST, got {given!r}")
        return given

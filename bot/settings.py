"""Settings from the environment, read once; everything missing or wrong is named at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

DEFAULT_DATABASE_URL = "sqlite:///var/kaizen-navi.db"


class SettingsError(Exception):
    """The environment cannot be used; the message names every variable and what it should be."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(("The settings need a correction:", *problems)))


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says.

    `database_url` names the store (sqlite:///path), `retention_days` after how many days without
    a word a conversation is deleted.
    """

    database_url: str = DEFAULT_DATABASE_URL
    retention_days: int = 180


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings. Raises SettingsError naming every variable that is wrong."""
    given = os.environ if environment is None else environment
    problems: list[str] = []
    url = given.get("DATABASE_URL", "") or DEFAULT_DATABASE_URL
    if not url.startswith("sqlite:///"):
        problems.append(f"DATABASE_URL: expected sqlite:///PATH, got {url.split(':')[0]}:…")
    days = given.get("RETENTION_DAYS", "") or "180"
    if not (days.isascii() and days.isdigit() and int(days) > 0):
        problems.append(f"RETENTION_DAYS: expected a number of days above 0, got {days!r}")
    if problems:
        raise SettingsError(problems)
    return Settings(url, int(days))

"""Print the monthly counts as CSV, without any person."""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
from datetime import date

from bot.analytics.report import write_report
from bot.commands.terminal.streams import speak_utf8
from bot.months import last_of_month, number_month
from bot.settings import Settings, from_environment
from bot.store.opening import exists, open_store
from flows.keiei.programme import KEIEI
from knowledge import library

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


def month(given: str) -> date:
    """Read a month as its first day. Raises ArgumentTypeError."""
    found = _MONTH.fullmatch(given)
    if found is None or found[1] == "0000":
        raise argparse.ArgumentTypeError("expected a month such as 2026-11")
    return date(int(found[1]), int(found[2]), 1)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `report`."""
    parser.add_argument("--from", dest="first", type=month, default=date.min, metavar="YYYY-MM")
    parser.add_argument("--to", dest="last", type=month, metavar="YYYY-MM")


def run(arguments: argparse.Namespace) -> int:
    """Print the report, and return 0 even when nothing was counted."""
    speak_utf8()
    last = _end_of(arguments.last) if arguments.last else date.max
    sys.stdout.write(asyncio.run(_report(from_environment(), arguments.first, last)))
    return 0


def _end_of(first: date) -> date:
    return last_of_month(number_month(first))


async def _report(settings: Settings, first: date, last: date) -> str:
    url = settings.database_url
    store = open_store(url, settings.data_keys, up_to_date=not exists(url), patient=True)
    try:
        counts = await store.records.list_counts(first, last)
    finally:
        await store.close()
    return write_report(counts, KEIEI, library.load().faq)

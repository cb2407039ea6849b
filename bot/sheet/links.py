"""Make the address of a sheet's page.

Nobody can guess it, and only its hash is kept.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.model.turn import Context, KeepSheet, SheetPage
from bot.sheet.pdf import can_set
from bot.sheet.sheet import Sheet, to_dict

OPEN_FOR = timedelta(days=90)
"""Time a page can be opened, if the conversation is kept as long."""

TOKEN_BYTES = 24
"""Random bytes of a token, too many to guess."""

FOLDER = "/sheets/"


def make_pages(public_url: str) -> Callable[[], SheetPage | None]:
    """Make the function that names a new place for a sheet at each call.

    It returns None without a public address.
    """
    has_pdf = can_set()

    def make_page() -> SheetPage | None:
        if not public_url:
            return None
        token = secrets.token_urlsafe(TOKEN_BYTES)
        return SheetPage(address_of(token, public_url), token, has_pdf)

    return make_page


def address_of(token: str, public_url: str) -> str:
    """Write the address of the page with this token."""
    return f"{public_url}{FOLDER}{token}"


def hash_of(token: str) -> str:
    """Compute a token's hash, by which its sheet is found.

    The token cannot be computed back.
    """
    return hashlib.sha256(token.encode()).hexdigest()


def keep_sheet(sheet: Sheet, page: SheetPage, context: Context) -> KeepSheet:
    """Put a sheet at its page's place for as long as pages open."""
    until = _closes_on(context.now, context.retention_days)
    return KeepSheet(hash_of(page.token), to_dict(sheet), until, page.address)


def _closes_on(now: datetime, retention_days: int) -> datetime:
    return now + min(OPEN_FOR, timedelta(days=retention_days))

"""Decide when a failed delivery is tried again or given up."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta

from bot.channels import Later, Refused
from bot.store import Delivery

FIRST_WAIT, LONGEST_WAIT = 1.0, 300.0
"""Seconds before the second attempt, and the most between later ones."""

LONGEST_TRY = timedelta(hours=20)
"""Age at which a message confuses more than it helps. A retry key lasts a day."""

HELD_CHECK = 3600.0
"""Seconds until a delivery held by the monthly quota is tried again."""


def count_attempt(delivery: Delivery, outcome: Later | Refused) -> Delivery:
    """Count a failed attempt.

    A held or unsure delivery stays so.
    """
    tried = replace(delivery, attempts=delivery.attempts + 1, error=outcome.error)
    if isinstance(outcome, Refused):
        return tried
    return replace(
        tried,
        held=delivery.held or outcome.held,
        token_gone=delivery.token_gone or outcome.token_gone,
        # Doubt never goes away by a later failure: only the platform's word ends it.
        unsure=delivery.unsure or outcome.unsure,
        doubted=time.monotonic(),
    )


def schedule_again(tried: Delivery, outcome: Later, now: datetime, longest_wait: float) -> Delivery:
    """Set when a delivery is due after this failure.

    At most `longest_wait` seconds from `now`.
    """
    return replace(tried, due=now + timedelta(seconds=_seconds(tried, outcome, longest_wait)))


def _seconds(tried: Delivery, outcome: Later, longest_wait: float) -> float:
    if tried.held:
        return HELD_CHECK
    # The wait doubles, to spare a platform in trouble. A wait that it asks for counts instead.
    growing = FIRST_WAIT * 2.0 ** min(tried.attempts - 1, 20)
    return min(max(growing, outcome.seconds or 0.0), longest_wait)


def count_seconds(delivery: Delivery, now: datetime) -> float:
    """Count the seconds until a delivery is due, 0 when it is.

    After the clock was set back, a wait seems longer than any we set: then the delivery is due,
    too.
    """
    seconds = ((delivery.due or now) - now).total_seconds()
    longest = HELD_CHECK if delivery.held else LONGEST_WAIT
    return seconds if 0 < seconds <= longest else 0.0


def is_too_old(delivery: Delivery, now: datetime) -> bool:
    """Tell whether a reply is too old to be sent, by its token's end."""
    until = delivery.outgoing.reply_until
    return until is not None and now - until > LONGEST_TRY

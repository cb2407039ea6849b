"""How typed answers are likened to labelled examples: by meaning where the extra is installed.

Its model takes some two seconds to load, as long as a turn may last. So a thread loads it at the
start; the first turns do not wait for it and liken by spelling.
"""

from __future__ import annotations

import threading

import structlog

from bot.dialogue.lexicon import vectors_of
from bot.logs import fault
from bot.understand.reading import encoder
from flows.programme import Programme

_LOG = structlog.get_logger(__name__)


def load_likeness(programme: Programme) -> threading.Thread | None:
    """Say how answers are likened, and load what that needs; None when that is nothing."""
    if not encoder.is_installed():
        _LOG.info("answers are likened by spelling", install="kaizen-navi[meaning]")
        return None
    thread = threading.Thread(target=_load, args=(programme,), name="likeness", daemon=True)
    thread.start()
    return thread


def _load(programme: Programme) -> None:
    try:
        encoder.load(vectors_of(programme))
    except Exception as error:  # noqa: BLE001 - an extra that is broken must not stop the bot
        _LOG.warning("answers are likened by spelling", **fault(error))
    else:
        _LOG.info("answers are likened by meaning")

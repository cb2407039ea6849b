"""Parts that stories of the desk share, as a case in hand and its messages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.model.business_hours import JAPAN
from tests.bot.channels.serving import Watch
from tests.bot.channels.slack.serving import until
from tests.bot.channels.slack.stories import OWNER, Story, words

MORNING = datetime(2026, 11, 25, 10, 7, tzinfo=JAPAN)
"""A Wednesday, within hours."""

Told = Callable[[Story, Watch], Awaitable[None]]
Play = Callable[..., None]


async def claimed(story: Story) -> None:
    """From nothing to a case that Hanako has."""
    await story.owner_asks_for_a_person()
    before = len(story.said_to_owner())
    await story.staff_press("担当する")
    await until(lambda: len(story.said_to_owner()) > before and "送る" in words(story.card()))


def of_staff(story: Story) -> list[str]:
    """List the messages of staff to the owner."""
    said = zip(story.said_to_owner(), story.speakers(), strict=True)
    return [text for text, speaker in said if speaker]


async def owner_writes(story: Story, text: str) -> None:
    assert (await story.place.line.send_text(OWNER, text)).ok


def positions(story: Story, *texts: str) -> list[int]:
    """Find where in the thread these words stand, each once."""
    shown = [words(each) for each in story.thread()]
    found = [[at for at, each in enumerate(shown) if text in each] for text in texts]
    assert all(len(each) == 1 for each in found), found
    return [at for (at,) in found]

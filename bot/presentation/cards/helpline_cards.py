"""Draw the card of helplines, with large buttons first."""

from __future__ import annotations

from bot.model.messages import Card, Link, LinkKind, Section, Tone
from bot.presentation.source_lines import FULL_WIDTH
from bot.presentation.wording import say
from knowledge import sources
from knowledge.directory.helplines import Helpline, for_mind
from knowledge.library import Library


def helpline_card(
    title: str, words: str, library: Library, *, ambulance: bool = False, all_day: bool = False
) -> Card:
    """Show the helplines as buttons under a human word, with a chat.

    The chat is for those who cannot speak. `ambulance` puts 119 before all of them. With it, and
    with `all_day`, only those that are always open stand below: the card must fit on one screen.
    """
    ask_119 = Link(LinkKind.CALL, say("trouble.call_119"), "119")
    calls = tuple(call_link(line) for line in _choose_lines(library, all_day=all_day or ambulance))
    return Card(
        title,
        (Section("", (_date_line(library),), small=True),),
        (*([ask_119] if ambulance else []), *calls, *_chats(library)),
        subtitle=words,
        tone=Tone.URGENT,
        links_first=True,
    )


def call_link(line: Helpline) -> Link:
    """Make a helpline a button to call, with its hours."""
    hours = (line.hours or "").translate(FULL_WIDTH)
    return Link(LinkKind.CALL, line.name.translate(FULL_WIDTH), line.number, hours)


def can_be_tapped(line: Helpline) -> bool:
    """Tell whether a tap can call the helpline.

    For safety a telephone dials no number with # from a link.
    """
    return line.number[:1].isdecimal()


def _chats(library: Library) -> tuple[Link, ...]:
    """List the chats, for those who cannot speak."""
    return tuple(
        Link(LinkKind.OPEN, say("trouble.chat"), line.website, line.name)
        for line in library.helplines.values()
        if line.audience == "mind" and line.show and line.website and not line.number
    )


def _choose_lines(library: Library, *, all_day: bool) -> tuple[Helpline, ...]:
    shown = tuple(for_mind(library.helplines))
    if all_day:
        return tuple(line for line in shown if line.is_always_open) or shown
    return shown


def _date_line(library: Library) -> str:
    shown = for_mind(library.helplines)
    checked = min(line.checked_on for line in shown)
    dates = sorted({sources.in_words(line.as_of) for line in shown})
    return say(
        "cards.helplines_dated",
        dates=say("signs.dot").join(dates),
        checked=sources.in_words(checked),
    )


def helpline_line(line: Helpline) -> str:
    """Write a helpline's name, number and hours."""
    # The hours stand in brackets themselves.
    bare = (line.hours or "").replace("(", say("signs.comma")).replace(")", "")
    hours = say("cards.helpline_hours", hours=bare) if bare else ""
    said = say("cards.helpline", name=line.name, number=line.number, hours=hours)
    return said.translate(FULL_WIDTH)


def helpline_lines(library: Library, *, all_day: bool = False) -> tuple[str, ...]:
    """List the helplines for the mind, then the day of their check."""
    return (*map(helpline_line, _choose_lines(library, all_day=all_day)), _date_line(library))

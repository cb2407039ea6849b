"""Write the sources of facts as small print, once each with its date."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.model.messages import Section
from bot.presentation.wording import say
from knowledge import sources
from knowledge.library import Library
from knowledge.place_names.places import PREFECTURES
from knowledge.sources import Source

FULL_WIDTH = str.maketrans({"(": "（", ")": "）", "~": "〜"})


def without_brackets(words: str) -> str:
    """Leave out the words in brackets.

    They are said in full elsewhere, or the result stands in brackets itself.
    """
    return re.sub(r"（[^（）]*）", "", words)


def sources_section(
    ids: Iterable[str], library: Library, place: str = "", most: int | None = None
) -> Section:
    """Name the sources with their dates, at most `most` of them.

    A page of another prefecture than `place` (a code, or "") is left out where there are others:
    an owner wonders what it has to do with them.
    """
    known = [library.sources[each] for each in dict.fromkeys(ids)]
    near = [source for source in known if not is_from_elsewhere(source, place)] or known
    lines = [_source_line(source) for source in near[:most]]
    if more := len(near[len(lines) :]):
        lines.append(say("cards.more_sources", count=more))
    return Section(say("cards.sources_heading"), tuple(lines), small=True)


def is_from_elsewhere(source: Source, place: str) -> bool:
    """Ask whether a source names other prefectures in its title, and not this one."""
    named = _prefectures_in(source.what)
    return bool(named) and place not in named


def _prefectures_in(title: str) -> set[str]:
    """Find the codes of the prefectures in a title, with or without 県.

    東京都 holds no 京都.
    """
    found = set()
    for code, name in sorted(PREFECTURES.items(), key=lambda item: -len(item[1])):
        for word in (name, name.rstrip("都府県")):
            if word in title:
                found.add(code)
                title = title.replace(word, "")
    return found


def _source_line(source: Source) -> str:
    date = sources.in_words(source.date)
    return say("cards.source", what=title_source(source), date=date).translate(FULL_WIDTH)


def title_source(source: Source) -> str:
    """Write a source's title with Japanese brackets."""
    return source.what.translate(FULL_WIDTH)

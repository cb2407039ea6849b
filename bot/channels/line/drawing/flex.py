"""Draw Flex bubbles for questions that stay tappable and cards worth keeping.

The results are plain dicts. Everything that can be tapped is a box around a text, not a `button`: a
button cuts its label off after one line, while a text wraps and grows with the type size chosen in
LINE (`scaling`). Every colour is set, of text and ground alike, so that light and dark mode show
the same contrast.

Source of forms and limits: LINE Messaging API reference, "Flex Message" and "Action objects".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from bot.channels.line.drawing.flex_parts import (
    ACCENT,
    ACTION_LABEL,
    INK,
    PAPER,
    SOFT,
    TINT,
    TRACK,
    URI,
    WARM,
    Json,
    across,
    column,
    line,
    opening,
    paragraph,
    postback,
    telephone,
    text,
    web,
)
from bot.model.messages import Card, Choice, Link, LinkKind, Progress, Section, Tone
from bot.presentation.wording import say

HEADS = {
    Tone.PLAIN: WARM,
    Tone.GOOD: "#DDF0E4",
    Tone.CHECK: "#FCEBC4",
    Tone.OTHER: "#DCE8F7",
    Tone.URGENT: "#FBDFDB",
}
"""Background of a card's head by its tone. The card's title says the same in words."""

ALARM = "#A3261E"
"""Background of an urgent number to call. White on it has a contrast of 7 to 1."""

SHORT = 6
"""Graphemes of a label that fits half a row of a small phone."""

LONG = 280
"""Characters from which a card is set smaller, to fit on one screen."""

_FEW = 2
"""Links up to which their labels have the size of other text."""

_QUIET = 3
"""Choices in one quiet line."""

FITTED: Mapping[str, Any] = {"wrap": False, "adjustMode": "shrink-to-fit"}
"""Looks of words that share a line: they grow smaller rather than lose a letter to the next."""

_MANY = 6
"""From this many choices on, two go into a row if all are short."""


# --- what can be tapped -------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def rows(choices: tuple[Choice, ...], first: int | None, *, paired: bool = False) -> list[Json]:
    """Draw the choices as rows to tap, numbered from `first` unless it is None.

    With `paired` two short neighbours share a row, otherwise only where all of many are short.
    """
    numbered = [
        (choice, "" if first is None else str(first + position))
        for position, choice in enumerate(choices)
    ]
    short = all(len(choice.label) <= SHORT for choice in choices)
    if not paired and not (len(choices) >= _MANY and short):
        return [_row(*each) for each in numbered]
    return list(_in_pairs(numbered))


def _in_pairs(numbered: list[tuple[Choice, str]]) -> Iterator[Json]:
    at = 0
    while at < len(numbered):
        pair = numbered[at : at + 2]
        if len(pair) > 1 and all(len(choice.label) <= SHORT for choice, _ in pair):
            yield across([_row(*each, **FITTED) for each in pair], spacing="sm")
            at += 2
        else:
            yield _row(*numbered[at])
            at += 1


def _row(choice: Choice, number: str, **looks: Any) -> Json:
    ground, mark_color, color = (ACCENT, PAPER, PAPER) if choice.main else (TINT, ACCENT, INK)
    mark = [text(number, color=mark_color, weight="bold", flex=0)] if number else []
    weight = {"weight": "bold"} if choice.main else {}
    return across(
        [*mark, text(choice.label, flex=1, color=color, **weight, **looks)],
        spacing="md",
        paddingAll="11px",
        cornerRadius="8px",
        backgroundColor=ground,
        action=postback(choice, ACTION_LABEL),
    )


@lru_cache(maxsize=1024)
def ways_out(controls: tuple[Choice, ...], first: int | None) -> list[Json]:
    """Draw the controls as quiet lines below the answers, for devices without quick replies.

    Three at most share a line, since more would break their words.
    """
    cells = [
        _quiet(choice, "" if first is None else f"{first + position} ")
        for position, choice in enumerate(controls)
    ]
    lines = -(-len(cells) // _QUIET) or 1
    most = -(-len(cells) // lines)
    return [across(cells[at : at + most]) for at in range(0, len(cells), most or 1)]


def _quiet(choice: Choice, number: str) -> Json:
    label = text(f"{number}{choice.label}", size="sm", color=ACCENT, align="center", **FITTED)
    tall = {"paddingTop": "8px", "paddingBottom": "8px"}
    return column([label], **tall, action=postback(choice, ACTION_LABEL))


def _button(lines: list[Json], action: Json | None, ground: str) -> Json:
    tap = {"action": action} if action else {}
    return column(lines, paddingAll="9px", cornerRadius="8px", backgroundColor=ground, **tap)


def _link(link: Link, card: Card) -> Json:
    """Draw a link as a button.

    Numbers to call and the first link stand out. A number is large and on one line.
    """
    calls = link.kind is LinkKind.CALL
    stands_out = calls or link == card.links[0]
    color, ground = (PAPER, ACCENT) if stands_out else (ACCENT, TINT)
    size = "md" if len(card.links) <= _FEW else "sm"
    beside = f"　{link.note}" if len(link.note) <= SHORT else ""
    label = (link.label + beside).rstrip()
    lines = [text(label, size=size, color=color, weight="bold", align="center")]
    if calls:
        lines.append(_number(link.target))
    if len(link.note) > SHORT:
        lines.append(
            text(link.note, size="xs", color=PAPER if stands_out else SOFT, align="center")
        )
    if calls:
        read_aloud = say("channels.call_number", number=link.target)
        call = opening(read_aloud, telephone(link.target), site(card))
        return _button(lines, call, ALARM if card.tone is Tone.URGENT else ACCENT)
    target = web(link.target)
    if len(target) > URI:  # an address too long for LINE can still be read and typed
        return _button([*lines, text(link.target, size="xs", color=color)], None, ground)
    return _button(lines, opening(link.label, target), ground)


def _number(number: str) -> Json:
    """Set a telephone number so that its digits never break over a line."""
    return text(number, size="xl", color=PAPER, weight="bold", align="center", **FITTED)


def _extras(card: Card, share: Json | None) -> list[Json]:
    """Draw two quiet buttons side by side, to copy the number and to share."""
    actions = [share] if share else []
    for link in card.links if card.tone is Tone.PLAIN else ():
        if link.kind is LinkKind.CALL:
            copy = {
                "type": "clipboard",
                "label": say("channels.copy_number"),
                "clipboardText": link.target,
            }
            actions.insert(0, copy)
            break
    cells = [
        _button(
            [text(action["label"], size="sm", color=ACCENT, align="center", **FITTED)],
            action,
            TINT,
        )
        for action in actions
    ]
    return [across(cells, spacing="sm")] if cells else []


# --- bubbles ------------------------------------------------------------------------------------


def bubble(
    body: list[Json],
    head: list[Json] | None = None,
    foot: list[Json] | None = None,
    tone: Tone = Tone.PLAIN,
    hero: Json | None = None,
) -> Json:
    """Draw a bubble as wide as a phone.

    `body` is not empty.
    """
    blocks: Json = {}
    if head:
        blocks["header"] = column(head, paddingAll="16px", backgroundColor=HEADS[tone])
    if hero:
        blocks["hero"] = hero
    blocks["body"] = column(body, paddingAll="16px", backgroundColor=PAPER)
    if foot:
        blocks["footer"] = column(foot, spacing="sm", paddingAll="12px", backgroundColor=PAPER)
    return {"type": "bubble", "size": "giga", **blocks}


def progress_bar(progress: Progress) -> Json:
    """Draw the progress, in words and as a slim bar."""
    walked = column(
        [],
        width=f"{100 * progress.position // progress.total}%",
        height="6px",
        cornerRadius="3px",
        backgroundColor=ACCENT,
    )
    road = column([walked], height="6px", cornerRadius="3px", backgroundColor=TRACK, flex=1)
    words = text(f"{progress.position}/{progress.total}", size="sm", color=SOFT, flex=0)
    return across([words, road], spacing="md", alignItems="center")


def question(asked: list[Json], answers: list[Json], controls: list[Json]) -> Json:
    """Make a bubble that asks, with answers to tap and the ways out below."""
    buttons = [column([*answers, *controls], spacing="sm", margin="lg")]
    return bubble([*asked, *(buttons if answers or controls else [])])


def card_head(card: Card) -> list[Json]:
    """Set title and subtitle."""
    size = "sm" if card.subtitle.count("\n") == 0 else "md"
    words = [column(paragraph(card.subtitle, size=size), margin="sm")] if card.subtitle else []
    return [text(card.title, size="lg", weight="bold"), *words]


def card_hero(card: Card) -> Json | None:
    """Draw the picture of a card, or None without one.

    A tap opens it whole.
    """
    if not card.image or len(card.image) > URI:
        return None
    tap = opening(card.title, card.image)
    return {
        "type": "image",
        "url": card.image,
        "size": "full",
        "aspectRatio": f"{WIDTH}:{HEIGHT}",
        "aspectMode": "fit",
        "backgroundColor": PAPER,
        "action": tap,
    }


WIDTH, HEIGHT = 18, 11
"""The shape of the pictures that are drawn here (`bot.figures.columns`)."""


def card_body(card: Card) -> list[Json]:
    """Draw the sections of a card, one component per heading and line.

    The links come before them where the card says so.
    """
    lines = [line for section in card.sections for line in section.lines]
    size = "sm" if sum(map(len, lines)) > LONG else "md"
    parts = [part for each in card.sections for part in _section(each, size, site(card))]
    return [*(_links(card) if card.links_first else []), *parts]


def _links(card: Card) -> list[Json]:
    """Draw the links as buttons one below the other, or nothing without links."""
    buttons = [_link(link, card) for link in card.links]
    return [column(buttons, spacing="sm")] if buttons else []


@lru_cache(maxsize=1024)
def _section(section: Section, size: str, on_desktop: str) -> tuple[Json, ...]:
    heading = text(section.heading, size="sm", color=ACCENT, weight="bold", margin="md")
    size, color = ("xs", SOFT) if section.small else (size, INK)
    lines = [
        line(words, on_desktop, size=size, color=color, margin="sm")
        for words in section.lines
        if words.strip()
    ]
    return tuple([heading, *lines] if section.heading else lines)


def card_foot(card: Card, share: Json | None, buttons: Iterable[Json]) -> list[Json]:
    """Draw the links, copy and share, then the next steps.

    The links are left out when they lead the card.
    """
    links = [] if card.links_first else _links(card)
    return [*links, *_extras(card, share), *buttons]


def site(card: Card) -> str:
    """Find the page that a computer opens instead of calling, or "" without one."""
    found = (web(link.target) for link in card.links if link.kind is LinkKind.OPEN)
    return next((address for address in found if len(address) <= URI), "")

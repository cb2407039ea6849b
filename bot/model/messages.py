"""Define messages and replies, apart from LINE, Slack and the terminal."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from flows.flow import Answers

VERSION = "v1"
"""Stands in every choice, so that a button of years ago is still understood."""

_VALUE = re.compile(rf"{VERSION}\|([a-z_]+)=([^|\s]+)")
"""A version, a name, and a value without blanks or bars."""


class Kind(StrEnum):
    """Name the kind of a person's action."""

    TEXT = "text"
    CHOICE = "choice"
    LOCATION = "location"
    FOLLOWED = "followed"
    STICKER = "sticker"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    FILE = "file"
    OTHER = "other"
    HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Hold answers that staff heard from an owner, with their questionnaire."""

    flow: str
    answers: Answers


@dataclass(frozen=True, slots=True)
class Message:
    """One thing a person did.

    `text` is what was typed, or the address that came with a location; `value` is the value of
    the choice tapped; `latitude` and `longitude` are in degrees, for a location only. A message
    that is a hand-over code brings in `handed` what belongs to it; None when nothing does. `album`
    names the pictures that were sent together; empty for one alone. `quote` is the mark by which the
    channel can show it above an answer; empty where it cannot.
    `tapped` is the value taken apart, once: name and choice, or None for no choice of ours.
    """

    kind: Kind = Kind.TEXT
    text: str = ""
    value: str = ""
    latitude: float | None = None
    longitude: float | None = None
    handed: HandedOver | None = None
    album: str = ""
    quote: str = ""
    tapped: tuple[str, str] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tapped", read_value(self.value) if self.value else None)


def typed(text: str) -> Message:
    """Make a message of a typed line.

    A choice's value counts as a tap.
    """
    stripped = text.strip()
    if read_value(stripped) is None:
        return Message(text=text)
    return Message(Kind.CHOICE, value=stripped)


@dataclass(frozen=True, slots=True)
class Choice:
    """Hold a button with its label, and the value that a tap sends back.

    `main` marks the one of a list that leads on; channels show it so.
    """

    label: str
    value: str
    main: bool = False


def choice(label: str, name: str, value: str, *, main: bool = False) -> Choice:
    """Make a choice whose value is `v1|name=value`."""
    return Choice(label, f"{VERSION}|{name}={value}", main)


def read_value(value: str) -> tuple[str, str] | None:
    """Split `v1|question=choice` into question and choice, or return None."""
    match = _VALUE.fullmatch(value)
    return (match[1], match[2]) if match else None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Name a person who speaks in place of the bot.

    Each message shows the name and icon. `name` is cut to what a channel can show; `icon_url` is an
    HTTPS address of a square PNG, or empty.
    """

    name: str
    icon_url: str = ""


class LinkKind(StrEnum):
    """Say whether a tap on a link calls a number or opens a page."""

    CALL = "call"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Link:
    """Hold a telephone number or an address. `note` stands beside it (opening hours)."""

    kind: LinkKind
    label: str
    target: str
    note: str = ""

    def as_text(self) -> str:
        """Write the link as plain text, in one line."""
        return f"{self.label}: {self.target}" + (f"　{self.note}" if self.note else "")


class Tone(StrEnum):
    """Say the tone of a card, which a channel shows by colour.

    The card's title says the same in words.
    """

    PLAIN = "plain"
    GOOD = "good"
    CHECK = "check"
    OTHER = "other"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Section:
    """Hold a part of a card, with heading and lines, perhaps in small print."""

    heading: str
    lines: tuple[str, ...]
    small: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """Hold a verdict, a path or an office, for the owner to keep.

    Channels draw it as well as they can. With `links_first` the links stand before the sections:
    where calling is what matters. `image` is the HTTPS address of a picture that says in colour
    what the sections say in words, or empty.
    """

    title: str
    sections: tuple[Section, ...] = ()
    links: tuple[Link, ...] = ()
    subtitle: str = ""
    tone: Tone = Tone.PLAIN
    links_first: bool = False
    image: str = ""

    def as_text(self) -> str:
        """Write the whole card as plain text, for channels that cannot draw."""
        head = "\n".join(filter(None, (f"■ {self.title}", self.subtitle)))
        sections = [
            "\n".join(([f"【{section.heading}】"] if section.heading else []) + list(section.lines))
            for section in self.sections
        ]
        links = ["\n".join(link.as_text() for link in self.links)] if self.links else []
        return "\n\n".join(
            (head, *((*links, *sections) if self.links_first else (*sections, *links)))
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """Hold the number of this question, and of all there may be."""

    position: int
    total: int


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold one thing the bot says. `text` makes sense alone.

    The rest helps a channel that can do more. `choices` are the answers to pick from; `controls`
    (back, a person …) stand apart from them. `several` says that more than one choice may be
    picked, `place` names the question when it asks where the business is, so that a channel can
    offer a location or a list. `quote` is the mark of the message that it answers, to be shown
    above it.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    controls: tuple[Choice, ...] = ()
    card: Card | None = None
    progress: Progress | None = None
    several: bool = False
    place: str = ""
    quote: str = ""

    @property
    def buttons(self) -> tuple[Choice, ...]:
        """Everything that can be tapped, in the order of its numbers."""
        return (*self.choices, *self.controls)


def from_card(
    card: Card, choices: tuple[Choice, ...] = (), controls: tuple[Choice, ...] = ()
) -> Reply:
    """Make a reply of a card, with the same words as plain text."""
    return Reply(card.as_text(), choices, controls, card=card)

"""The form in which staff write to an owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

import orjson

from bot.channels.slack.desk.case_card import WRITE
from bot.channels.slack.replies import wording
from bot.channels.slack.replies.saved_texts import SavedText
from bot.channels.slack.ui.blocks import (
    Json,
    actions,
    button,
    context,
    grouped_select,
    input_block,
    modal,
    paragraph,
    quotation,
    rich_text,
    select,
    text_field,
)
from bot.channels.slack.ui.fields import checkbox, radio
from bot.model.messages import Choice
from bot.presentation.limits import LINE, split
from bot.presentation.times import say_moment
from knowledge.faq.entry import Entry

SAVED, SEARCH, ANSWER, PREVIEW = "reply:saved", "reply:search", "reply:answer", "reply:preview"
TAKE_BACK = "reply:take_back"

WORDS, QUERY, WHEN, QUOTE = "words", "query", "when", "quote"
LATER, AT_ONCE, QUOTED = "later", "now", "yes"

FOUND = 10
"""Answers of the FAQ that are offered."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Hold the data a form carries while it is open.

    `case_id` names its case. `asked_about` marks words that were asked about before. `number`
    counts how often text was put in for the writer: under the same name Slack would keep the typed
    words instead.
    """

    case_id: str
    asked_about: str = ""
    number: int = 0

    @classmethod
    def read(cls, private: str) -> Self:
        """Read the data of a form.

        One of another version carries the case alone.
        """
        try:
            case_id, asked_about, number = orjson.loads(private)
            return cls(str(case_id), str(asked_about), int(number))
        except (ValueError, TypeError):
            return cls(private.partition("|")[0])

    def write(self) -> str:
        """Write the data for the form."""
        return orjson.dumps([self.case_id, self.asked_about, self.number]).decode()

    @property
    def words_block(self) -> str:
        """Name the block of the words."""
        return f"{WORDS}:{self.number}" if self.number else WORDS


@dataclass(frozen=True, slots=True)
class Offer:
    """Hold the form's offers besides typing.

    `saved` are texts to put in, `opens` when the desk opens next, `can_quote` whether the owner's
    last words can be quoted. `found` are the answers of a search, None before one.
    """

    opens: datetime
    saved: Sequence[SavedText] = ()
    can_quote: bool = False
    found: Sequence[Entry] | None = None


def draw_form(draft: Draft, offer: Offer, text: str = "", doubt: str = "") -> Json:
    """Draw the form.

    With a `doubt` it asks whether `text`, which it holds, is really to be sent.
    """
    words = text_field(WORDS, text, several_lines=True)
    asked = input_block(wording.WORDS, draft.words_block, words, hint=wording.WORDS_HINT)
    return modal(
        WRITE,
        wording.TITLE,
        [
            *([context(f"{doubt}{wording.ASKED_IN_FORM}")] if doubt else []),
            asked,
            *_draw_saved(offer.saved),
            *_draw_search(offer.found),
            _draw_when(offer.opens),
            *([_draw_quote()] if offer.can_quote else []),
            *actions([button(wording.PREVIEW_BUTTON, PREVIEW, draft.case_id)]),
        ],
        submit=wording.SEND,
        private=draft.write(),
        **({"close": wording.DO_NOT_SEND} if doubt else {}),
    )


def _draw_saved(saved: Sequence[SavedText]) -> list[Json]:
    if not saved:
        return []
    groups = (
        (heading, [Choice(each.title, each.name) for each in saved if bool(each.staff) is own])
        for heading, own in ((wording.OWN_GROUP, True), (wording.SHARED_GROUP, False))
    )
    return actions([grouped_select(wording.SAVED_PLACEHOLDER, SAVED, groups)])


def _draw_search(found: Sequence[Entry] | None) -> list[Json]:
    typed = text_field(SEARCH, most=100)
    asked = input_block(
        wording.SEARCH, QUERY, typed, hint=wording.SEARCH_HINT, optional=True, dispatch=True
    )
    if found is None:
        return [asked]
    if not found:
        return [asked, context(wording.NOTHING_FOUND)]
    choices = [Choice(each.question, each.id) for each in found[:FOUND]]
    return [asked, *actions([select(wording.FOUND_PLACEHOLDER, ANSWER, choices)])]


def _draw_when(opens: datetime) -> Json:
    choices = [Choice(wording.NOW, AT_ONCE), Choice(wording.at_opening(say_moment(opens)), LATER)]
    return input_block(wording.WHEN, WHEN, radio(WHEN, choices, AT_ONCE))


def _draw_quote() -> Json:
    box = checkbox(QUOTE, wording.QUOTE_YES, QUOTED, ticked=True)
    return input_block(wording.QUOTE, QUOTE, box, optional=True)


def read_words(values: Mapping[str, str]) -> tuple[str, str]:
    """Read the words, and the name of the block they stand in."""
    found = ((name, text) for name, text in values.items() if name.partition(":")[0] == WORDS)
    name, text = next(found, (WORDS, ""))
    return text, name


def draw_preview(name: str, text: str, *, quotes: bool) -> Json:
    """Draw the words as they arrive, with the sender's name and bubbles."""
    bubbles = split(text, LINE.text) if text.strip() else []
    blocks = [
        paragraph(rich_text(name, bold=True)),
        *([context(wording.QUOTED_ABOVE)] if quotes else []),
        *(quotation(each) for each in bubbles[: LINE.replies]),
        *([] if bubbles else [context(wording.NOTHING_TO_PREVIEW)]),
    ]
    return modal(PREVIEW, wording.PREVIEW_TITLE, blocks)

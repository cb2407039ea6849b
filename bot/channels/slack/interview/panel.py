"""Draw replies as one Slack message that is changed in place.

All a turn says stands in one message, since the next tap replaces it. Where a place is asked for,
all prefectures stand in a select that can be searched; every other choice is a button.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import orjson

from bot.channels.slack.interview import wording
from bot.channels.slack.ui.blocks import (
    BLOCKS,
    DIVIDER,
    TOTAL,
    Json,
    actions,
    button,
    context,
    count_characters,
    header,
    paragraph,
    rich_text,
    select,
)
from bot.channels.slack.ui.mrkdwn import escape
from bot.model.messages import Card, Choice, Progress, Reply, Section, choice, read_value
from bot.presentation.limits import cut, split
from bot.presentation.wording import say
from flows.flow import UNKNOWN
from knowledge.place_names.places import PREFECTURES

CHOICE = "choice"
"""Start of a choice's action ID. The value is the choice's own."""

NOT_FOR_STAFF = frozenset({"v1|do=person", "v1|do=forget", "v1|do=follow_up", "v1|follow=pause"})
"""Choices that make no sense to staff, who are the person."""

OFFERS_A_PERSON = f"{say('answers.offer_person')}\n"
"""Said to owners only, for the same reason."""

_STYLES = {True: "primary", False: ""}

_LONGEST_TEXT = 2800
"""Characters of a block, below Slack's limit of 3,000."""

_SUMMARY = 300
"""Characters of a notification."""


def draw_panel(replies: tuple[Reply, ...], more: Iterable[Json] = ()) -> Json:
    """Draw the message of one turn.

    `blocks`, and `text` for notifications and screen readers. Only the last reply that asks
    anything keeps its choices. `more` are blocks to stand last.
    """
    replies = tuple(_drop_person_offer(each) for each in replies)
    asking = max((at for at, reply in enumerate(replies) if reply.buttons), default=None)
    drawn = [_draw_reply(reply, asks=at == asking, number=at) for at, reply in enumerate(replies)]
    last = list(more)
    blocks = _fit_blocks(drawn, last)
    text = escape(cut("\n".join(reply.text for reply in replies), _SUMMARY))
    return {"text": text or wording.TITLE, "blocks": blocks}


def _drop_person_offer(reply: Reply) -> Reply:
    """Drop the offer of a person from a reply that a person reads."""
    if say("answers.offer_person") not in reply.text:
        return reply
    return replace(reply, text=f"{reply.text}\n".replace(OFFERS_A_PERSON, "").strip())


def _fit_blocks(drawn: list[list[Json]], last: list[Json]) -> list[Json]:
    """Fit the blocks into one message, dropping the oldest words.

    A note then says that something is missing.
    """
    whole = [*_flatten(drawn), *last]
    if _fits_message(whole):
        return whole
    note = context(wording.LEFT_OUT)
    while len(drawn) > 1 and not _fits_message([note, *_flatten(drawn), *last]):
        drawn = drawn[1:]
    blocks = _flatten(drawn)
    while not _fits_message([note, *blocks, *last]):
        blocks.pop(0)
    return [note, *blocks, *last]


def _flatten(drawn: list[list[Json]]) -> list[Json]:
    """Put the replies one below the other, with cards set apart."""
    blocks: list[Json] = []
    for part in drawn:
        apart = blocks and part and part[0]["type"] == "header"
        blocks += [DIVIDER, *part] if apart else part
    return blocks


def _fits_message(blocks: list[Json]) -> bool:
    if len(blocks) > BLOCKS:
        return False
    # Counting characters is slow, and there are never more of them than bytes.
    return len(orjson.dumps(blocks)) <= TOTAL or count_characters(blocks) <= TOTAL


def _draw_reply(reply: Reply, *, asks: bool, number: int) -> list[Json]:
    body = draw_card(reply.card) if reply.card else _draw_words(reply)
    return [*body, *(_draw_choices(reply, number) if asks else [])]


def _draw_words(reply: Reply) -> list[Json]:
    progress = [context(_draw_progress(reply.progress))] if reply.progress else []
    lead, _, asked = _strip_progress(reply).rpartition("\n\n")
    if not reply.buttons:
        lead, asked = _strip_progress(reply), ""
    *before, lead = split(lead, _LONGEST_TEXT) or [""]
    parts = [rich_text(lead)] if lead else []
    if asked:
        first, _, rest = asked.partition("\n")
        gap = "\n\n" if lead else ""
        parts += [rich_text(gap + cut(first, _LONGEST_TEXT), bold=True)]
        parts += [rich_text("\n" + cut(rest, _LONGEST_TEXT))] if rest else []
    whole = [paragraph(rich_text(each)) for each in before]
    return [*progress, *whole, *([paragraph(*parts)] if parts else [])]


def _strip_progress(reply: Reply) -> str:
    """Strip 【1/14】 from the words, since a bar stands above them."""
    progress = reply.progress
    mark = f"【{progress.position}/{progress.total}】" if progress else ""
    return reply.text.replace(mark, "", 1).strip()


def _draw_progress(progress: Progress) -> str:
    done = "▰" * progress.position + "▱" * (progress.total - progress.position)
    return f"{progress.position}/{progress.total}　{done}"


def _draw_choices(reply: Reply, number: int) -> list[Json]:
    offered = [each for each in reply.choices if each.value not in NOT_FOR_STAFF]
    ways_out = [each for each in reply.controls if each.value not in NOT_FOR_STAFF]
    if any((read_value(each.value) or ("",))[0] == "region" for each in offered):
        select_place = _draw_place_select(reply.place, f"{CHOICE}:{number}:place")
        rows = actions([*_draw_buttons(_drop_regions(offered), number), select_place])
    else:
        rows = actions(_draw_buttons(offered, number))
    return [*rows, *actions(_draw_buttons(ways_out, number, first=len(offered)))]


def _drop_regions(offered: list[Choice]) -> list[Choice]:
    """Drop regions, since all prefectures stand in one list here."""
    return [each for each in offered if (read_value(each.value) or ("",))[0] != "region"]


def _draw_buttons(choices: list[Choice], number: int, first: int = 0) -> list[Json]:
    return [
        button(each.label, f"{CHOICE}:{number}:{at}", each.value, style=_STYLES[each.main])
        for at, each in enumerate(choices, first)
    ]


def _draw_place_select(question: str, action: str) -> Json:
    places = [choice(name, question, code) for code, name in PREFECTURES.items()]
    places.append(choice(UNKNOWN.label, question, UNKNOWN.id))
    return select(wording.CHOOSE_PREFECTURE, action, places)


# --- cards ----------------------------------------------------------------------------------------


def draw_card(card: Card) -> list[Json]:
    """Draw a card as a title, its sections and its links."""
    subtitle = [context(card.subtitle)] if card.subtitle else []
    sections = [_draw_section(each) for each in card.sections if any(each.lines)]
    links = [paragraph(*_draw_links(card))] if card.links else []
    body = (*links, *sections) if card.links_first else (*sections, *links)
    return [header(card.title), *subtitle, *body]


def _draw_section(section: Section) -> Json:
    lines = cut("\n".join(section.lines), _LONGEST_TEXT)
    if section.small:
        heading = f"{section.heading}\n" if section.heading else ""
        return context(heading + lines)
    heading_part = [rich_text(f"{section.heading}\n", bold=True)] if section.heading else []
    return paragraph(*heading_part, rich_text(lines))


def _draw_links(card: Card) -> list[list[Json]]:
    parts: list[list[Json]] = []
    for link in card.links:
        break_ = "\n" if parts else ""
        note = f"　{link.note}" if link.note else ""
        parts += [rich_text(f"{break_}{link.label}: ", bold=True), rich_text(link.target + note)]
    return parts

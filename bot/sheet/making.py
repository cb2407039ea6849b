"""Make an owner's sheet from the conversation.

It says only what they told, and what a source holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.interview.standing import replay_flow
from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation
from bot.model.turn import Context, KeepSheet
from bot.presentation.source_lines import FULL_WIDTH, is_from_elsewhere, title_source
from bot.presentation.wording import say
from bot.sheet.advice import expert_part, path_part, remarks_part, steps_part
from bot.sheet.check_ins import check_in_parts
from bot.sheet.links import keep_sheet
from bot.sheet.numbers import figure_parts
from bot.sheet.office import office_part, words_part
from bot.sheet.papers import application_part, papers_part
from bot.sheet.sheet import Cited, Form, Part, Sheet, cites_of, with_box_ids
from bot.sheet.situation import open_part, situation_part, today_steps_part, urgent_part
from flows.assessment import Assessment
from flows.flow import ASSESSMENT
from knowledge import sources
from knowledge.library import Library

MONTHS = 6
"""Columns of the cash on a sheet, unless others are wanted."""

CITED_AT_MOST = 2
"""Sources of a line. More would not fit on paper, and the first hold what it says."""


def make_sheet(conversation: Conversation, context: Context, months: int = MONTHS) -> Sheet | None:
    """Make the sheet of the answers so far, or None before any."""
    if not (conversation.answers or conversation.figures or _has_checked(conversation)):
        return None
    place = conversation.answers.get(context.programme.place, ("",))[0]
    parts = tuple(
        with_box_ids(_cite_less(part, context.library, place))
        for part in _parts(conversation, context, months)
        if part.lines or part.form is Form.ROOM
    )
    made_on = context.now.astimezone(JAPAN).date()
    sheet = Sheet(made_on, parts, tuple(_list_cited(parts, context.library)))
    return sheet.with_ticks(conversation.ticked)


def keep_drawn_sheet(
    conversation: Conversation, part: str, context: Context, months: int = MONTHS
) -> KeepSheet | None:
    """Keep the sheet with the drawing of a part, where chats can fetch it."""
    page = context.page
    can_fetch = page is not None and page.has_pdf and page.address.startswith("https://")
    if page is None or not can_fetch:
        return None
    sheet = make_sheet(conversation, context, months)
    is_drawn = sheet is not None and sheet.drawing(part) is not None
    return keep_sheet(sheet, page, context) if sheet and is_drawn else None


def _parts(conversation: Conversation, context: Context, months: int) -> Iterator[Part]:
    """List the parts in reading order, with empty ones."""
    assessment = _assessment(conversation, context)
    path = assessment.route.main.path if assessment else None
    yield situation_part(conversation, context)
    yield urgent_part(conversation, context)
    yield today_steps_part(conversation, context)
    if assessment:
        yield path_part(assessment)
    yield office_part(conversation, path, context)
    yield words_part(conversation, path, context)
    if assessment:
        yield steps_part(assessment)
    yield papers_part(path, context)
    # Who reports against a plan has applied for one, and found an expert.
    if assessment and not _has_checked(conversation):
        yield application_part(conversation, assessment, context.programme)
        yield expert_part(conversation.answers, assessment, context.programme)
    yield open_part(conversation, context)
    if assessment:
        yield remarks_part(assessment)
    today = context.now.astimezone(JAPAN).date()
    yield from check_in_parts(conversation, context.programme.follow_up)
    yield from figure_parts(conversation.figures, today, context.library, months)
    yield Part("notes", say("sheet.notes_heading"), Form.ROOM)


def _has_checked(conversation: Conversation) -> bool:
    return conversation.follow_up is not None and bool(conversation.follow_up.check_ins)


def _assessment(conversation: Conversation, context: Context) -> Assessment | None:
    """Assess the answers of an interview that has come to its result."""
    stands = replay_flow(conversation, context.programme)
    is_assessed = stands is not None and stands.state == ASSESSMENT
    return context.programme.assess(conversation.answers) if is_assessed else None


def _cite_less(part: Part, library: Library, place: str) -> Part:
    """Leave each line its first sources, those of other prefectures where there are others."""
    lines = (replace(line, cites=_near(line.cites, library, place)) for line in part.lines)
    return replace(part, lines=tuple(lines), cites=_near(part.cites, library, place))


def _near(ids: tuple[str, ...], library: Library, place: str) -> tuple[str, ...]:
    near = [each for each in ids if not is_from_elsewhere(library.sources[each], place)]
    return tuple(near or ids)[:CITED_AT_MOST]


def _list_cited(parts: tuple[Part, ...], library: Library) -> Iterator[Cited]:
    """List every source cited, once, in the order of the lines."""
    for source in map(library.sources.__getitem__, dict.fromkeys(cites_of(parts))):
        date = sources.in_words(source.date)
        yield Cited(source.id, title_source(source), date.translate(FULL_WIDTH), source.url)

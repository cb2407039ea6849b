"""Review the answers of a week.

It lists those that did not help, those asked most, and those never given. It holds counts and our
own questions, no owner's words, and so has nothing to lose later.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.analytics.answer_use import AnswerUse, Review, begin_review, review_answers
from bot.channels.slack.knowledge import wording
from bot.channels.slack.knowledge.list_view import LIST
from bot.channels.slack.ui.blocks import (
    DIVIDER,
    Json,
    actions,
    button,
    context,
    header,
    paragraph,
    rich_text,
)
from bot.model import business_hours
from bot.presentation.limits import cut
from bot.store import Store
from knowledge.faq.answers import Faq
from knowledge.library import Library

CORRECT = "answer:correct"
"""Opens the form for a better answer. Its value is the id of the entry."""

MISSED, GIVEN, UNUSED = 8, 5, 5
"""Entries of each kind that are named. The rest is counted."""

_QUESTION = 60
"""Characters shown of a question."""


async def gather_review(store: Store, library: Library, now: datetime) -> Json | None:
    """Draw the review of the week up to yesterday, or None.

    None where nothing was asked.
    """
    today = now.astimezone(business_hours.JAPAN).date() - timedelta(days=1)
    counts = await store.records.list_counts(begin_review(today), today)
    review = review_answers(counts, today, (each.id for each in library.faq.entries))
    return None if review.is_empty else draw_review(review, library.faq)


def is_first_of_week(now: datetime) -> bool:
    """Tell whether today is the first working day of its week."""
    day = now.astimezone(business_hours.JAPAN)
    monday = (day - timedelta(days=day.weekday())).replace(hour=0, minute=0, second=0)
    return business_hours.next_opening(monday).date() == day.date()


def draw_review(review: Review, faq: Faq) -> Json:
    """Draw the message for the desk's channel."""
    blocks = [
        header(wording.REVIEW),
        context(wording.REVIEW_HOW),
        *_draw_missed(review, faq),
        DIVIDER,
        *_draw_lists(review, faq),
    ]
    return {"text": wording.count_missed(len(review.missed)), "blocks": blocks}


def _draw_missed(review: Review, faq: Faq) -> Iterator[Json]:
    if not review.missed:
        yield context(wording.NONE_MISSED)
    for use in review.missed[:MISSED]:
        lines = (
            rich_text(_question(use.entry, faq), bold=True),
            rich_text(f"\n{_describe_use(use)}"),
        )
        yield paragraph(*lines)
        yield from actions([button(wording.CORRECT_ANSWER_BUTTON, CORRECT, use.entry)])
    if len(review.missed) > MISSED:
        yield context(wording.count_other_answers(len(review.missed) - MISSED))


def _draw_lists(review: Review, faq: Faq) -> Iterator[Json]:
    often = [f"・{_question(use.entry, faq)}（{use.given}）" for use in review.given[:GIVEN]]
    unused = [f"・{_question(entry, faq)}" for entry in review.unused[:UNUSED]]
    yield from _draw_list(wording.ASKED_OFTEN, often)
    yield from _draw_list(wording.count_unused(len(review.unused)), unused)
    if review.unanswered:
        yield paragraph(rich_text(wording.count_unanswered(review.unanswered)))
        yield from actions([button(wording.SEE_UNANSWERED, LIST)])


def _draw_list(heading: str, lines: list[str]) -> Iterator[Json]:
    if lines:
        yield paragraph(rich_text(heading, bold=True), rich_text("\n" + "\n".join(lines)))


def _question(entry_id: str, faq: Faq) -> str:
    entry = faq.get(entry_id)
    return cut(entry.question if entry else entry_id, _QUESTION)


def _describe_use(use: AnswerUse) -> str:
    return wording.say_judged(use.missed, use.helped, use.given)

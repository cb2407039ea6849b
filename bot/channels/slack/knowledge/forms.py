"""Draw and read the forms of new knowledge.

They take a new answer, another way to ask, or words for an answer of the interview. The fields bear
the names of the amendment's, so that its faults can be shown beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.channels.slack.knowledge import wording
from bot.channels.slack.knowledge.list_view import ANSWER, EXAMPLE, LINK, TROUBLE
from bot.channels.slack.ui.blocks import (
    Json,
    grouped_select,
    input_block,
    modal,
    quotation,
    select,
    text_field,
)
from bot.channels.slack.ui.fields import checkbox
from bot.channels.slack.web.events import ViewSubmission
from bot.dialogue.faq.questions import DESPAIR_ENTRY
from bot.model.messages import Choice
from bot.presentation.limits import cut
from flows.flow import Question
from knowledge.amendments import NewEntry, NewExample, NewPhrasing
from knowledge.amendments.form import PHRASING, PHRASINGS
from knowledge.faq.answers import Entry, Faq, Match

NEAREST = 5
"""Likely entries that stand first."""

NOT_FOR_LINKS = frozenset({DESPAIR_ENTRY})
"""Entries that staff may not change. The way to the helplines has tests of its own."""

_SHOWN = 300
"""Characters shown of a question."""


def draw_answer_form(
    private: str, *, asked: str = "", others: Iterable[str] = (), answer: str = ""
) -> Json:
    """Draw the form for a new answer.

    `asked`, the `others` who asked the same, and `answer` stand in it already.
    """
    phrasings = [_join_lines(each) for each in others if len(_join_lines(each)) <= PHRASING]
    ways = "\n".join(phrasings[:PHRASINGS])
    personal, ways_hint = wording.NOTHING_PERSONAL, wording.PHRASINGS_HINT
    source_hint, confirm = wording.SOURCE_HINT, wording.CONFIRM_LABEL
    many = text_field("typed", ways, several_lines=True)
    long = text_field("typed", answer, several_lines=True)
    blocks = [
        input_block(
            wording.QUESTION_LABEL,
            "question",
            text_field("typed", _join_lines(asked)),
            hint=personal,
        ),
        input_block(wording.PHRASINGS_LABEL, "phrasings", many, hint=ways_hint, optional=True),
        input_block(wording.ANSWER_LABEL, "answer", long, hint=personal),
        input_block(
            wording.SOURCE_LABEL, "source", text_field("typed"), hint=source_hint, optional=True
        ),
        input_block(
            wording.CONFIRM_TITLE, "confirm", checkbox("ticked", confirm, "yes"), optional=True
        ),
    ]
    return modal(
        ANSWER, wording.ANSWER_TITLE, blocks, submit=wording.ANSWER_SUBMIT, private=private
    )


def draw_link_form(private: str, asked: str, faq: Faq, chosen: str = "") -> Json:
    """Draw the form for another way to ask, the nearest entries first."""
    nearest = [each for each in faq.rank(asked, NEAREST) if each.entry.id not in NOT_FOR_LINKS]
    entry = grouped_select(wording.CHOOSE_ENTRY, "chosen", _list_choices(nearest, faq), chosen)
    typed = text_field("typed", _join_lines(asked))
    blocks = [
        quotation(cut(asked, _SHOWN)),
        input_block(wording.ENTRY_LABEL, "entry", entry),
        input_block(wording.PHRASING_LABEL, "phrasing", typed, hint=wording.NOTHING_PERSONAL),
    ]
    return modal(LINK, wording.LINK_TITLE, blocks, submit=wording.LINK_SUBMIT, private=private)


def draw_example_form(
    private: str,
    asked: str,
    questions: Iterable[Question],
    open_question: str = "",
    chosen: str = "",
) -> Json:
    """Draw the form that says which option of the interview these words mean.

    Those of the question that was open come first; `chosen` is chosen already.
    """
    in_order = sorted(questions, key=lambda each: each.id != open_question)
    groups = [(each.title, _list_options(each)) for each in in_order]
    option = grouped_select(wording.CHOOSE_OPTION, "chosen", groups, chosen)
    blocks = _label_words(asked, wording.OPTION_LABEL, option)
    return modal(
        EXAMPLE, wording.EXAMPLE_TITLE, blocks, submit=wording.EXAMPLE_SUBMIT, private=private
    )


def draw_trouble_form(private: str, asked: str, trouble: Question) -> Json:
    """Draw the form that says of which trouble these words speak."""
    option = select(wording.CHOOSE_OPTION, "chosen", _list_options(trouble))
    blocks = _label_words(asked, wording.TROUBLE_LABEL, option)
    return modal(
        TROUBLE, wording.TROUBLE_TITLE, blocks, submit=wording.EXAMPLE_SUBMIT, private=private
    )


def _label_words(asked: str, label: str, option: Json) -> list[Json]:
    """Draw an owner's words, what they mean, and the words as they will be kept."""
    typed = text_field("typed", _join_lines(asked))
    return [
        quotation(cut(asked, _SHOWN)),
        input_block(label, "option", option),
        input_block(wording.EXAMPLE_LABEL, "text", typed, hint=wording.EXAMPLE_HINT),
    ]


def _list_options(question: Question) -> list[Choice]:
    return [Choice(each.label, f"{question.id}|{each.id}") for each in question.options]


def _list_choices(nearest: Iterable[Match], faq: Faq) -> Iterable[tuple[str, list[Choice]]]:
    """List the entries by topic after the nearest, each once."""
    first = {each.entry.id: each.entry for each in nearest}
    topics: dict[str, list[Choice]] = {}
    for entry in faq.entries:
        if entry.id not in first and entry.id not in NOT_FOR_LINKS:
            topics.setdefault(entry.topic or wording.OTHER_TOPICS, []).append(_make_choice(entry))
    return [(wording.NEAREST, [_make_choice(each) for each in first.values()]), *topics.items()]


def _make_choice(entry: Entry) -> Choice:
    return Choice(entry.question, entry.id)


def read_entry(sent: ViewSubmission, signed: Mapping[str, Any]) -> NewEntry:
    """Read a new answer from its form."""
    values = sent.values
    return NewEntry(
        question=values.get("question", ""),
        answer=values.get("answer", ""),
        phrasings=tuple(values.get("phrasings", "").splitlines()),
        source=values.get("source", ""),
        confirm=bool(values.get("confirm", "")),
        **signed,
    )


def read_phrasing(sent: ViewSubmission, signed: Mapping[str, Any]) -> NewPhrasing:
    """Read another way to ask from its form."""
    entry, phrasing = sent.values.get("entry", ""), sent.values.get("phrasing", "")
    return NewPhrasing(entry="" if entry in NOT_FOR_LINKS else entry, phrasing=phrasing, **signed)


def read_example(sent: ViewSubmission, signed: Mapping[str, Any]) -> NewExample:
    """Read words that mean an option from their form."""
    question, _, option = sent.values.get("option", "").partition("|")
    return NewExample(question=question, option=option, text=sent.values.get("text", ""), **signed)


def _join_lines(text: str) -> str:
    return " ".join(text.split())

"""Draw the file of a case, its form, and its plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.channels.slack.case_file import wording
from bot.channels.slack.ui.blocks import (
    Json,
    actions,
    button,
    context,
    header,
    input_block,
    modal,
    paragraph,
    preformatted,
    rich_text,
    text_field,
)
from bot.channels.slack.ui.fields import date_field
from bot.handoff.case_filing import mark_details
from bot.interview.case_file import FilePart, write_as_text
from bot.model.case_details import LONGEST, CaseDetails, from_dict
from bot.presentation.limits import cut

OPEN, EDIT, COPY = "file:open", "file:edit", "file:copy"

_ONE_LINE = 150
"""Most characters of a field of one line."""

_PART, _TEXT = 2500, 9000

_DAYS = {"due_on": wording.DUE_ON, "next_by": wording.NEXT_BY}
_FIELDS: Mapping[str, tuple[str, str, bool]] = {
    "story": (wording.STORY, wording.STORY_HINT, False),
    "due_on": (wording.DUE_ON, "", False),
    "due_what": (wording.DUE_WHAT, wording.DUE_HINT, False),
    "notice": (wording.NOTICE, wording.NOTICE_HINT, True),
    "loans": (wording.LOANS, wording.LOANS_HINT, True),
    "guarantor": (wording.GUARANTOR, wording.GUARANTOR_HINT, False),
    "papers": (wording.PAPERS, wording.PAPERS_HINT, True),
    "advised": (wording.ADVISED, wording.ADVISED_HINT, True),
    "next_step": (wording.NEXT_STEP, wording.NEXT_HINT, True),
    "next_by": (wording.NEXT_BY, "", False),
}
"""Label, hint and whether there are several lines, in the order of asking."""


def draw_file(
    case_id: str, name: str, parts: Sequence[FilePart], note: str = "", more: Sequence[Json] = ()
) -> Json:
    """Draw the file.

    `note` says what is still to come, `more` are further buttons.
    """
    blocks = [
        header(name),
        *(_draw_part(each) for each in parts),
        *([context(note)] if note else []),
        *actions(
            [
                button(wording.EDIT_BUTTON, EDIT, case_id, style="primary"),
                button(wording.COPY_BUTTON, COPY, case_id),
                *more,
            ]
        ),
    ]
    return modal(OPEN, wording.TITLE, blocks, private=case_id)


def _draw_part(part: FilePart) -> Json:
    words = cut("\n".join(part.lines), _PART)
    return paragraph(rich_text(f"{part.heading}\n", bold=True), rich_text(words))


def draw_form(
    case_id: str, details: CaseDetails, beneath: str = "", *, callback: str = EDIT
) -> Json:
    """Draw the form with the known details.

    `beneath` is the ID of the view it lies on, if any.
    """
    fields = [
        input_block(label, name, _draw_field(name, details, several), hint=hint, optional=True)
        for name, (label, hint, several) in _FIELDS.items()
    ]
    private = "|".join((case_id, mark_details(details), beneath))
    return modal(
        callback,
        wording.EDIT_TITLE,
        [context(wording.EDIT_HOW), *fields],
        submit=wording.SAVE,
        private=private,
    )


def _draw_field(name: str, details: CaseDetails, several: bool) -> Json:  # noqa: FBT001 - a column of the table
    known = getattr(details, name)
    if name in _DAYS:
        return date_field(name, known.isoformat() if known else "")
    most = LONGEST if several else _ONE_LINE
    return text_field(name, known, several_lines=several, most=most)


def read_form(values: Mapping[str, str]) -> CaseDetails:
    """Read the details from a form.

    Raises ValueError for a day that does not exist.
    """
    return from_dict({name: values.get(name, "") for name in _FIELDS})


def draw_copy(parts: Sequence[FilePart]) -> Json:
    """Draw the file as plain text, to copy."""
    text = cut(write_as_text(parts), _TEXT)
    return modal(COPY, wording.COPY_TITLE, [context(wording.COPY_HOW), preformatted(text)])

"""Saved replies as a list, and the form in which one is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.channels.slack.replies import wording
from bot.channels.slack.replies.saved_texts import SavedText, find_unknown_fields
from bot.channels.slack.ui.blocks import (
    DIVIDER,
    Json,
    actions,
    button,
    confirmation,
    context,
    input_block,
    modal,
    paragraph,
    rich_text,
    text_field,
)
from bot.channels.slack.ui.fields import checkbox
from bot.presentation.limits import cut

LIST, EDIT, DELETE = "saved:list", "saved:edit", "saved:delete"
NAME, TEXT, SHARE, SHARED = "name", "text", "share", "yes"

_SHOWN, _BEGINNING = 24, 120
"""Texts of the list, three blocks each, and characters of each that are shown."""
_LONGEST_NAME, _LONGEST_TEXT = 60, 2000


def draw_list(saved: Sequence[SavedText]) -> Json:
    """Draw the replies this user may use, with their buttons."""
    blocks = [
        context(wording.SAVED_HOW),
        *actions([button(wording.NEW_BUTTON, EDIT, style="primary")]),
        *(block for each in saved[:_SHOWN] for block in _draw_saved(each)),
        *([] if saved else [context(wording.NO_SAVED)]),
    ]
    return modal(LIST, wording.SAVED_TITLE, blocks)


def _draw_saved(saved: SavedText) -> list[Json]:
    group = wording.OWN_GROUP if saved.staff else wording.SHARED_GROUP
    sure = confirmation(wording.DELETE_ASK, wording.DELETE_EXPLAIN, wording.DELETE_YES)
    return [
        DIVIDER,
        paragraph(
            rich_text(saved.title, bold=True),
            rich_text(f"（{group}）\n{cut(saved.text, _BEGINNING)}"),
        ),
        *actions(
            [
                button(wording.EDIT_BUTTON, EDIT, saved.name),
                button(wording.DELETE_BUTTON, DELETE, saved.name, confirm=sure),
            ]
        ),
    ]


def draw_form(known: SavedText | None, beneath: str) -> Json:
    """Draw the form.

    `beneath` is the ID of the list it lies on.
    """
    shown = known or SavedText("", "", "")
    is_shared = known is not None and not known.staff
    box = checkbox(SHARE, wording.SHARE_YES, SHARED, ticked=is_shared)
    return modal(
        EDIT,
        wording.EDIT_TITLE,
        [
            context(wording.SAVED_HOW),
            input_block(
                wording.NAME,
                NAME,
                text_field(NAME, shown.title, most=_LONGEST_NAME),
                hint=wording.NAME_HINT,
            ),
            input_block(
                wording.TEXT,
                TEXT,
                text_field(TEXT, shown.text, several_lines=True, most=_LONGEST_TEXT),
            ),
            input_block(wording.SHARE, SHARE, box, optional=True),
        ],
        submit=wording.SAVE,
        private=f"{shown.name}|{beneath}",
    )


def read_form(name: str, user: str, values: Mapping[str, str]) -> SavedText:
    """Read the reply from its form."""
    staff = "" if values.get(SHARE) == SHARED else user
    return SavedText(name, values.get(NAME, "").strip(), values.get(TEXT, "").strip(), staff)


def _find_fault(text: str) -> str:
    """Say what is wrong with the words of a saved reply, or ""."""
    unknown = find_unknown_fields(text)
    return (
        wording.refuse_unknown_fields(unknown)
        if unknown
        else ("" if text else wording.TEXT_MISSING)
    )


def find_problems(saved: SavedText) -> dict[str, str]:
    """Find the missing fields, with a sentence for each."""
    found = {
        NAME: "" if saved.title else wording.NAME_MISSING,
        TEXT: _find_fault(saved.text),
    }
    return {field: problem for field, problem in found.items() if problem}

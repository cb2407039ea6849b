"""Draw the offices of a prefecture with their numbers, for staff to check."""

from __future__ import annotations

from collections.abc import Iterable

from bot.channels.slack.knowledge import wording
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
from bot.presentation.cards.contact import phone_line, phone_lines
from bot.presentation.limits import cut
from flows.flow import Answers
from flows.programme import Programme
from knowledge import sources
from knowledge.amendments import Amendment, PhoneConfirmed, PhoneCorrected
from knowledge.amendments.other_offices import Office, numbers_of
from knowledge.directory.centers import Center, Offices
from knowledge.place_names.places import PREFECTURES

SHOW, CONFIRM, CORRECT = "number:show", "number:confirm", "number:correct"
CORRECT_OTHER = "number:correct_other"

_HISTORY = 3
"""Latest amendments shown of a number."""

_LONGEST = 1000
"""Most characters of one block of the card."""


def draw_number_buttons(answers: Answers, programme: Programme) -> list[Json]:
    """Draw the button to the card of the owner's prefecture."""
    code = next(iter(answers.get(programme.place, ())), "")
    return [button(wording.NUMBERS_TITLE, SHOW, code)] if code in PREFECTURES else []


def draw_number_card(offices: Offices, amendments: Iterable[Amendment], note: str = "") -> Json:
    """Draw the council as a modal, the prefecture's other offices below.

    `amendments` are all that count, `note` says what has just happened.
    """
    center = offices.center
    lines = cut("\n".join(phone_lines(center, None)), _LONGEST)
    numbers = [block for each in center.phones for block in _draw_number(center, each.number)]
    blocks = [
        *([paragraph(rich_text(note, bold=True)), DIVIDER] if note else []),
        paragraph(
            rich_text(center.name, bold=True), rich_text(f"\n{center.host}" if center.host else "")
        ),
        *(numbers or [paragraph(rich_text(lines)), *_draw_buttons(center.code, "")]),
        *([context(known)] if (known := _list_history(center.code, amendments)) else []),
        context(wording.NUMBER_HOW),
        DIVIDER,
        *_draw_others(offices),
    ]
    return modal("number:card", wording.NUMBERS_TITLE, blocks, private=center.code)


def draw_correction_form(value: str, callback: str = CORRECT) -> Json:
    """Draw the form for another number.

    `value` names the office, and after the last bar the number that is shown.
    """
    old = value.rpartition("|")[2]
    where, hint = wording.NUMBER_WHERE, wording.NUMBER_WHERE_HINT
    blocks = [
        *([context(wording.show_number(old))] if old else []),
        input_block(wording.NUMBER_LABEL, "new", text_field("typed"), hint=wording.NUMBER_EXAMPLE),
        input_block(where, "where", text_field("typed"), hint=hint, optional=True),
    ]
    return modal(
        callback, wording.CORRECT_BUTTON, blocks, submit=wording.CORRECT_SUBMIT, private=value
    )


def _draw_others(offices: Offices) -> list[Json]:
    """Draw the other offices, each with a button to correct its number."""
    listed: tuple[tuple[str, Office], ...] = (
        ("yorozu", offices.yorozu),
        *(("guarantee", each) for each in offices.guarantee_associations),
        ("smrj", offices.branch),
    )
    return [block for kind, office in listed for block in _draw_other(kind, office)]


def _draw_other(kind: str, office: Office) -> list[Json]:
    phone = next(iter(numbers_of(office)), None)
    shown = phone_line(phone) if phone else wording.NO_NUMBER
    number = phone.number if phone else ""
    label = wording.CORRECT_BUTTON if number else wording.ADD_BUTTON
    return [
        paragraph(rich_text(f"{office.name}\n", bold=True), rich_text(shown)),
        *actions([button(label, CORRECT_OTHER, f"{kind}|{office.name}|{number}")]),
    ]


def _draw_number(center: Center, number: str) -> list[Json]:
    """Draw a number as owners see it, with its buttons."""
    phone = next(each for each in center.phones if each.number == number)
    shown = cut("\n".join(phone_lines(center, phone)), _LONGEST)
    return [
        paragraph(rich_text(f"{phone.desk}\n", bold=True), rich_text(shown)),
        *_draw_buttons(center.code, number),
    ]


def _draw_buttons(code: str, number: str) -> list[Json]:
    value = f"{code}|{number}"
    asks = confirmation(
        wording.NUMBER_CONFIRM_TITLE, wording.NUMBER_CONFIRM, wording.NUMBER_CONFIRM_YES
    )
    right = button(wording.NUMBER_RIGHT_BUTTON, CONFIRM, value, style="primary", confirm=asks)
    wrong = button(wording.CORRECT_BUTTON if number else wording.ADD_BUTTON, CORRECT, value)
    return actions([right, wrong] if number else [wrong])


def _list_history(code: str, amendments: Iterable[Amendment]) -> str:
    """List the checks of a number with names, the latest first.

    Colleagues see names, owners never.
    """
    lines = [line for each in amendments if (line := _describe_amendment(code, each))]
    return cut("\n".join(lines[: -_HISTORY - 1 : -1]), _LONGEST)


def _describe_amendment(code: str, amendment: Amendment) -> str:
    match amendment:
        case PhoneConfirmed(code=of, number=number) if of == code:
            return wording.say_confirmed(sources.in_words(amendment.on), amendment.by, number)
        case PhoneCorrected(code=of, new=number) if of == code:
            return wording.say_corrected(sources.in_words(amendment.on), amendment.by, number)
    return ""

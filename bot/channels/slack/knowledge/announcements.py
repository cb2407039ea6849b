"""Tell the desk of an amendment, before and after.

No colleague changes alone, or unseen, what every owner reads.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.slack.knowledge import wording
from bot.channels.slack.ui.blocks import (
    Json,
    actions,
    button,
    confirmation,
    context,
    paragraph,
    quotation,
    rich_text,
)
from bot.channels.slack.ui.mrkdwn import escape
from bot.dialogue.faq.questions import entry_text
from bot.model.posts import PostReference
from bot.presentation.cards.contact import phone_line, phone_lines
from bot.presentation.limits import cut
from knowledge.amendments import (
    Amendment,
    Applied,
    NewAnswer,
    NewEntry,
    NewExample,
    NewPhrasing,
    OfficeCorrected,
    PhoneConfirmed,
    PhoneCorrected,
    mark,
)
from knowledge.amendments.other_offices import find_office, numbers_of
from knowledge.library import Library
from knowledge.place_names.places import PREFECTURES

WITHDRAW, APPROVE = "repair:withdraw", "repair:approve"

_SUBJECT, _LONGEST = 400, 2800


@dataclass(frozen=True, slots=True)
class Change:
    """Hold an amendment with the library `before` it and `applied`.

    `waits` says that a second person has still to say yes, `approved_by` who has. `place` is the
    list and group it was made from, if any; it comes back when it is withdrawn. `meaning` names the
    option an example stands for.
    """

    amendment: Amendment
    before: Library
    applied: Applied
    place: str = ""
    waits: bool = False
    approved_by: str = ""
    meaning: str = ""


def draw_announcement(change: Change) -> Json:
    """Draw the message for the desk's channel."""
    lead = _write_lead(change)
    blocks = [
        paragraph(rich_text(lead, bold=True)),
        quotation(_write_subject(change.amendment)),
        *_draw_phrasings(change.amendment),
        *_draw_effect(change),
        *_draw_notes(change),
        *actions(_draw_buttons(change)),
    ]
    return {"text": escape(lead), "blocks": blocks}


def _draw_effect(change: Change) -> list[Json]:
    """Draw the change, an example's option or the new words to owners."""
    if isinstance(change.amendment, NewExample):
        return [paragraph(rich_text(change.meaning or wording.CORRECTION))]
    return [
        context(wording.BEFORE),
        paragraph(rich_text(_show_to_owners(change.amendment, change.before))),
        context(wording.AFTERWARDS if change.waits else wording.NOW),
        paragraph(rich_text(_show_to_owners(change.amendment, change.applied.library))),
    ]


def draw_withdrawn(amendment: Amendment, by: str) -> Json:
    """Draw the announcement of a withdrawn amendment."""
    words = wording.announce_withdrawal(by)
    blocks = [context(f"↩️ {words}"), quotation(_write_subject(amendment))]
    return {"text": escape(words), "blocks": blocks}


def announcement_reference(amendment: Amendment) -> PostReference:
    """Name the post of an amendment's announcement."""
    return PostReference.of_announcement(mark(amendment))


def describe_change(amendment: Amendment, applied: Applied) -> str:
    """Describe, for a list, how a question was settled.

    The words are those of staff, none of owners.
    """
    match amendment:
        case NewPhrasing(entry=id_):
            entry = applied.library.faq.get(id_)
            return wording.say_linked(cut(entry.question, 60)) if entry else wording.LINKED
        case NewEntry(question=asked):
            return wording.say_answered(cut(asked, 60))
        case NewExample():
            return wording.LEARNED
    return wording.HANDLED


def _write_lead(change: Change) -> str:
    by = change.amendment.by
    if change.waits:
        return f"🔎 {wording.announce_waiting(by)}"
    if isinstance(change.amendment, PhoneConfirmed | PhoneCorrected | OfficeCorrected):
        return f"✅ {wording.announce_number(by)}"
    if isinstance(change.amendment, NewExample):
        return f"✅ {wording.announce_example(by)}"
    return f"✅ {wording.announce_answer(by)}"


def _draw_notes(change: Change) -> list[Json]:
    known = mark(change.amendment)
    why = next((each.why for each in change.applied.aside if mark(each.amendment) == known), "")
    notes = [
        wording.warn_not_used(why) if why else "",
        wording.credit_approval(change.approved_by) if change.approved_by else "",
        _say_what_next(change),
    ]
    return [context(note) for note in notes if note]


def _say_what_next(change: Change) -> str:
    if isinstance(change.amendment, NewExample):
        return wording.EXAMPLE_HOW
    return wording.SECOND_HOW if change.waits else wording.UNDO_HOW


def _draw_buttons(change: Change) -> list[Json]:
    value = f"{mark(change.amendment)}|{change.place}"
    undo = confirmation(wording.UNDO_TITLE, wording.UNDO, wording.UNDO_BUTTON)
    withdraw = button(wording.UNDO_BUTTON, WITHDRAW, value, confirm=undo)
    if not change.waits:
        return [withdraw]
    sure = confirmation(wording.APPROVE_TITLE, wording.APPROVE, wording.APPROVE_YES)
    return [button(wording.APPROVE_BUTTON, APPROVE, value, style="primary", confirm=sure), withdraw]


def _show_to_owners(amendment: Amendment, library: Library) -> str:
    """Write in full how owners see this library's answer or number.

    A colleague is to judge all of it.
    """
    match amendment:
        case NewEntry(id=id_) | NewAnswer(entry=id_):
            entry = library.faq.get(id_)
            return cut(entry_text(entry, library), _LONGEST) if entry else wording.NO_ANSWER
        case NewPhrasing(entry=id_, phrasing=phrasing):
            entry = library.faq.get(id_)
            if entry is None or phrasing not in entry.phrasings:
                return wording.NOT_LINKED
            return cut(entry_text(entry, library), _LONGEST)
        case OfficeCorrected(office=kind, name=name):
            office = find_office(library.directory, kind, name)
            found = numbers_of(office) if office else ()
            return "\n".join(
                (name, *map(phone_line, found)) if found else (name, wording.NO_NUMBER)
            )
        case PhoneConfirmed(code=code) | PhoneCorrected(code=code) if code in PREFECTURES:
            center = library.directory.for_prefecture(code).center
            numbers = [line for each in center.phones for line in phone_lines(center, each)]
            return cut("\n".join((center.name, *numbers)), _LONGEST)
    return "―"


def _draw_phrasings(amendment: Amendment) -> list[Json]:
    if not isinstance(amendment, NewEntry) or not amendment.phrasings:
        return []
    words = wording.list_phrasings(amendment.phrasings)
    return [paragraph(rich_text(cut(words, _LONGEST)))]


def _write_subject(amendment: Amendment) -> str:
    """Write the subject of an amendment in a line."""
    match amendment:
        case NewEntry(question=asked) | NewPhrasing(phrasing=asked) | NewExample(text=asked):
            return cut(asked, _SUBJECT)
        case PhoneConfirmed(number=number):
            return wording.name_confirmation(number)
        case PhoneCorrected(old=old, new=new) | OfficeCorrected(old=old, new=new):
            return wording.name_correction(old, new)
    return wording.CORRECTION

"""What the desk is told of an amendment: before, after, by whom, and what anybody there can do.

No colleague changes alone, or unseen, what every owner reads.
"""

from __future__ import annotations

from dataclasses import dataclass

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
from bot.dialogue.questions import entry_text
from bot.presentation import staff_wording
from bot.presentation.contact import phone_lines
from bot.presentation.limits import cut
from knowledge.amendments import (
    Amendment,
    Applied,
    NewAnswer,
    NewEntry,
    NewPhrasing,
    PhoneConfirmed,
    PhoneCorrected,
    mark,
)
from knowledge.library import Library
from knowledge.place_names.places import PREFECTURES

WITHDRAW, APPROVE = "repair:withdraw", "repair:approve"

_SUBJECT, _LONGEST = 400, 2800


@dataclass(frozen=True, slots=True)
class Change:
    """An amendment with the library `before` it and as `applied` with it.

    `waits` says that a second person has still to say yes, `approved_by` who has. `place` is the
    list and group it was made from, if any; it comes back when it is withdrawn.
    """

    amendment: Amendment
    before: Library
    applied: Applied
    place: str = ""
    waits: bool = False
    approved_by: str = ""


def draw_announcement(change: Change) -> Json:
    """The message for the desk's channel."""
    lead = _write_lead(change)
    blocks = [
        paragraph(rich_text(lead, bold=True)),
        quotation(_write_subject(change.amendment)),
        *_draw_phrasings(change.amendment),
        context(staff_wording.BEFORE),
        paragraph(rich_text(_show_to_owners(change.amendment, change.before))),
        context(staff_wording.AFTERWARDS if change.waits else staff_wording.NOW),
        paragraph(rich_text(_show_to_owners(change.amendment, change.applied.library))),
        *_draw_notes(change),
        *actions(_draw_buttons(change)),
    ]
    return {"text": escape(lead), "blocks": blocks}


def draw_withdrawn(amendment: Amendment, by: str) -> Json:
    """What stands in its place when it was withdrawn."""
    words = staff_wording.undone(by)
    blocks = [context(f"↩️ {words}"), quotation(_write_subject(amendment))]
    return {"text": escape(words), "blocks": blocks}


def announcement_reference(amendment: Amendment) -> str:
    """The name of the message's post."""
    return f"amended:{mark(amendment)}"


def describe_change(amendment: Amendment, applied: Applied) -> str:
    """What was done about a question, for a list: words of staff, none of owners."""
    match amendment:
        case NewPhrasing(entry=id_):
            entry = applied.library.faq.get(id_)
            return f"「{cut(entry.question, 60)}」に結びました" if entry else "結びました"
        case NewEntry(question=asked):
            return f"回答を作りました「{cut(asked, 60)}」"
    return "対応しました"


def _write_lead(change: Change) -> str:
    by = change.amendment.by
    if change.waits:
        return f"🔎 {staff_wording.waits_for_second(by)}"
    if isinstance(change.amendment, PhoneConfirmed | PhoneCorrected):
        return f"✅ {staff_wording.shown_now(by)}"
    return f"✅ {staff_wording.answers_now(by)}"


def _draw_notes(change: Change) -> list[Json]:
    known = mark(change.amendment)
    why = next((each.why for each in change.applied.aside if mark(each.amendment) == known), "")
    notes = [
        f"⚠️ {staff_wording.NOT_USED}（{why}）" if why else "",
        staff_wording.approved(change.approved_by) if change.approved_by else "",
        staff_wording.SECOND_HOW if change.waits else staff_wording.UNDO_HOW,
    ]
    return [context(note) for note in notes if note]


def _draw_buttons(change: Change) -> list[Json]:
    value = f"{mark(change.amendment)}|{change.place}"
    undo = confirmation(staff_wording.UNDO_TITLE, staff_wording.UNDO, "取り消す")
    withdraw = button("取り消す", WITHDRAW, value, confirm=undo)
    if not change.waits:
        return [withdraw]
    sure = confirmation(staff_wording.APPROVE_TITLE, staff_wording.APPROVE, "確認した")
    return [button("確認した（公開する）", APPROVE, value, style="primary", confirm=sure), withdraw]


def _show_to_owners(amendment: Amendment, library: Library) -> str:
    """What owners get of it from this library, whole: a colleague is to judge all of it."""
    match amendment:
        case NewEntry(id=id_) | NewAnswer(entry=id_):
            entry = library.faq.get(id_)
            return cut(entry_text(entry, library), _LONGEST) if entry else staff_wording.NO_ANSWER
        case NewPhrasing(entry=id_, phrasing=phrasing):
            entry = library.faq.get(id_)
            if entry is None or phrasing not in entry.phrasings:
                return staff_wording.NOT_LINKED
            return cut(entry_text(entry, library), _LONGEST)
        case PhoneConfirmed(code=code) | PhoneCorrected(code=code) if code in PREFECTURES:
            center = library.directory.for_prefecture(code).center
            numbers = [line for each in center.phones for line in phone_lines(center, each)]
            return cut("\n".join((center.name, *numbers)), _LONGEST)
    return "―"


def _draw_phrasings(amendment: Amendment) -> list[Json]:
    if not isinstance(amendment, NewEntry) or not amendment.phrasings:
        return []
    words = f"ほかの言い方：{'／'.join(amendment.phrasings)}"
    return [paragraph(rich_text(cut(words, _LONGEST)))]


def _write_subject(amendment: Amendment) -> str:
    """What it is about, in a line."""
    match amendment:
        case NewEntry(question=asked) | NewPhrasing(phrasing=asked):
            return cut(asked, _SUBJECT)
        case PhoneConfirmed(number=number):
            return f"電話番号の確認　{number}"
        case PhoneCorrected(old=old, new=new):
            return f"電話番号の訂正　{old or '（なし）'} → {new}"
    return "訂正"

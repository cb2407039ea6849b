"""What staff are told when they amended something: how the bot now answers, and the way back."""

from __future__ import annotations

from bot.channels.slack.ui.blocks import (
    Json,
    actions,
    button,
    confirmation,
    context,
    paragraph,
    quotation,
    said,
)
from bot.dialogue.questions import entry_text
from bot.presentation import staff_wording
from bot.presentation.center_cards import phone_lines
from bot.presentation.limits import cut
from knowledge.amendments import (
    Amendment,
    Applied,
    NewEntry,
    NewPhrasing,
    PhoneConfirmed,
    PhoneCorrected,
    mark,
)

WITHDRAW = "repair:withdraw"

_SHOWN, _LONGEST = 400, 2000


def told(amendment: Amendment, applied: Applied, place: str = "") -> Json:
    """The message for whoever made it; `applied` is the library with it.

    `place` is the list and group it was made from, if any; it comes back when it is withdrawn.
    """
    lead, lines = _shown(amendment, applied)
    undo = button(
        "取り消す",
        WITHDRAW,
        f"{mark(amendment)}|{place}",
        confirm=confirmation(staff_wording.UNDO_TITLE, staff_wording.UNDO, "取り消す"),
    )
    blocks = [
        paragraph(said(lead, bold=True)),
        *lines,
        context(staff_wording.UNDO_HOW),
        *actions([undo]),
    ]
    return {"text": lead, "blocks": blocks}


def undone(amendment: Amendment) -> Json:
    """What stands in its place when it was withdrawn."""
    blocks = [context(f"↩️ {staff_wording.UNDONE}"), quotation(_subject(amendment))]
    return {"text": staff_wording.UNDONE, "blocks": blocks}


def remembered(amendment: Amendment) -> str:
    """The name of the message's post."""
    return f"amended:{mark(amendment)}"


def what(amendment: Amendment, applied: Applied) -> str:
    """What was done about a question, for a list: words of staff, none of owners."""
    match amendment:
        case NewPhrasing(entry=id_):
            entry = applied.library.faq.get(id_)
            return f"「{cut(entry.question, 60)}」に結びました" if entry else "結びました"
        case NewEntry(question=asked):
            return f"回答を作りました「{cut(asked, 60)}」"
    return "対応しました"


def _shown(amendment: Amendment, applied: Applied) -> tuple[str, list[Json]]:
    """The sentence at the head, and the blocks that show what owners get."""
    if why := next((each.why for each in applied.aside if each.amendment is amendment), ""):
        return f"⚠️ {staff_wording.NOT_USED}", [context(why)]
    library = applied.library
    match amendment:
        case NewEntry(id=id_) | NewPhrasing(entry=id_):
            answer = entry_text(library.faq[id_], library)
            shown = [quotation(_subject(amendment)), paragraph(said(cut(answer, _SHOWN)))]
            return f"✅ {staff_wording.ANSWERS_NOW}", shown
        case PhoneConfirmed(code=code) | PhoneCorrected(code=code):
            center = library.directory.for_prefecture(code).center
            numbers = [line for each in center.phones for line in phone_lines(center, each)]
            lines = "\n".join((center.name, *numbers))
            return f"✅ {staff_wording.SHOWN_NOW}", [paragraph(said(cut(lines, _LONGEST)))]
    return f"✅ {staff_wording.ANSWERS_NOW}", []


def _subject(amendment: Amendment) -> str:
    """What it is about, in a line."""
    match amendment:
        case NewEntry(question=asked) | NewPhrasing(phrasing=asked):
            return cut(asked, _SHOWN)
        case PhoneConfirmed(number=number) | PhoneCorrected(new=number):
            return f"電話番号 {number}"
    return "訂正"

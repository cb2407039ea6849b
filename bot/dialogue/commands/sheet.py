"""Give the 「相談シート」 an owner takes along, and take it back."""

from __future__ import annotations

from bot.interview.buttons import FORGET_SHEETS, PAPERS, PERSON, RESULT_AGAIN
from bot.interview.figure_prompts import PICTURE
from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation
from bot.model.messages import Card, Link, LinkKind, Reply, Section, from_card
from bot.model.turn import Context, ForgetSheets, SheetPage, Step, Then
from bot.presentation.wording import say
from bot.sheet.links import keep_sheet
from bot.sheet.making import make_sheet
from bot.sheet.text import as_text, in_words


def show_sheet(conversation: Conversation, context: Context) -> Step:
    """Give the sheet of the answers so far, or ask for some first."""
    sheet = make_sheet(conversation, context)
    if sheet is None:
        return Step(conversation, say("sheet.nothing_yet"))
    if context.page is None:
        whole = Reply(as_text(sheet))
        about = Reply(say("sheet.ready_as_text"), (PAPERS, PICTURE, RESULT_AGAIN), (PERSON,))
        return Step(conversation, said=(whole, about), then=Then.NOTHING)
    kept = keep_sheet(sheet, context.page, context)
    closes = in_words(kept.until.astimezone(JAPAN).date())
    reply = from_card(
        _card(context.page, closes), (PAPERS, PICTURE, RESULT_AGAIN, FORGET_SHEETS), (PERSON,)
    )
    return Step(conversation, said=(reply,), then=Then.NOTHING, effects=(kept,))


def _card(page: SheetPage, closes: str) -> Card:
    """Show the sheet's address, until when it opens, and how to take it back."""
    pdf = Link(LinkKind.OPEN, say("sheet.open_pdf"), f"{page.address}.pdf")
    return Card(
        say("sheet.title"),
        (
            Section("", (say("sheet.ready"),)),
            Section("", (say("sheet.open_until", date=closes),), small=True),
        ),
        (Link(LinkKind.OPEN, say("sheet.open"), page.address), *([pdf] if page.has_pdf else [])),
    )


def forget_sheets(conversation: Conversation, _: Context) -> Step:
    """Close every page of this person's sheets at once."""
    gone = (ForgetSheets(),)
    return Step(conversation, say("sheet.no_pages"), then=Then.REPEAT, effects=gone)

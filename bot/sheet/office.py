"""Write the office to call, and the words to say there.

They are parts of a sheet, with number, hours and dates.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.model.conversation import Conversation
from bot.model.turn import Context
from bot.presentation.cards.center_cards import how_to_find, office_name
from bot.presentation.cards.contact import (
    COUNCIL_KINDS,
    is_trusted,
    phone_line,
    phone_lines,
    usual_hours,
)
from bot.presentation.cards.result_cards import offices_of
from bot.presentation.wording import say
from bot.sheet.sheet import Form, Line, Part
from flows.support import OfficeKind, SupportPath
from knowledge.directory.centers import Center, GuaranteeAssociation, Offices, Yorozu


def office_part(conversation: Conversation, path: SupportPath | None, context: Context) -> Part:
    """Write the office this path leads to, or the list without a place."""
    offices = offices_of(conversation.answers, context.programme, context.library)
    if offices is None:
        directory = context.library.directory.centers[0].directory
        lines: tuple[Line, ...] = (
            Line(say("offices.councils"), say("sheet.office")),
            Line(directory, say("sheet.office_list"), link=directory),
            Line(usual_hours(None), say("sheet.hours")),
        )
    else:
        lines = tuple(_office_lines(offices, path))
    return Part("office", say("sheet.office_heading"), Form.FACTS, lines)


def _office_lines(offices: Offices, path: SupportPath | None) -> Iterator[Line]:
    if path is None or path.office in COUNCIL_KINDS:
        yield from _council(offices.center, path)
        return
    yield Line(office_name(offices, path), say("sheet.office"))
    yield from (Line(how, say("sheet.how")) for how in how_to_find(path))
    if path.office is OfficeKind.YOROZU:
        yield from _list_ways(offices.yorozu)
    if path.office is OfficeKind.GUARANTEE:
        yield from _list_ways(offices.guarantee_associations[0])
    yield Line(say("sheet.debts"), say("sheet.beside"))
    yield from _council(offices.center, None)


def _council(center: Center, path: SupportPath | None) -> Iterator[Line]:
    is_405 = path is not None and path.office is OfficeKind.COUNCIL_405
    phone = center.phone(for_405=is_405)
    page = center.website or center.directory
    yield Line(center.name, say("sheet.office"), center.sources[:1])
    dialled = f"tel:{phone.number}" if phone and is_trusted(phone) else ""
    for line in phone_lines(center, phone):
        yield Line(line, say("sheet.phone"), link=dialled)
    yield Line(usual_hours(center), say("sheet.hours"))
    if center.address:
        yield Line(center.address, say("sheet.address"))
    yield Line(page, say("sheet.site"), link=page)


def _list_ways(office: GuaranteeAssociation | Yorozu) -> Iterator[Line]:
    for phone in [each for each in office.phones if is_trusted(each)][:1]:
        yield Line(phone_line(phone), say("sheet.phone"), link=f"tel:{phone.number}")
    yield Line(usual_hours(None), say("sheet.hours"))
    yield Line(office.website, say("sheet.site"), link=office.website)


def words_part(conversation: Conversation, path: SupportPath | None, context: Context) -> Part:
    """Write the words to say by telephone.

    Those for urgent trouble come first, then those for the office.
    """
    today = context.programme.today(conversation.answers)
    lines = [Line(each.say, each.title, each.sources) for each in today]
    gravest = today[0].words_at_office if today else say("handoff.person_say")
    lines.append(Line(path.say if path else gravest, say("sheet.to_office")))
    return Part("words", say("offices.say_heading"), Form.FACTS, tuple(lines))

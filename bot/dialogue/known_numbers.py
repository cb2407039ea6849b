"""Handle a telephone number of the leaflet typed by an owner.

Say whose it was in 2015, and whom to call today.
"""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.faq.questions import answer_entries
from bot.dialogue.heard import Heard
from bot.model.conversation import Conversation
from bot.model.messages import Reply, from_card
from bot.model.turn import Context, Step, Then
from bot.presentation.cards.center_cards import center_card, directory_card
from bot.presentation.cards.contact import is_trusted
from bot.presentation.wording import say
from knowledge.amendments.telephone import digits, numbers_in
from knowledge.directory.centers import Branch, Center, Headquarters, LeafletDesk
from knowledge.directory.phone import Phone, Status

Office = Center | Branch | Headquarters

HELP_DESK_ENTRY = "mirasapo-phone"
"""The entry that says where the leaflet's help desk went."""


def answer_known_number(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Tell whose number of the leaflet it was, or return None."""
    for number in numbers_in(heard.message.text):
        if step := _about(digits(number), conversation, context):
            return step
    return None


def answer_bare_number(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Answer a message of nothing but a known number.

    This comes before digits are taken for trouble.
    """
    is_bare = not any(map(str.isalpha, heard.message.text.replace("ー", "-")))
    return answer_known_number(conversation, heard, context) if is_bare else None


def _about(number: str, conversation: Conversation, context: Context) -> Step | None:
    directory = context.library.directory
    offices: tuple[Office, ...] = (
        *directory.centers,
        *directory.branches,
        directory.headquarters,
    )
    for office in offices:
        if digits(office.leaflet.phone) == number:
            said = Reply("\n".join((_whose(office.leaflet), _say_today(office, number))))
            return Step(
                conversation,
                said=(said, *_show_office(office, context)),
                then=Then.REPEAT,
                notices=("number",),
            )
    return _about_help_desk(number, conversation, context)


def _about_help_desk(number: str, conversation: Conversation, context: Context) -> Step | None:
    """Say whose number it was, and where the help desk's services went."""
    old = [each for each in context.library.helplines.values() if each.audience == "history"]
    desk = next((each for each in old if digits(each.number) == number), None)
    entry = context.library.faq.get(HELP_DESK_ENTRY)
    if desk is None or entry is None:
        return None
    step = answer_entries(conversation, (entry,), context)
    lead = say("offices.leaflet_number", number=desk.number, name=desk.name)
    return replace(step, lead=lead, notices=("number", *step.notices))


def _whose(leaflet: LeafletDesk) -> str:
    return say("offices.leaflet_number", number=leaflet.phone, name=leaflet.name)


def _say_today(office: Office, number: str) -> str:
    """Say whether the number still leads there, as far as anybody has made sure."""
    same = [each for each in _phones(office) if digits(each.number) == number]
    if any(map(is_trusted, same)):
        return say("offices.leaflet_number_stands")
    is_gone = office.leaflet.status is Status.CHANGED
    return say("offices.leaflet_number_changed" if is_gone else "offices.leaflet_number_unsure")


def _phones(office: Office) -> tuple[Phone, ...]:
    match office:
        case Center(phones=phones):
            return phones
        case Branch(phone=Phone() as phone):
            return (phone,)
    return ()


def _show_office(office: Office, context: Context) -> tuple[Reply, ...]:
    """Show the prefecture's council of today, or the national list."""
    library = context.library
    if isinstance(office, Center):
        offices = library.directory.for_prefecture(office.code)
        return (from_card(center_card(offices, None, context.now, library)),)
    if isinstance(office, Headquarters):
        return (from_card(directory_card(context.now, library)),)
    return ()

"""Every number of the leaflet is known when typed, and shown as one of 2015."""

from datetime import UTC, datetime

import pytest

from bot.dialogue.respond import respond
from bot.model.conversation import Conversation
from bot.model.messages import Message
from bot.model.turn import Context, Turn
from flows.keiei.programme import KEIEI
from knowledge.directory.centers import Center
from knowledge.library import load

LIBRARY = load()
CONTEXT = Context(datetime(2026, 11, 30, 3, tzinfo=UTC), LIBRARY, KEIEI)
DIRECTORY = LIBRARY.directory
PRINTED = [
    *(each.leaflet.phone for each in DIRECTORY.centers),
    *(each.leaflet.phone for each in DIRECTORY.branches),
    DIRECTORY.headquarters.leaflet.phone,
]
HELP_DESK = [each.number for each in LIBRARY.helplines.values() if each.audience == "history"]


def ask(text: str) -> Turn:
    return respond(Conversation("line:U1"), Message(text=text), CONTEXT)


def text_of(turn: Turn) -> str:
    return "\n".join(reply.text for reply in turn.replies)


@pytest.mark.parametrize("number", [*PRINTED, *HELP_DESK])
def test_answer_known_number_says_whose_it_was_in_2015(number: str) -> None:
    turn = ask(f"{number}は今も使えますか")
    assert "number" in turn.notices
    assert f"{number}は、2015年のチラシに載っていた" in text_of(turn)


@pytest.mark.parametrize("center", DIRECTORY.centers, ids=lambda center: center.code)
def test_answer_bare_number_of_a_council_leads_to_the_one_of_today(center: Center) -> None:
    turn = ask(center.leaflet.phone)
    assert center.name in text_of(turn)
    links = [link.target for reply in turn.replies if reply.card for link in reply.card.links]
    assert links


def test_answer_known_number_the_help_desk_leads_to_what_became_of_it() -> None:
    said = text_of(ask("0570-057-222にかけたけど出ない"))
    assert "ミラサポplus" in said
    assert "使わないほうが安心です" in said


@pytest.mark.parametrize("typed", ["０５７０ー０５７ー２２２", "0570057222", "0570‐057‐222です"])
def test_answer_known_number_however_it_is_typed(typed: str) -> None:
    assert "number" in ask(typed).notices


def test_answer_bare_number_leaves_trouble_beside_a_number_to_be_heard_first() -> None:
    turn = ask("ヤミ金から089-913-7505で電話が来て、返さないと店に行くと脅されている")
    assert "urgent:loan_shark" in turn.notices


@pytest.mark.parametrize("typed", ["03-1234-5678", "売上は0570万円", "12345678", "電話番号は？"])
def test_answer_known_number_leaves_others_alone(typed: str) -> None:
    assert "2015年のチラシに載っていた「" not in text_of(ask(typed))

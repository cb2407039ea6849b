"""Only answers stored before an option was split are asked again, and once."""

from datetime import UTC, datetime

from bot.dialogue.respond import respond
from bot.interview.standing import state_of
from bot.model.conversation import EDITION, from_dict, to_dict
from bot.model.messages import Kind, Message
from bot.model.turn import Context
from flows.assessment import Verdict
from flows.flow import ASSESSMENT
from flows.keiei.programme import KEIEI
from knowledge.library import load

CONTEXT = Context(datetime(2026, 11, 30, 3, tzinfo=UTC), load(), KEIEI)
ANSWERS = {
    "legal_form": ["cooperative"],
    "lenders": ["bank", "jfc"],
    "repayment": ["tight"],
    "bank_help": ["yes"],
    "expert": ["none"],
    "prefecture": ["27"],
}
STORED = {"key": "line:U1", "flow": "qualify", "answers": ANSWERS}
"""A conversation stored without an edition, before the legal forms were split."""

ASKED_AGAIN = "前のお答えがどちらか決められない"


def test_bring_up_to_date_a_cooperative_of_an_earlier_edition_is_asked_and_told_why() -> None:
    turn = respond(from_dict(STORED), Message(text="こんにちは"), CONTEXT)
    assert state_of(turn.conversation, KEIEI) == "legal_form"
    assert ASKED_AGAIN in "\n".join(reply.text for reply in turn.replies)
    assert turn.conversation.answers["lenders"] == ("bank", "jfc")


def test_bring_up_to_date_the_new_answer_is_not_read_as_excluded() -> None:
    asked = respond(from_dict(STORED), Message(text="こんにちは"), CONTEXT).conversation
    tap = Message(Kind.CHOICE, value="v1|legal_form=business_cooperative")
    turn = respond(asked, tap, CONTEXT)
    trade = Message(Kind.CHOICE, value="v1|industry=service")
    after = respond(turn.conversation, trade, CONTEXT).conversation
    assert state_of(after, KEIEI) == ASSESSMENT
    assert KEIEI.assess(after.answers).verdict is Verdict.CONFIRM


def test_bring_up_to_date_what_was_said_in_this_edition_stays() -> None:
    stored = {**STORED, "edition": EDITION}
    turn = respond(from_dict(stored), Message(text="こんにちは"), CONTEXT)
    assert turn.conversation.answers["legal_form"] == ("cooperative",)
    assert ASKED_AGAIN not in "\n".join(reply.text for reply in turn.replies)


def test_bring_up_to_date_other_forms_of_an_earlier_edition_stay() -> None:
    stored = {**STORED, "answers": {**ANSWERS, "legal_form": ["nonprofit"]}}
    turn = respond(from_dict(stored), Message(text="こんにちは"), CONTEXT)
    assert turn.conversation.answers["legal_form"] == ("nonprofit",)


def test_bring_up_to_date_is_done_once() -> None:
    asked = respond(from_dict(STORED), Message(text="こんにちは"), CONTEXT).conversation
    tap = Message(Kind.CHOICE, value="v1|legal_form=cooperative")
    kept = from_dict(to_dict(respond(asked, tap, CONTEXT).conversation))
    again = respond(kept, Message(text="こんにちは"), CONTEXT)
    assert again.conversation.answers["legal_form"] == ("cooperative",)

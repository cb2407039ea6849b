"""What the desk posts passes Slack's rules and calls nobody, whatever an owner writes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels import Later, Refused, Sent
from bot.channels.slack.desk.case_card import draw_card
from bot.channels.slack.desk.posts import DeskPosts, draw_owner_message, draw_reply_copy
from bot.channels.slack.desk.receipts import ALARM, draw_receipts, make_receipt
from bot.dialogue.render import render
from bot.handoff import case_life
from bot.handoff.case_life import Consent
from bot.model.case import Reason
from bot.model.conversation import Conversation, Mode
from bot.model.messages import Kind, Message
from bot.model.turn import Turn
from bot.presentation.limits import utf16_units
from bot.simulator.slack.blocks import blocks
from bot.store import Delivery, Incoming, Outgoing
from flows.keiei.catalog import FLOWS, QUESTIONS
from flows.keiei.programme import KEIEI
from tests.bot.channels.slack.serving import DESK
from tests.bot.desk import LIBRARY, MORNING, SATO, YAMADA, Desk, waiting, with_staff

PIECES = st.sampled_from(
    [
        "<!channel>",
        "<@U0HANAKO>",
        "@here ",
        "*太字* _斜体_ `code` > 引用\n",
        "https://example.com/?a=1&b=2 ",
        "&lt;&amp;",
        "مرحبا \u202eabc\u202c ",
        "👨‍👩‍👧‍👦🇯🇵",
        "𠮷" * 700,
        "あいうえお" * 900,
        "\n\n\n",
        "x",
    ]
)
WORDS = st.lists(PIECES, min_size=1, max_size=12).map("".join)

TOTAL = 10_000


def faults(message: dict[str, Any]) -> list[str]:
    """Find what Slack would refuse in a message."""
    assert len(message["text"]) <= 4000
    return blocks.find_faults(message["blocks"], "message")


def live(value: object) -> list[str]:
    """Everything in blocks that Slack would read as more than words."""
    if isinstance(value, list):
        return [found for each in value for found in live(each)]
    if not isinstance(value, dict):
        return []
    kind = str(value.get("type", ""))
    here = [kind] if kind in {"mrkdwn", "broadcast", "usergroup", "link", "emoji"} else []
    return here + live(list(value.values()))


def quoted(value: object) -> str:
    """Find the words in quotations."""
    if isinstance(value, list):
        return "".join(map(quoted, value))
    if not isinstance(value, dict):
        return ""
    if value.get("type") == "rich_text_quote":
        return "".join(each["text"] for each in value["elements"])
    return quoted(list(value.values()))


@settings(max_examples=80, deadline=None)
@given(WORDS)
def test_owner_message_of_any_words_arrives_whole_and_calls_nobody(text: str) -> None:
    posts = draw_owner_message(Message(text=text), LIBRARY)
    for each in posts:
        assert faults(each) == []
        assert live(each["blocks"]) == []
        assert "<" not in each["text"]
        assert utf16_units(quoted(each["blocks"])) <= TOTAL
    assert quoted([each["blocks"] for each in posts]) == (text.strip() or "")


def test_owner_message_of_ten_thousand_characters_needs_two_posts_in_order() -> None:
    text = "あ" * 5000 + "い" * 5000
    first, second = draw_owner_message(Message(text=text), LIBRARY)
    assert quoted(first["blocks"]) + quoted(second["blocks"]) == text
    assert "つづき" in str(second["blocks"])


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (Message(Kind.LOCATION, "", "", 34.69, 135.19), "兵庫県中小企業活性化協議会"),
        (Message(Kind.LOCATION, "北海道札幌市中央区", "", 43.06, 141.35), "北海道札幌市中央区"),
        (Message(Kind.LOCATION, "", "", 0.0, 0.0), "0.0, 0.0"),
        (Message(Kind.LOCATION, "どこか遠い海の上", "", 0.0, 0.0), "どこか遠い海の上"),
    ],
)
def test_location_arrives_as_a_place_and_its_office(message: Message, said: str) -> None:
    (post,) = draw_owner_message(message, LIBRARY)
    assert said in quoted(post["blocks"])
    if message.text != "" or message.latitude:
        assert str(message.latitude) not in quoted(post["blocks"])


@settings(max_examples=40, deadline=None)
@given(WORDS, st.sampled_from(["花子", "<!channel>", "&" * 80]))
def test_reply_copy_of_any_words_passes_slacks_checks(text: str, name: str) -> None:
    drawn = draw_reply_copy(name, text[:3000])
    assert faults(drawn) == []
    assert "<" not in drawn["text"]


@given(st.sampled_from(list(Kind)), WORDS)
@settings(max_examples=60, deadline=None)
def test_owner_message_of_every_kind_passes_slacks_checks(kind: Kind, text: str) -> None:
    message = Message(kind, text=text[:100], latitude=35.0, longitude=139.0)
    for each in draw_owner_message(message, LIBRARY):
        assert faults(each) == []


@st.composite
def cases(draw: st.DrawFn) -> Desk:
    """Draw a case at any stage, after any answers."""
    flow = draw(st.sampled_from(list(FLOWS)))
    answers = {
        name: tuple(
            draw(
                st.lists(
                    st.sampled_from([each.id for each in question.options]),
                    min_size=1,
                    max_size=len(question.options) if question.several else 1,
                    unique=True,
                )
            )
        )
        for name, question in QUESTIONS.items()
        if question.options
        if draw(st.booleans())
    }
    desk = waiting(Conversation("line:U1", flow=flow, answers=answers))
    assert desk.conversation.case
    reason = draw(st.sampled_from(list(Reason)))
    desk.conversation = replace(
        desk.conversation,
        case=replace(desk.conversation.case, reason=reason),
        topic=draw(st.sampled_from(["", *(each.id for each in LIBRARY.faq.entries)])),
    )
    desk.now += timedelta(minutes=draw(st.integers(0, 600)))
    for done in draw(st.lists(st.sampled_from(MOVES), max_size=4)):
        outcome = done(desk)
        if isinstance(outcome, Turn):
            desk.do(outcome)
    return desk


MOVES = (
    lambda desk: case_life.claim(desk.conversation, YAMADA, desk.now),
    lambda desk: case_life.apologise_when_overdue(desk.conversation, desk.context),
    lambda desk: case_life.reply(
        desk.conversation, SATO, "はい", desk.now, consent=Consent.TAKE_OVER
    ),
    lambda desk: case_life.hand_back(desk.conversation, desk.now, KEIEI),
    lambda desk: case_life.complete(desk.conversation, desk.now, KEIEI),
    lambda desk: case_life.take_back(desk.conversation, desk.now),
    lambda desk: case_life.reopen(desk.conversation, YAMADA, desk.now),
)


@settings(max_examples=120, deadline=None)
@given(cases())
def test_case_card_of_any_case_passes_and_is_short(desk: Desk) -> None:
    drawn = draw_card(desk.conversation, desk.context)
    assert faults(drawn) == []
    assert live(drawn["blocks"]) == []
    # Good on a phone: few parts, the gravest first, at most three buttons.
    assert len(drawn["blocks"]) <= 5
    assert drawn["blocks"][0]["type"] == "header"
    assert len(drawn["blocks"][0]["text"]["text"]) <= 40
    pressed = [each for block in drawn["blocks"] for each in block.get("elements", [])]
    assert sum(each["type"] == "button" for each in pressed) <= 3


@settings(max_examples=60, deadline=None)
@given(cases())
def test_opened_case_posts_pass_slacks_checks(desk: Desk) -> None:
    opened = case_life.open_case(
        replace(desk.conversation, mode=Mode.ASKING), Reason.ASKED, desk.now
    )
    turn = render(opened, desk.context)
    posts = DeskPosts(DESK, lambda _: desk.context)
    calls = posts.draw_turn(desk.conversation, turn, Incoming("e", "line:U1"), desk.now)
    assert len(calls) == 2
    for each in calls:
        assert faults(each.messages[0]["arguments"]) == []


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_receipt_of_any_outcome_passes_slacks_checks(error: str) -> None:
    outgoing = Outgoing("line", [], receipt=make_receipt("ab12", "reply:C:1"))
    delivery = Delivery(7, "line:U1", outgoing, "key", attempts=ALARM)
    for outcome in (Sent(), Later(error), Later(error, held=True), Refused(error)):
        for call in draw_receipts(delivery, outcome):
            message = call.messages[0]["arguments"]
            if "blocks" in message:
                assert faults(message) == []
                assert "<" not in message["text"]


def test_case_card_shows_japanese_time() -> None:
    desk = waiting(now=MORNING)
    assert "11月25日（水）10時7分" in str(draw_card(desk.conversation, desk.context))


def test_urgent_words_in_a_case_raise_its_card_and_call_its_holder() -> None:
    desk = with_staff()
    before, turn = desk.conversation, desk.say("給料が払えない")
    posts = DeskPosts(DESK, lambda _: desk.context)
    calls = posts.draw_turn(before, turn, Incoming("e", "line:U1"), desk.now)
    drawn = [str(each.messages[0]["arguments"]) for each in calls]
    assert any("🔴 急ぎ" in each for each in drawn)
    assert any("急ぎの支払い" in each and "<@S1>" in each for each in drawn)

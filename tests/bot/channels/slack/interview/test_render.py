"""Everything the bot can say fits Slack's panel, complete and pressable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.channels.slack.interview.interview import _draw_code, _draw_tools
from bot.channels.slack.interview.panel import NOT_FOR_STAFF, draw_panel
from bot.channels.slack.interview.wording import LEFT_OUT
from bot.channels.slack.ui import blocks
from bot.dialogue.faq.questions import answer_entries
from bot.dialogue.render import render
from bot.interview import prompts
from bot.interview.case_file import Reception, make_case_file, write_as_text
from bot.model.conversation import Conversation
from bot.model.messages import (
    Card,
    Choice,
    Link,
    LinkKind,
    Progress,
    Reply,
    Section,
    choice,
    from_card,
    read_value,
)
from bot.model.turn import Turn as Changed
from bot.presentation.wording import say
from bot.simulator.slack.blocks.blocks import find_faults
from flows.keiei.catalog import FLOWS
from flows.keiei.programme import KEIEI
from flows.paths import find_paths
from knowledge.place_names.places import PREFECTURES
from tests.bot.channels.everything import CONTEXT, LIBRARY, YOU, Turn, everything

Json = dict[str, Any]


def said_of_outcomes() -> Iterator[Turn]:
    """Yield every outcome of every questionnaire in each of the 47 prefectures.

    Each outcome is reached by its longest way.
    """
    for flow in FLOWS.values():
        longest: dict[str, Conversation] = {}
        for path in find_paths(flow):
            walked = Conversation(YOU, flow=flow.id)
            for question, option in path.answers:
                walked = walked.answered(question, (option,))
            known = longest.get(path.outcome)
            if known is None or len(known.answers) < len(walked.answers):
                longest[path.outcome] = walked
        for walked in longest.values():
            for code in PREFECTURES:
                yield prompts.prompt(walked.answered("prefecture", (code,)), CONTEXT)


@cache
def all_turns() -> tuple[Turn, ...]:
    return tuple(dict.fromkeys([*everything(), *said_of_outcomes()]))


@cache
def all_panels() -> tuple[tuple[Turn, Json], ...]:
    """Draw every turn with everything that can stand below its panel."""
    walked = Conversation(YOU, flow="diagnosis")
    for path in find_paths(FLOWS["diagnosis"]):
        if len(path.answers) > len(walked.answers):
            walked = Conversation(YOU, flow="diagnosis", answers={q: (o,) for q, o in path.answers})
    more = _draw_tools(Changed(replace(walked, asking_again="sales")), KEIEI)
    assert len(more) == 3
    return tuple((turn, draw_panel(turn, more)) for turn in all_turns())


# --- looking into blocks --------------------------------------------------------------------------


def nodes(value: object) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        yield from (node for each in value.values() for node in nodes(each))
    elif isinstance(value, list):
        yield from (node for each in value for node in nodes(each))


def shown(message: Json) -> str:
    """All the words a reader sees, those of buttons too."""
    parts = (node.get("url") or node.get("text") for node in nodes(message["blocks"]))
    return bare("".join(each for each in parts if isinstance(each, str)))


def bare(words: str) -> str:
    """Strip spaces, the marks of sections and of progress, and the marks between parts."""
    return re.sub(r"[\s■【】:]", "", re.sub(r"【\d+/\d+】", "", words))


def values(message: Json) -> set[str]:
    """Everything that pressing can say."""
    return {node["value"] for node in nodes(message["blocks"]) if "value" in node}


# --- all of it ------------------------------------------------------------------------------------


def test_panel_of_every_turn_passes_slacks_checks() -> None:
    assert len(all_panels()) > 600
    refused = {
        fault for _, message in all_panels() for fault in find_faults(message["blocks"], "message")
    }
    assert refused == set()


def test_panel_through_the_sdks_models_stays_the_same() -> None:
    for _, message in all_panels():
        models = Block.parse_all(message["blocks"])
        assert None not in models
        # `to_dict` checks what the SDK knows of limits.
        assert [each.to_dict()["type"] for each in models] == [
            each["type"] for each in message["blocks"]
        ]


def test_panel_of_every_turn_holds_every_word() -> None:
    for turn, message in all_panels():
        seen = shown(message)
        for reply in turn:
            for line in (reply.card.as_text() if reply.card else reply.text).splitlines():
                # Staff who ask a caller are no owner who could be handed on.
                assert bare(line) in seen or line == say("answers.offer_person"), line
        assert LEFT_OUT not in seen


def test_panel_offers_every_choice_but_those_not_for_staff() -> None:
    for turn, message in all_panels():
        asking = next((each for each in reversed(turn) if each.buttons), None)
        offered = {each.value for each in asking.buttons} if asking else set()
        regions = {each for each in offered if (read_value(each) or ("",))[0] == "region"}
        pressable = values(message)
        assert offered - regions - NOT_FOR_STAFF <= pressable
        assert not pressable & NOT_FOR_STAFF
        if regions:
            assert {f"v1|prefecture={code}" for code in PREFECTURES} <= pressable


def test_panel_stays_far_from_limits_counted_as_slack_does() -> None:
    largest = max(blocks.count_characters(message["blocks"]) for _, message in all_panels())
    assert largest < blocks.TOTAL / 2
    for _, message in all_panels():
        # What is shown, but for the addresses of links, which we count too.
        texts = sum(
            len(n["text"]) for n in nodes(message["blocks"]) if isinstance(n.get("text"), str)
        )
        assert blocks.count_characters(message["blocks"]) >= texts


def test_summary_and_code_messages_pass_slacks_checks() -> None:
    for flow in FLOWS.values():
        for path in find_paths(flow):
            walked = Conversation(YOU, flow=flow.id, answers={q: (o,) for q, o in path.answers})
            text = write_as_text(
                make_case_file(walked, CONTEXT, Reception(CONTEXT.now, "電話", "花子"))
            )
            assert 0 < len(text) < 2000
            assert find_faults([blocks.preformatted(text)], "message") == []
    assert find_faults(_draw_code("01234567")["blocks"], "message") == []


# --- what staff may write later -------------------------------------------------------------------


def test_panel_with_three_thousand_characters_keeps_all() -> None:
    entry = replace(LIBRARY.faq.entries[0], answer="長い答えの一行です。\n" * 270)
    turn = render(answer_entries(Conversation(YOU, flow="diagnosis"), (entry,), CONTEXT), CONTEXT)
    message = draw_panel(turn.replies)
    assert find_faults(message["blocks"], "message") == []
    assert shown(message).count("長い答えの一行です。") == 270


def test_panel_too_long_says_what_is_left_out_and_keeps_the_question() -> None:
    entry = replace(LIBRARY.faq.entries[0], answer="長い答えの一行です。\n" * 270)
    step = answer_entries(Conversation(YOU, flow="diagnosis"), (entry,) * 4, CONTEXT)
    turn = render(step, CONTEXT)
    message = draw_panel(turn.replies)
    assert find_faults(message["blocks"], "message") == []
    assert LEFT_OUT in shown(message)
    assert "いまの売上は" in shown(message)
    assert "v1|sales=up" in values(message)


WORDS = st.text(max_size=40) | st.text("あい\n。<>&", max_size=3500)
CHOICES = st.lists(
    st.builds(
        Choice, st.text(min_size=1, max_size=90), st.integers(0, 999).map("v1|sales={}".format)
    ),
    max_size=30,
).map(tuple)
CARDS = st.builds(
    Card,
    st.text(min_size=1, max_size=200),
    st.lists(
        st.builds(Section, WORDS, st.lists(WORDS, max_size=3).map(tuple), st.booleans()), max_size=4
    ).map(tuple),
    st.lists(
        st.builds(
            Link, st.sampled_from(LinkKind), st.text(min_size=1), st.just("https://a.example")
        ),
        max_size=3,
    ).map(tuple),
    WORDS,
)
REPLIES = st.builds(
    Reply,
    WORDS,
    CHOICES,
    CHOICES,
    st.none() | CARDS,
    st.none() | st.builds(Progress, st.integers(1, 20), st.integers(20, 30)),
)


@given(st.lists(REPLIES, min_size=1, max_size=5).map(tuple))
def test_panel_of_any_replies_passes_slacks_checks(turn: Turn) -> None:
    message = draw_panel(turn)
    assert find_faults(message["blocks"], "message") == []
    assert "<" not in message["text"]


@pytest.mark.parametrize("text", ["", "　", "\n\n"])
def test_panel_of_an_empty_reply_is_a_message(text: str) -> None:
    message = draw_panel((Reply(text, (choice("はい", "sales", "up"),)),))
    assert message["text"]
    assert find_faults(message["blocks"], "message") == []


def test_panel_asking_for_a_place_offers_a_searchable_list() -> None:
    asked = Conversation(YOU, flow="center")
    message = draw_panel(prompts.prompt(asked, CONTEXT))
    (menu,) = (node for node in nodes(message["blocks"]) if node.get("type") == "static_select")
    assert len(menu["options"]) == 48
    hinted = replace(asked, place_hint=("38", "松山市"))
    (row, *_) = (
        each
        for each in draw_panel(prompts.prompt(hinted, CONTEXT))["blocks"]
        if each["type"] == "actions"
    )
    assert [each["type"] for each in row["elements"]] == ["button", "static_select"]


def test_card_title_too_long_is_cut() -> None:
    message = draw_panel((from_card(Card("長" * 200)),))
    assert len(message["blocks"][0]["text"]["text"]) == blocks.HEADER


def test_panel_for_staff_drops_the_offer_of_a_person() -> None:
    missed = Reply(
        f"{say('answers.not_understood')}\n{say('answers.offer_person')}\n\n売上は？",
        (choice("減った", "sales", "down"),),
    )
    shown = str(draw_panel((missed, Reply(say("answers.offer_person")))))
    assert say("answers.offer_person") not in shown
    assert say("answers.not_understood") in shown
    assert "売上は？" in shown

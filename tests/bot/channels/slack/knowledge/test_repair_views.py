"""Slack shows every view of repairs, however many and long the questions are."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.slack.desk.case_card import draw_history
from bot.channels.slack.knowledge.announcements import (
    Change,
    describe_change,
    draw_announcement,
    draw_withdrawn,
)
from bot.channels.slack.knowledge.forms import (
    draw_answer_form,
    draw_link_form,
    read_entry,
    read_phrasing,
)
from bot.channels.slack.knowledge.list_view import (
    MOST,
    draw_list,
    draw_moved,
    find_open_groups,
    make_list,
)
from bot.channels.slack.knowledge.number_card import (
    draw_correction_form,
    draw_number_buttons,
    draw_number_card,
)
from bot.channels.slack.ui.blocks import TOTAL, count_characters
from bot.channels.slack.web import payloads
from bot.channels.slack.web.events import Actor, Shortcut, ViewSubmission
from bot.model.conversation import Conversation
from bot.simulator.slack.blocks import blocks as block_kit
from bot.store.records import QuestionList, UnansweredQuestion
from flows.keiei.programme import KEIEI
from knowledge.amendments import Amendment, apply, cleaned
from knowledge.faq.answers import Answer
from knowledge.faq.unanswered import Group
from knowledge.place_names.places import PREFECTURES
from tests.knowledge.amending import AMENDMENTS, LIBRARY, center
from tests.knowledge.amending import new_entry as an_entry

NOW = datetime(2026, 11, 27, 6, 0, tzinfo=UTC)
WORDS = st.one_of(
    st.text(max_size=200),
    st.sampled_from(
        ["<!channel> 払えない", "*太字* & <b>", "あ" * 5000, "\n\n", "🍜" * 400, "- 点"]
    ),
)
SIZES = st.lists(st.lists(WORDS, min_size=1, max_size=4), max_size=14)


def gathered(texts: list[list[str]]) -> tuple[tuple[Group, ...], dict[int, UnansweredQuestion]]:
    """Make groups of questions in these words, and the questions by id."""
    asked: dict[int, UnansweredQuestion] = {}
    groups = []
    for each in texts:
        ids = range(len(asked) + 1, len(asked) + 1 + len(each))
        asked |= {
            id_: UnansweredQuestion(id_, text, NOW - timedelta(hours=id_), f"line:U{id_}")
            for id_, text in zip(ids, each, strict=True)
        }
        groups.append(Group(tuple(ids), frozenset(f"line:U{id_}" for id_ in ids), NOW))
    return tuple(groups), asked


def faultless(message: dict[str, Any]) -> None:
    """Hold that Slack shows the message and its `text` calls nobody."""
    assert block_kit.find_faults(message["blocks"], "message") == []
    assert count_characters(message["blocks"]) <= TOTAL
    assert "<!" not in message["text"]


@settings(deadline=None)
@given(texts=SIZES, data=st.data())
def test_question_list_in_any_state_passes_slacks_checks(
    texts: list[list[str]], data: st.DataObject
) -> None:
    groups, asked = gathered(texts)
    shown = make_list("unanswered:2026-11-30", "C0DESK", groups)
    assert len(shown.groups) == min(len(groups), MOST)
    assert len(shown.groups) + shown.more == len(groups)
    done = data.draw(st.dictionaries(st.integers(0, MOST - 1), st.just("対象外にしました")))
    kept = {id_: each for id_, each in asked.items() if data.draw(st.booleans())}
    shown = QuestionList(shown.reference, shown.channel, shown.groups, shown.more, done)
    faultless(draw_list(shown, kept))
    faultless(draw_moved(shown))
    for place, questions in find_open_groups(shown, kept).items():
        assert place not in done
        assert all(each.id in kept for each in questions)


def test_question_list_of_the_longest_questions_fits_one_message() -> None:
    groups, asked = gathered([[letter * 5000] for letter in "あいうえおかきくけこさし"])
    faultless(draw_list(make_list("unanswered:2026-11-30", "C0DESK", groups), asked))


def test_question_list_keeps_owners_words_in_quotations() -> None:
    groups, asked = gathered([["<!channel> 払えない"]])
    message = draw_list(make_list("unanswered:x", "C0DESK", groups), asked)
    quotes = [each for each in message["blocks"] if each["type"] == "rich_text"]
    assert "払えない" in json.dumps(quotes, ensure_ascii=False)
    rest = [each for each in message["blocks"] if each["type"] != "rich_text"]
    assert "払えない" not in json.dumps([rest, message["text"]], ensure_ascii=False)


@settings(deadline=None, max_examples=40)
@given(asked=WORDS, others=st.lists(WORDS, max_size=30), answer=WORDS)
def test_repair_forms_with_any_words_pass_slacks_checks(
    asked: str, others: list[str], answer: str
) -> None:
    form = draw_answer_form("unanswered:2026-11-30|0", asked=asked, others=others, answer=answer)
    assert block_kit.find_faults(form, "modal") == []
    assert (
        block_kit.find_faults(draw_link_form("unanswered:U1|9", asked, LIBRARY.faq), "modal") == []
    )


def test_link_form_offers_every_entry_but_despair_once_nearest_first() -> None:
    asked = "リスケとは何ですか？"
    form = draw_link_form("", asked, LIBRARY.faq)
    groups = form["blocks"][1]["element"]["option_groups"]
    values = [each["value"] for group in groups for each in group["options"]]
    assert sorted(values) == sorted(e.id for e in LIBRARY.faq.entries if e.id != "despair")
    found = LIBRARY.faq.find(asked)
    assert isinstance(found, Answer)
    assert values[0] == found.matches[0].entry.id


def sent(**values: str) -> ViewSubmission:
    return ViewSubmission("submit:1", Actor("U1", "T1"), "repair:answer", "", values)


def test_read_entry_and_phrasing_make_amendments() -> None:
    signed = {"by": "花子", "on": "2026-11-28"}
    made = read_entry(
        sent(question="質問", answer="回答", phrasings="ひとつ\nふたつ", confirm="yes"), signed
    )
    assert made.phrasings == ("ひとつ", "ふたつ")
    assert made.confirm
    assert made.by == "花子"
    assert not read_entry(sent(question="質問"), signed).confirm
    assert read_phrasing(sent(entry="reschedule-what", phrasing="x"), signed).entry
    assert read_phrasing(sent(entry="despair", phrasing="x"), signed).entry == ""


@settings(deadline=None, max_examples=60)
@given(AMENDMENTS, st.sampled_from(["", "unanswered:2026-11-30|3"]))
def test_announcement_of_any_amendment_passes_slacks_checks(
    amendment: Amendment, place: str
) -> None:
    amendment = cleaned(amendment)
    applied = apply(LIBRARY, (amendment,))
    for waits, by in ((False, ""), (True, ""), (False, "太郎 <!channel>")):
        faultless(draw_announcement(Change(amendment, LIBRARY, applied, place, waits, by)))
    faultless(draw_withdrawn(amendment, "太郎 <!channel>"))
    assert describe_change(amendment, applied)


@pytest.mark.parametrize("code", PREFECTURES)
def test_number_card_of_every_prefecture_passes_slacks_checks(code: str) -> None:
    assert (
        block_kit.find_faults(
            draw_number_card(LIBRARY.directory.for_prefecture(code), (), "✅ 記録しました。"),
            "modal",
        )
        == []
    )
    for phone in center(LIBRARY, code).phones:
        form = draw_correction_form(f"{code}|{phone.number}")
        assert block_kit.find_faults(form, "modal") == []


@settings(deadline=None, max_examples=60)
@given(st.lists(AMENDMENTS, max_size=6))
def test_number_card_after_any_amendments_passes_slacks_checks(amendments: list[Amendment]) -> None:
    amended = apply(LIBRARY, amendments).library
    for code in ("28", "38", "47"):
        assert (
            block_kit.find_faults(
                draw_number_card(amended.directory.for_prefecture(code), amendments), "modal"
            )
            == []
        )


def test_number_button_stands_where_a_prefecture_is_known() -> None:
    (shown,) = draw_number_buttons({"prefecture": ("38",)}, KEIEI)
    assert shown["value"] == "38"
    case = Conversation("line:U1", flow="diagnosis", answers={"prefecture": ("38",)})
    assert shown in draw_history(case, KEIEI)["blocks"][-1]["elements"]
    assert block_kit.find_faults(draw_history(case, KEIEI)["blocks"], "message") == []
    assert draw_number_buttons({}, KEIEI) == []
    assert draw_number_buttons({"prefecture": ("unknown",)}, KEIEI) == []
    assert draw_number_buttons({"prefecture": ()}, KEIEI) == []


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_shortcut_on_any_message_is_read(blocks: object) -> None:
    quote = {"type": "rich_text_quote", "elements": [{"type": "text", "text": "全部の言葉"}]}
    body = {
        "type": "message_action",
        "trigger_id": "1.2",
        "message": {"text": "x", "blocks": [{"type": "rich_text", "elements": [quote]}, blocks]},
    }
    event = payloads.read_payload(body)
    assert isinstance(event, Shortcut)
    assert "全部の言葉" in event.quoted


def test_announcement_of_the_longest_amendment_passes_slacks_checks() -> None:
    entry = an_entry(question="あ" * 60, answer="い" * 500, phrasings=())
    faultless(draw_announcement(Change(entry, LIBRARY, apply(LIBRARY, (entry,)))))

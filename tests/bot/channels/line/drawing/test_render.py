"""Everything the bot can say is drawn for LINE complete, tappable and within every limit."""

import importlib
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.line.drawing import flex, flex_parts
from bot.channels.line.drawing.render import ALT_TEXT, BUBBLE_BYTES, CAROUSEL_BYTES, messages, size
from bot.dialogue.respond import respond
from bot.interview import prompts
from bot.interview.buttons import BACK, MENU_CHOICES, PERSON
from bot.model.conversation import Conversation
from bot.model.messages import (
    Card,
    Choice,
    Link,
    LinkKind,
    Progress,
    Reply,
    Section,
    Speaker,
    choice,
    from_card,
    typed,
)
from bot.model.turn import Context
from bot.presentation.limits import LINE, graphemes, utf16_units
from bot.presentation.wording import say
from bot.simulator.line.messages.limits import request_violations
from flows.keiei.catalog import FLOWS, QUESTIONS
from flows.keiei.programme import KEIEI
from flows.paths import find_paths
from tests.bot.channels.everything import CONTEXT, LIBRARY, NOW, YOU, Turn, everything

Json = dict[str, Any]


# --- looking into messages ------------------------------------------------------------------------


def nodes(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        yield from (node for each in value.values() for node in nodes(each))
    elif isinstance(value, list):
        yield from (node for each in value for node in nodes(each))


def words_of(message: Json) -> str:
    """All the words a reader sees in a message, its quick replies aside."""
    seen = message["contents"] if message["type"] == "flex" else message
    return "\n".join(node["text"] for node in nodes(seen) if node.get("type") == "text")


def actions(value: Any, kind: str) -> list[Json]:
    return [node for node in nodes(value) if node.get("type") == kind and "label" in node]


def bare(words: str) -> str:
    """Strip spaces and the marks of sections and of progress, to compare the content."""
    return re.sub(r"[\s■【】]", "", words)


def question_turn(question_id: str) -> Reply:
    asked = Conversation(YOU, flow="diagnosis", asking_again=question_id)
    return prompts.prompt(asked, CONTEXT)[0]


def desk_turn(code: str = "38") -> Turn:
    return prompts.prompt(Conversation(YOU, flow="center").answered("prefecture", (code,)), CONTEXT)


def outcome_at() -> Conversation:
    """Walk the longest way through the short questionnaire that ends in a verdict."""
    paths = [path for path in find_paths(FLOWS["qualify"]) if path.outcome == "assessment"]
    conversation = Conversation(YOU, flow="qualify")
    for question, option in max(paths, key=lambda path: len(path.answers)).answers:
        conversation = conversation.answered(question, (option,))
    return conversation.answered("prefecture", ("38",))


def outcome_turn() -> Turn:
    return prompts.prompt(outcome_at(), CONTEXT)


# --- all of it ------------------------------------------------------------------------------------


def test_line_takes_everything() -> None:
    refused = {fault for turn in everything() for fault in request_violations(messages(turn))}
    assert refused == set()


# line-bot-sdk builds its models on pydantic.v1, which warns on Python 3.14.
@pytest.mark.filterwarnings("ignore:Core Pydantic V1:UserWarning")
def test_the_sdk_reads_every_message_and_loses_no_key() -> None:
    # Imported here because it takes 1.7 s, which only this test needs.
    request_model = importlib.import_module("linebot.v3.messaging").ReplyMessageRequest
    # Each form of message once; the words in it do not matter to a decoder.
    forms: dict[str, list[Json]] = {}
    for turn in everything():
        for message in messages(turn, Speaker("相談員 山田", "https://example.com/icon.png")):
            forms.setdefault(_form(message), [message])
    assert len(forms) > 20
    for sent in forms.values():
        request = {"replyToken": "0" * 32, "messages": sent}
        read = request_model.from_dict(request)
        assert read is not None
        assert {**request, "notificationDisabled": False} == read.to_dict()


def _form(message: Json) -> str:
    """The message without its words."""
    return re.sub(
        r'"(text|altText|label|data|displayText|uri|desktop|width)": "[^"]*"',
        "",
        json.dumps(message),
    )


def test_nothing_that_the_plain_text_has_is_lost() -> None:
    for turn in everything():
        sent = messages(turn)
        seen = bare("".join(words_of(message) for message in sent))
        for reply in turn:
            for line in reply.text.replace("】", "】\n").split("\n"):
                whole = bare(line)
                # Links stand in buttons: label, number and hours, an address only behind them.
                parts = (
                    [whole]
                    if whole in seen
                    else re.split(r":\s*|　", re.sub(r"https?://\S+", "", line))
                )
                assert all(bare(part) in seen for part in parts), (line, seen)
            assert all(bare(button.label) in seen for button in reply.buttons)


def test_every_button_can_be_tapped_and_comes_back_as_its_value() -> None:
    for turn in everything():
        sent = messages(turn)
        for reply in turn:
            tappable = {
                (action["data"], action["displayText"]) for action in actions(sent, "postback")
            }
            assert {(button.value, button.label) for button in reply.buttons} <= tappable


def test_quick_replies_stand_on_the_last_message_only_with_the_ways_out_last() -> None:
    for turn in everything():
        sent = messages(turn)
        assert not any("quickReply" in message for message in sent[:-1])
        asking = [reply for reply in turn if reply.buttons]
        items = [item["action"] for item in sent[-1].get("quickReply", {}).get("items", [])]
        offered = [action["data"] for action in items if action["type"] == "postback"]
        in_menu = not asking or asking[-1].choices == MENU_CHOICES
        choices = [] if in_menu else [button.value for button in asking[-1].choices]
        ways_out = [button.value for button in asking[-1].controls] if asking else []
        assert offered == [*choices[: len(offered) - len(ways_out)], *ways_out]
        assert len(items) == 13 or offered == [*choices, *ways_out]


def test_what_stands_in_the_menu_below_the_chat_is_no_quick_reply_too() -> None:
    (message,) = messages((Reply("下から", MENU_CHOICES),))
    assert "quickReply" not in message
    assert "診断する" in words_of(message)


def test_the_choice_that_leads_on_stands_out() -> None:
    done, more = (
        choice("これで全部", "done", "costs", main=True),
        choice("人件費", "costs", "labor"),
    )
    (message,) = messages((Reply("ほかにも？", (done, more)),))
    grounds = {
        node["action"]["data"]: node["backgroundColor"]
        for node in nodes(message["contents"])
        if "action" in node
    }
    assert grounds == {done.value: flex_parts.ACCENT, more.value: flex_parts.TINT}


def test_every_alt_text_says_something() -> None:
    for turn in everything():
        for message in messages(turn):
            if message["type"] == "flex":
                assert 5 <= utf16_units(message["altText"]) <= ALT_TEXT


def test_every_text_grows_with_the_type_size_and_wraps_or_fits_its_line() -> None:
    for turn in everything():
        for message in messages(turn):
            texts = [node for node in nodes(message.get("contents")) if node.get("type") == "text"]
            assert all(each["scaling"] and each["color"] for each in texts)
            on_one_line = [each for each in texts if not each["wrap"]]
            assert all(each["adjustMode"] == "shrink-to-fit" for each in on_one_line)
            assert all(len(each["text"]) <= 20 for each in on_one_line)


def test_words_of_buttons_side_by_side_never_break() -> None:
    for turn in everything():
        for message in messages(turn):
            for row in nodes(message.get("contents")):
                cells = row.get("contents", []) if row.get("layout") == "horizontal" else []
                taps = [each for each in cells if each.get("action") and each["type"] == "box"]
                words = [node for tap in taps[:2] for node in nodes(tap) if node.get("flex") != 0]
                texts = [each for each in words if each.get("type") == "text"]
                assert len(taps) < 2 or not any(each["wrap"] for each in texts)


# --- questions ------------------------------------------------------------------------------------


def test_a_question_is_a_bubble_with_numbers_and_the_words_for_a_notification() -> None:
    reply = respond(
        Conversation(YOU), typed("v1|flow=diagnosis"), Context(NOW, LIBRARY, KEIEI)
    ).replies[-1]
    (message,) = messages((reply,))
    assert message["type"] == "flex"
    assert message["altText"].startswith(reply.text)
    assert message["altText"].endswith("6. わからない\n7. 人と話す")
    seen = words_of(message).split("\n")
    assert seen[:2] == ["1/14", say("conversation.start")]
    assert seen[-4:] == ["5", "始めて1年たっていない", "6", "わからない", "7 人と話す"][-4:]


def test_progress_is_a_bar_as_long_as_the_way_walked() -> None:
    reply = Reply("【3/12】質問？", (choice("はい", "sales", "up"),), progress=Progress(3, 12))
    (message,) = messages((reply,))
    assert "25%" in [node.get("width") for node in nodes(message)]
    assert "【3/12】" not in words_of(message)


def test_a_tap_leaves_its_label_in_the_chat() -> None:
    (message,) = messages((question_turn("sales"),))
    assert {
        "type": "postback",
        "label": "増えている",
        "data": "v1|sales=up",
        "displayText": "増えている",
    } in actions(message, "postback")


def test_only_the_place_question_asks_for_the_location() -> None:
    for question_id in QUESTIONS:
        (message,) = messages((question_turn(question_id),))
        located = [action["label"] for action in actions(message, "location")]
        assert located == (["位置情報を送る"] if question_id == "prefecture" else [])


def test_short_answers_share_rows_and_long_ones_do_not() -> None:
    def answers(reply: Reply) -> list[Json]:
        (message,) = messages((reply,))
        return [
            node
            for node in nodes(message["contents"])
            if node.get("layout") == "horizontal"
            and "paddingAll" not in node
            and len(actions(node, "postback")) == 2
        ]

    controls = 1
    assert len(answers(question_turn("prefecture"))) == 4 + controls
    assert len(answers(question_turn("industry"))) == 0 + controls


def test_numbers_stand_only_where_a_typed_number_is_read() -> None:
    first = Reply("先の話", (choice("場所をえらぶ", "correct", "prefecture"),))
    second = Reply("いまの質問", (choice("はい", "sales", "up"), choice("いいえ", "sales", "flat")))
    sent = messages((first, second))
    assert words_of(sent[0]).split("\n") == ["先の話", "場所をえらぶ"]
    assert words_of(sent[1]).split("\n") == ["いまの質問", "1", "はい", "2", "いいえ"]


def test_long_words_before_a_question_are_a_message_of_their_own() -> None:
    reply = Reply("長い話。" * 300 + "\n\nどちらですか？", (choice("はい", "sales", "up"),))
    talk, asked = messages((reply,))
    assert talk["type"] == "text"
    assert talk["text"] == "長い話。" * 300
    assert words_of(asked).split("\n") == ["どちらですか？", "1", "はい"]
    long, pick = messages((Reply("長い質問。" * 300, (choice("はい", "sales", "up"),)),))
    assert long["text"] == "長い質問。" * 300
    assert say("answers.pick") in words_of(pick)


def test_a_label_too_long_for_a_quick_reply_is_whole_in_the_bubble() -> None:
    label = "👨‍👩‍👧" * 19 + "家族で"
    (message,) = messages((Reply("だれと？", (choice(label, "sales", "up"),)),))
    (chip,) = [item["action"] for item in message["quickReply"]["items"]]
    assert chip["label"] == "👨‍👩‍👧" * 19 + "…"
    assert graphemes(chip["label"]) == 20
    assert chip["displayText"] == label
    assert label in words_of(message)


def test_more_choices_than_quick_replies_stay_in_the_bubble() -> None:
    choices = tuple(choice(f"その{number}", "sales", str(number)) for number in range(20))
    (message,) = messages((Reply("どれ？", choices, (BACK, PERSON)),))
    items = [item["action"]["label"] for item in message["quickReply"]["items"]]
    assert len(items) == 13
    assert items[10:] == ["その10", "戻る", "人と話す"]
    assert "その19" in words_of(message)


# --- cards ----------------------------------------------------------------------------------------


def test_the_alt_text_of_a_desk_begins_with_name_phone_and_date() -> None:
    (message,) = messages(desk_turn("38"))
    assert re.match(
        r"愛媛県中小企業活性化協議会　電話 089-970-5790（.*確認日\d{4}年\d+月\d+日）",
        message["altText"],
    )


def test_the_alt_text_of_a_verdict_has_the_verdict_the_phone_and_what_to_do_today() -> None:
    verdict = messages(outcome_turn())[0]["altText"].split("\n")
    assert re.match(
        "[○△→] (使えそうです|窓口で確認しましょう|別の支援が合いそうです)　電話 0", verdict[0]
    )
    assert "【今日すること】" in verdict


def test_a_desk_is_called_with_a_tap_and_on_a_computer_its_page_opens() -> None:
    (message,) = messages(desk_turn("38"))
    call = next(
        action for action in actions(message, "uri") if action["label"].startswith("電話する ")
    )
    assert call["uri"] == "tel:0899705790"
    assert call["altUri"] == {"desktop": "https://ehime-kyogikai.go.jp/"}
    assert {
        "type": "clipboard",
        "label": "番号をコピー",
        "clipboardText": "089-970-5790",
    } in actions(message, "clipboard")
    assert not any(action["uri"].startswith("line:") for action in actions(message, "uri"))


def test_other_offices_are_reached_with_a_tap() -> None:
    asked = Conversation(YOU, flow="center").answered("prefecture", ("01",))
    (message,) = messages(respond(asked, typed("v1|more=offices"), CONTEXT).replies)
    targets = {action["uri"] for action in actions(message, "uri")}
    assert {"https://yorozu-hokkaido.go.jp/", "tel:0112107471"} <= targets


def test_a_desk_without_a_number_has_a_page_and_nothing_to_call() -> None:
    (message,) = messages(desk_turn("47"))
    targets = [action["uri"] for action in actions(message, "uri")]
    assert any(target.startswith("https://") for target in targets)
    assert not actions(message, "clipboard")


def test_an_office_is_shared_once_in_short_and_without_the_answers() -> None:
    office = respond(outcome_at(), typed("v1|do=center"), CONTEXT).replies
    shared = [action for action in actions(messages(office), "uri") if "銀行" in action["label"]]
    (share,) = shared
    assert share["uri"].startswith("https://line.me/R/share?text=")
    assert len(share["uri"]) <= 1000
    words = unquote(share["uri"].split("=", 1)[1])
    assert "愛媛県中小企業活性化協議会" in words
    assert re.search(r"\d{2,4}-\d{2,4}-\d{4}（.*確認日", words)
    assert "お答え" not in words
    assert share["altUri"]["desktop"].startswith("https://social-plugins.line.me/lineit/share?url=")


def test_what_is_shared_keeps_desk_and_phone_when_there_is_too_much() -> None:
    verdict = from_card(Card("使えそうです" * 20, subtitle="について" * 20))
    desk = Card(
        "窓口",
        (Section("電話", ("03-1234-5678（確認日2026年）",)),),
        (Link(LinkKind.CALL, "電話する", "03-1234-5678"),),
    )
    (share,) = [
        action
        for action in actions(messages((verdict, from_card(desk))), "uri")
        if "share" in action["uri"]
    ]
    assert unquote(share["uri"]).endswith("=窓口\n03-1234-5678（確認日2026年）")


def test_a_title_too_long_to_share_is_not_shared() -> None:
    desk = Card("窓口" * 100, links=(Link(LinkKind.OPEN, "開く", "https://example.com/窓口"),))
    sent = messages((from_card(desk),))
    assert [action["uri"] for action in actions(sent, "uri")] == [
        "https://example.com/%E7%AA%93%E5%8F%A3"
    ]


def long_card(lines: int) -> Card:
    link = Link(LinkKind.CALL, "電話する", "03-1234-5678")
    text = tuple(f"・{number}番目の、かなり長く続く説明の行です。" for number in range(lines))
    return Card("長いカード", (Section("説明", text),), (link,))


def test_a_card_too_long_for_a_bubble_becomes_a_carousel_of_one_width() -> None:
    reply = from_card(long_card(90), (PERSON,))
    (message,) = messages((reply,))
    bubbles = message["contents"]["contents"]
    assert len(bubbles) > 1
    assert all(size(bubble) <= BUBBLE_BYTES for bubble in bubbles)
    assert size(message["contents"]) <= CAROUSEL_BYTES
    assert [("footer" in bubble) for bubble in bubbles] == [False] * (len(bubbles) - 1) + [True]
    assert request_violations([message]) == []
    assert "89番目" in words_of(message)


def test_a_card_too_long_for_a_carousel_is_text_with_its_buttons_after_it() -> None:
    *texts, pick = messages((from_card(long_card(400), (PERSON,)),))
    assert {message["type"] for message in texts} == {"text"}
    assert "399番目" in texts[-1]["text"]
    assert [action["data"] for action in actions(pick["contents"], "postback")] == ["v1|do=person"]
    assert request_violations([*texts, pick]) == []
    assert {message["type"] for message in messages((from_card(long_card(400)),))} == {"text"}


def test_a_card_without_sections_is_its_title() -> None:
    (message,) = messages((from_card(Card("題名だけ")),))
    assert words_of(message) == "題名だけ"
    assert request_violations([message]) == []


# --- turns ----------------------------------------------------------------------------------------


def test_no_reply_is_no_message() -> None:
    assert messages(()) == []
    assert messages((Reply(""),)) == []


def test_more_than_five_messages_are_put_together_and_stay_complete() -> None:
    turn = (*(Reply(f"その{number}。") for number in range(7)), question_turn("sales"))
    sent = messages(turn)
    assert [message["type"] for message in sent] == ["text", "flex"]
    assert sent[0]["text"] == "\n\n".join(f"その{number}。" for number in range(7))
    assert request_violations(sent) == []


def test_five_messages_are_the_most_whatever_is_said() -> None:
    sent = messages((*(Reply("あ" * 4999) for _ in range(7)), question_turn("sales")))
    assert len(sent) == 5
    assert sent[-1]["type"] == "flex"
    assert request_violations(sent) == []
    assert len(messages((Reply("あ" * 60_000),))) == 5


def test_a_long_text_is_split_at_a_paragraph() -> None:
    first, second = messages((Reply("あ" * 3000 + "\n\n" + "い" * 3000),))
    assert (first["text"], second["text"]) == ("あ" * 3000, "い" * 3000)


def test_a_sender_is_named_on_every_message() -> None:
    sent = messages((Reply("こんにちは"), question_turn("sales")), Speaker("相談員 山田"))
    assert [message["sender"] for message in sent] == [{"name": "相談員 山田"}] * 2
    (message,) = messages((Reply("はい"),), Speaker("あ" * 30, "https://example.com/a.png"))
    assert message["sender"] == {"name": "あ" * 19 + "…", "iconUrl": "https://example.com/a.png"}


def test_rendering_changes_nothing_it_was_given_and_says_the_same_again() -> None:
    turn = outcome_turn()
    first = json.dumps(messages(turn))
    messages(turn, Speaker("だれか"))
    assert json.dumps(messages(turn)) == first


# --- anything at all ------------------------------------------------------------------------------

PIECES = (
    "あ", "。", "\n", "\n\n", "（", "）", "・", "1. ", "○ ", "𠮷", "👨‍👩‍👧", "【1/2】", " ", "\u200b", "%",
    "03-1234-5678", "https://example.com/窓口?a=%20b", "https://", "x" * 300, "長い文です。" * 200,
)  # fmt: skip
TEXT = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
WORDS = TEXT.filter(str.strip)
CHOICES = st.lists(
    st.builds(choice, WORDS, st.just("sales"), st.sampled_from(["up", "flat"])), max_size=16
).map(tuple)
LINKS = st.one_of(
    st.builds(Link, st.just(LinkKind.CALL), WORDS, st.just("03-1234-5678")),
    st.builds(
        Link,
        st.just(LinkKind.OPEN),
        WORDS,
        st.sampled_from(["https://example.com/窓口", "https://example.com/" + "あ" * 200]),
    ),
)
SECTIONS = st.builds(Section, TEXT, st.lists(TEXT, max_size=5).map(tuple), st.booleans())
CARDS = st.builds(
    Card,
    WORDS,
    st.lists(SECTIONS, max_size=4).map(tuple),
    st.lists(LINKS, max_size=3).map(tuple),
    TEXT,
)
REPLIES = st.one_of(
    st.builds(Reply, TEXT, CHOICES, CHOICES, progress=st.none() | st.just(Progress(1, 2))),
    st.builds(from_card, CARDS, CHOICES),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(REPLIES, max_size=7).map(tuple))
def test_line_takes_anything_that_can_be_said(turn: Turn) -> None:
    sent = messages(turn, Speaker("相談員"))
    assert len(sent) <= 5
    assert sent == [] or request_violations(sent) == []


# --- measures -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        (flex_parts.INK, flex_parts.PAPER),
        (flex_parts.INK, flex_parts.TINT),
        (flex_parts.INK, flex_parts.WARM),
        (flex_parts.SOFT, flex_parts.PAPER),
        (flex_parts.SOFT, flex_parts.TINT),
        (flex_parts.ACCENT, flex_parts.PAPER),
        (flex_parts.ACCENT, flex_parts.TINT),
        (flex_parts.LINK, flex_parts.PAPER),
        (flex_parts.LINK, flex_parts.WARM),
        (flex_parts.PAPER, flex_parts.ACCENT),
    ],
)
def test_colours_can_be_told_apart_by_tired_eyes(ink: str, ground: str) -> None:
    def light(color: str) -> float:
        channels = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    brighter, darker = sorted((light(ink), light(ground)), reverse=True)
    # WCAG 2.2, contrast: 4.5 is asked of text, 7 of text for everybody.
    assert (brighter + 0.05) / (darker + 0.05) >= (5.5 if ink == flex_parts.SOFT else 6.5)


def test_a_choice_without_a_number_keeps_its_words() -> None:
    (row,) = flex.rows((Choice("はい", "v1|sales=up"),), None)
    assert [node["text"] for node in nodes(row) if node.get("type") == "text"] == ["はい"]


def test_a_text_of_ten_thousand_needs_no_more_than_five_messages_wherever_it_is_divided() -> None:
    begins = "一\n\n二\n三。"
    text = (begins + "四" * 5100) * 2
    (first, *_) = sent = messages((Reply(text),))
    assert len(sent) <= LINE.replies
    assert first["text"].startswith("一")


def test_picture_of_a_card_stands_above_it_and_opens_whole() -> None:
    address = "https://example.org/sheets/x.cash.png"
    card = Card("お金の流れ", (Section("", ("足りなくなりそうです。",)),), image=address)
    (message,) = messages((from_card(card, (), (PERSON,)),))
    hero = message["contents"]["hero"]
    assert (hero["url"], hero["action"]["uri"]) == (address, address)
    assert request_violations([message]) == []

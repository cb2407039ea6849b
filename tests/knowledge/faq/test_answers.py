import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.faq.answers import (
    Answer,
    Entry,
    Faq,
    Found,
    Nothing,
    OtherTopic,
    Suggestions,
    is_question,
    load,
)

FAQ = load()
MIXED = st.text(
    st.one_of(st.characters(), st.sampled_from("いくら補助?費用リスケ、はー。ｱﾊﾟ😀\ud800"))
)


def ids(found: Found) -> list[str]:
    assert isinstance(found, Answer | Suggestions), found
    return [match.entry.id for match in found.matches]


@pytest.mark.parametrize(
    "text",
    [
        "リスケとは何ですか?",
        "ﾘｽｹって何ですか??",
        "りすけとは",
        "リスケって、なんなん?😅",
        "すみません、リスケって何のことか教えてください",
        "リスケェーーとは",
    ],
)
def test_one_question_has_many_spellings(text: str) -> None:
    assert ids(FAQ.find(text))[0] == "reschedule-what"


def test_a_sure_answer_is_one_entry_and_an_unsure_one_offers_at_most_three() -> None:
    assert isinstance(FAQ.find("リスケの期間はどれくらい?"), Answer)
    offered = FAQ.find("保証")
    assert isinstance(offered, Suggestions)
    assert 1 <= len(offered.matches) <= 3


def test_a_compound_question_is_answered_in_the_order_asked() -> None:
    assert ids(FAQ.find("費用いくらで、いつまで?")) == ["own-share", "application-deadline"]
    assert ids(FAQ.find("いつまで?あと、費用はいくら?")) == ["application-deadline", "own-share"]


@pytest.mark.parametrize(
    ("text", "last", "expected"),
    [
        ("じゃあNPOは?", "sole-proprietor", "npo-general-association"),
        ("期間は?", "reschedule-what", "reschedule-period"),
        ("電話は?", "guarantee-association-role", "guarantee-association-contact"),
        ("それって銀行にばれる?", "reschedule-what", "told-to-bank"),
        ("そっちはいつまで続けられるの", "reschedule-what", "reschedule-period"),
        ("この制度、いくら出るの", "early-plan-vs-405", "subsidy-amount"),
    ],
)
def test_a_follow_up_is_read_with_the_question_before(text: str, last: str, expected: str) -> None:
    assert ids(FAQ.find(text, last))[0] == expected


def test_an_unknown_last_entry_is_no_harm() -> None:
    assert FAQ.find("期間は?", "no-such-entry") == FAQ.find("期間は?")


@pytest.mark.parametrize("place", ["", "大阪で鉄工所をやってますが", "札幌市で30年、"])
def test_places_and_numbers_are_no_reason_to_fail(place: str) -> None:
    assert ids(FAQ.find(f"{place}個人事業主でも使えますか"))[0] == "sole-proprietor"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("持続化補助金の締切は", "商工会議所"),
        ("ものづくり補助金について知りたい", "ミラサポplus"),
        ("事業承継のことで相談が", "事業承継・引継ぎ支援センター"),
        ("カードローンの返済", "消費生活センター"),
        ("あしたの天気を教えて", "資金繰り"),
        ("こんにちは!", "お尋ねください"),
    ],
)
def test_what_is_not_ours_is_said_with_where_to_ask(text: str, where: str) -> None:
    found = FAQ.find(text)
    assert isinstance(found, OtherTopic)
    assert where in found.reply


def test_our_part_beside_another_topic_is_answered() -> None:
    text = "持続化補助金は前に使ったけど、個人事業主でも使えますか?"
    assert ids(FAQ.find(text)) == ["sole-proprietor"]


def test_a_faq_that_answers_a_topic_makes_it_its_own() -> None:
    faq = Faq(
        (Entry("a", "住宅ローン控除の申請は?", "税務署へ。"), Entry("b", "転出届は?", "1階へ。"))
    )
    assert ids(faq.find("住宅ローン控除の申請をしたい"))[0] == "a"


@pytest.mark.parametrize("text", ["", " ", "\n", "?", "😀", "zxcvbnm", "ぬるぽぬるぽ", "\ud800"])
def test_what_asks_nothing_finds_nothing(text: str) -> None:
    assert FAQ.find(text) == Nothing()


def test_entries_without_phrasings_or_answers_can_be_found() -> None:
    faq = Faq(
        (Entry("a", "犬の登録はどこでしますか", ""), Entry("b", "ごみの出し方", "分別します。"))
    )
    assert faq.rank("飼い犬を登録したい")[0].entry.id == "a"


def test_the_answer_text_helps() -> None:
    faq = Faq(
        (Entry("a", "粗大な品の処分", "冷蔵庫やソファ。"), Entry("b", "小さな品の処分", "電池。"))
    )
    assert faq.rank("ソファを処分したい")[0].entry.id == "a"


@settings(max_examples=200, deadline=None)
@given(MIXED, st.sampled_from([None, "reschedule-what"]))
def test_no_text_breaks_it(text: str, last: str | None) -> None:
    FAQ.find(text, last)
    scores = [match.score for match in FAQ.rank(text)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize("text", ["あ" * 10_000, "個人事業主でも使えますか?" * 500, "。" * 10_000])
def test_a_very_long_text_is_no_harm(text: str) -> None:
    assert len(FAQ.rank(text)) <= 10
    FAQ.find(text)


def test_the_question_at_the_end_of_a_long_story_is_heard() -> None:
    story = "先代から続く店のことで毎日いろいろありまして。" * 40
    assert "consultation-fee" in ids(FAQ.find(f"{story}相談するだけでお金はかかりますか?"))


def test_many_threads_may_ask_at_once() -> None:
    faq = Faq(FAQ.entries)
    texts = ["リスケとは", "相談は無料?", "個人事業主でも使える?", "必要な書類は?"] * 10
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(faq.rank, texts)) == [FAQ.rank(text) for text in texts]


def test_importing_it_does_not_load_the_dictionary() -> None:
    code = "import sys, knowledge.faq; sys.exit('sudachipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_entries_are_found_by_id() -> None:
    assert FAQ["cost" if FAQ.get("cost") else "own-share"].id == "own-share"
    assert FAQ.get("no-such-entry") is None
    with pytest.raises(KeyError):
        FAQ["no-such-entry"]


@pytest.mark.parametrize(
    "text",
    [
        "使えますか",
        "いくら",
        "なんぼかかるん?",
        "どこ",
        "いつまで",
        "リスケって何",
        "無料なの",
        "教えて",
        "ｲｸﾗ?",
    ],
)
def test_questions_read_like_questions(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "はい",
        "3割くらい落ちた",
        "飲食店です",
        "いいえ",
        "大阪",
        "",
        "売上が減っている",
        "いつも赤字です",
    ],
)
def test_answers_do_not(text: str) -> None:
    assert not is_question(text)

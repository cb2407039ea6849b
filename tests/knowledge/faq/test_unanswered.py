"""Unanswered questions are grouped once each, in whatever order they come."""

import csv
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.faq.unanswered import Group, grouped, wordings

NOON = datetime(2026, 11, 28, 3, tzinfo=UTC)


@dataclass(frozen=True)
class Question:
    id: int
    text: str
    asked_at: datetime
    person: str
    open_question: str = ""


def questions(*texts: str) -> list[Question]:
    """Each of another person."""
    return [
        Question(n, text, NOON + timedelta(minutes=n), f"line:U{n}")
        for n, text in enumerate(texts, 1)
    ]


def texts_of(groups: tuple[Group, ...], asked: list[Question]) -> list[list[str]]:
    words = {question.id: question.text for question in asked}
    return [[words[number] for number in group.ids] for group in groups]


def test_the_same_question_in_other_words_is_one_group_and_the_biggest_comes_first() -> None:
    asked = questions(
        "補助金で車は買えますか",
        "猫カフェでも使えますか？",
        "ねこカフェでも使えますか",
        "あの、猫カフェでも使えるでしょうか。。。",
        "補助金で車って買える？",
        "融資の電話は何時まで",
    )
    assert texts_of(grouped(asked), asked) == [
        ["猫カフェでも使えますか？", "ねこカフェでも使えますか", "あの、猫カフェでも使えるでしょうか。。。"],
        ["補助金で車は買えますか", "補助金で車って買える？"],
        ["融資の電話は何時まで"],
    ]  # fmt: skip


def test_short_lines_under_different_questions_are_apart_and_long_ones_together() -> None:
    short = [
        replace(each, open_question=asked)
        for each, asked in zip(
            questions("ぼちぼち", "ぼちぼちです", "ぼちぼち"),
            ("sales", "sales", "cash"),
            strict=True,
        )
    ]
    assert texts_of(grouped(short), short) == [["ぼちぼち", "ぼちぼちです"], ["ぼちぼち"]]
    long = [
        replace(each, open_question=asked)
        for each, asked in zip(
            questions("猫カフェでも補助金は使えますか", "ねこカフェでも補助金は使えますか"),
            ("sales", "cash"),
            strict=True,
        )
    ]
    assert len(grouped(long)) == 1


def test_what_most_people_typed_comes_first_and_the_time_is_that_of_the_oldest() -> None:
    asked = questions("猫カフェでも使えますか", "猫カフェは？", "猫カフェは？", "猫カフェは")
    assert wordings(asked)[0] == "猫カフェは？"
    group = grouped(asked)[0]
    assert (group.count, group.since) == (len(group.ids), NOON + timedelta(minutes=group.ids[0]))


def test_questions_with_different_answers_are_kept_apart() -> None:
    with Path("tests/cases/faq_questions.csv").open(encoding="utf-8") as file:
        expected = {row["text"]: row["expected"] for row in csv.DictReader(file)}
    asked = questions(*expected)
    for texts in texts_of(grouped(asked), asked):
        assert len({expected[text] for text in texts}) == 1, texts


def test_one_word_in_common_is_not_the_same_question() -> None:
    assert len(grouped(questions("リスケって何?", "りすけはなんねんまで"))) == 2


def test_no_questions_make_no_groups() -> None:
    assert grouped([]) == ()


TEXT = st.one_of(
    st.sampled_from(["猫カフェは？", "ねこかふぇは", "猫カフェも", "犬カフェは？", "車", "くるま", "", "?", "…"]),
    st.text(st.sampled_from("あいう猫犬カフェ車は？ \n"), max_size=8),
    st.text(max_size=12),
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXT, max_size=12), st.randoms())
def test_every_question_is_in_one_group_and_their_order_does_not_matter(
    texts: list[str], random: Random
) -> None:
    asked = questions(*texts)
    groups = grouped(asked)
    assert sorted(number for group in groups for number in group.ids) == [q.id for q in asked]
    assert [group.count for group in groups] == sorted((g.count for g in groups), reverse=True)
    random.shuffle(asked)
    assert grouped(asked) == groups


@given(st.lists(st.sampled_from(["猫カフェは？", "ﾈｺｶﾌｪは", "ねこかふぇ…は！"]), min_size=1))
def test_spelling_alone_never_separates(texts: list[str]) -> None:
    assert len(grouped(questions(*texts))) == 1


def test_one_person_who_asks_often_counts_once_and_pushes_nobody_out_of_sight() -> None:
    kinds = (
        "猫カフェ",
        "屋台",
        "温泉宿",
        "染物屋",
        "写真館",
        "牧場",
        "花屋",
        "酒蔵",
        "陶芸",
        "鍛冶屋",
    )
    flood = [
        Question(
            n, f"{kinds[n % 10]}の許可はどこで取れますか", NOON + timedelta(seconds=n), "line:U1"
        )
        for n in range(300)
    ]
    others = [
        Question(1000 + n, text, NOON + timedelta(hours=1), f"line:U{n + 2}")
        for n, text in enumerate(["従業員の退職金の積立は", "商標の出願はいくら"])
    ]
    groups = grouped([*flood, *others])
    assert {group.count for group in groups} == {1}
    assert {1000, 1001} <= {number for group in groups[:3] for number in group.ids}
    assert groups[0].people == {"line:U1"}

"""Formatting of staff in Slack becomes plain words on LINE without other changes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack.ui.marks import strip_marks
from bot.channels.slack.ui.mrkdwn import escape, read_plain

WORD = st.text("あ亜ア1a９", min_size=1, max_size=6)
MARKS = [("*", "*"), ("_", "_"), ("~", "~"), ("`", "`"), ("```", "```"), ("```\n", "\n```")]


def read(text: str) -> str:
    return read_plain(strip_marks(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*大切* `405` ~旧~ _注_", "大切 405 旧 注"),
        ("これは*太字*です", "これは太字です"),
        ("*_両方_* と ~*三重*~", "両方 と 三重"),
        ("`a*b*c` は *そのまま*", "a*b*c は そのまま"),
        ("```\n一行目\n二行目 *x*\n```", "一行目\n二行目 *x*"),
        ("&gt; 費用はいくら\n3分の2が補助されます", "「費用はいくら」\n3分の2が補助されます"),
        ("&gt; 一\n&gt; 二\nはい", "「一\n二」\nはい"),
        ("はい\n&gt;&gt;&gt; 引用", "はい\n「引用」"),
        ("*<https://a.example/x_y_z*|窓口>* へ", "窓口 https://a.example/x_y_z* へ"),
        ("<https://a.example/_a_/*b*>", "https://a.example/_a_/*b*"),
        ("*<@U1>* さん :smile:", "@担当 さん 😄"),
        ("（*注意*）、~旧料金~。", "（注意）、旧料金。"),
        # What is no formatting stays.
        ("2*3*4 と 2 * 3 * 4", "2*3*4 と 2 * 3 * 4"),
        ("月~金、土~日", "月~金、土~日"),
        ("9:00~12:00、13:00~17:00", "9:00~12:00、13:00~17:00"),
        ("顧客_一覧_最新.xlsx と snake_case_name", "顧客_一覧_最新.xlsx と snake_case_name"),
        ("＊必須", "＊必須"),
        ("** と __ と ``", "** と __ と ``"),
        ("5 &gt; 3", "5 > 3"),
        ("*閉じていない", "*閉じていない"),
        ("*行を\nまたぐ*", "*行を\nまたぐ*"),
    ],
)
def test_strip_marks_of_formatting_leaves_plain_words(text: str, expected: str) -> None:
    assert read(text) == expected


@given(WORD, st.lists(st.sampled_from(MARKS), max_size=3, unique=True))
def test_strip_marks_of_nested_marks_leaves_the_word(
    word: str, marks: list[tuple[str, str]]
) -> None:
    code = [each for each in marks if "`" in each[0]][:1]
    text = word
    for before, after in code + [each for each in marks if "`" not in each[0]]:
        text = f"{before}{text}{after}"
    if code and code[0][0].endswith("\n") and len(marks) > 1:
        return  # bold and its like end with their line
    assert read(f"（{text}）") == f"（{word}）"


@given(st.lists(st.sampled_from([*"*_~`>\n 、", "あ", "a", "1", "<@U1>", "&gt;"]), max_size=25))
def test_strip_marks_takes_nothing_but_marks(pieces: list[str]) -> None:
    before = "".join(pieces)
    marks = re.compile(r"(<@U1>)|[*_~`\s「」>]|&gt;")  # a mention's own `>` is no mark
    assert marks.sub(r"\1", strip_marks(before)) == marks.sub(r"\1", before)


@given(st.text("あ亜1a >&<、\n。:/", max_size=40))
def test_strip_marks_of_unmarked_text_changes_nothing(text: str) -> None:
    if not re.search(r"^>", text, re.MULTILINE):
        assert strip_marks(escape(text)) == escape(text)

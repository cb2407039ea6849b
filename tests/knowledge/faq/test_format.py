import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.faq.answers import Entry, Faq, FaqError, load, problems
from knowledge.faq.format import parse
from knowledge.faq.writing import written

WHOLE = """\
# 対象
<!-- 書く人へ: 短く。
2行目 -->
## 個人事業主でも使えますか? {#sole-proprietor}

使えます。会社でなくても対象です。

相談だけでも大丈夫です。

言い換え:
- 自営業でも使える
- 一人親方
出典: S16, S17
確認日: 2026-11-23
窓口で確認: はい
慎重: はい
関連: farming

# 費用
## いくらかかりますか? {#cost}
無料です。
# 対象
## 農業でも使えますか? {#farming}
使えます。
"""


def faults_of(text: str) -> str:
    with pytest.raises(FaqError) as caught:
        parse(text)
    return str(caught.value)


def test_everything_an_entry_can_say_is_read() -> None:
    assert parse(WHOLE)[0] == Entry(
        id="sole-proprietor",
        question="個人事業主でも使えますか?",
        answer="使えます。会社でなくても対象です。\n\n相談だけでも大丈夫です。",
        phrasings=("自営業でも使える", "一人親方"),
        topic="対象",
        sources=("S16", "S17"),
        checked_on="2026-11-23",
        confirm=True,
        related=("farming",),
        sensitive=True,
    )


def test_an_entry_is_written_as_it_was_read() -> None:
    (entry, *_) = parse(WHOLE)
    assert parse(f"# 対象\n{written(entry)}\n") == (entry,)


def test_a_topic_may_come_twice_and_most_fields_may_be_missing() -> None:
    assert [(entry.id, entry.topic) for entry in parse(WHOLE)] == [
        ("sole-proprietor", "対象"),
        ("cost", "費用"),
        ("farming", "対象"),
    ]


@pytest.mark.parametrize("disguise", ["\ufeff{}", "{}\n\n"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_bom_and_windows_line_ends_change_nothing(
    tmp_path: Path, disguise: str, line_end: str
) -> None:
    path = tmp_path / "faq.md"
    path.write_bytes(disguise.format(WHOLE).replace("\n", line_end).encode())
    assert load(path).entries == parse(WHOLE)


@pytest.mark.parametrize(
    ("broken", "line", "said"),
    [
        (WHOLE.replace(" {#cost}", ""), 20, "{#id}"),
        (WHOLE.replace("{#cost}", "{#費用}"), 20, "英小文字"),
        (WHOLE.replace("無料です。\n", ""), 20, "答えがありません"),
        (WHOLE.replace("2026-11-23", "去年の秋"), 14, "2026-11-23 のような日付"),
        (WHOLE.replace("確認: はい", "確認: たぶん"), 15, "「はい」か「いいえ」"),
        (WHOLE.replace("慎重: はい", "慎重: たぶん"), 16, "「慎重」は「はい」か「いいえ」"),
        (WHOLE.replace("S16, S17", "ウェブ"), 13, "S16, S17 のような番号"),
        (WHOLE.replace("- 一人親方", "一人親方"), 12, "「- 」"),
        (WHOLE.replace("# 費用\n##", "### 費用\n##"), 19, "「# 分野」"),
        (WHOLE.replace("確認日:", "出典:"), 14, "2回"),
        ("はじめに\n" + WHOLE, 1, "見出しより前"),
    ],
)
def test_a_fault_names_its_line_and_what_was_expected(broken: str, line: int, said: str) -> None:
    assert any(
        f"{line}行目" in fault and said in fault for fault in faults_of(broken).splitlines()
    ), faults_of(broken)


def test_all_faults_are_told_at_once() -> None:
    told = faults_of(WHOLE.replace("2026-11-23", "去年").replace("はい", "たぶん"))
    assert "確認日" in told
    assert "窓口で確認" in told


@pytest.mark.parametrize("text", ["", "\n\n", "# 対象\n", "[]"])
def test_a_faq_without_questions_is_a_fault(text: str) -> None:
    assert "質問が1件もありません" in faults_of(text)


def test_plain_json_is_read() -> None:
    entries = parse(
        '[{"id": 7, "question": "犬の登録は?", "answer": null},'
        ' {"id": "b", "question": "ごみの日は?", "phrasings": ["ゴミはいつ"], "answer": "月曜"}]'
    )
    assert entries == (
        Entry("7", "犬の登録は?", ""),
        Entry("b", "ごみの日は?", "月曜", phrasings=("ゴミはいつ",)),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[{", "1行目: JSONとして読めません"),
        ('{"id": "a"}', "一覧"),
        ('[{"id": "a"}]', "1件目: 「question」"),
        ('[{"id": "a", "question": "q", "phrasings": "x"}, 3]', "2件目"),
        ("[" * 100_000, "JSONとして読めません"),
        ("[" + "1" * 5_000 + "]", "JSONとして読めません"),
    ],
)
def test_broken_json_is_told(text: str, said: str) -> None:
    assert said in faults_of(text)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "faq.md"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FaqError, match=r"faq\.md"):
        load(path)


LINES = st.lists(
    st.one_of(st.sampled_from(WHOLE.splitlines()), st.text(max_size=12), st.just('[{"id"')),
    max_size=12,
)


@given(LINES.map("\n".join))
def test_the_parser_raises_nothing_but_its_own_error(text: str) -> None:
    with contextlib.suppress(FaqError):
        parse(text)


def test_what_we_publish_is_complete() -> None:
    assert problems(load()) == []


def test_problems_are_found() -> None:
    entry = Entry("a", "使えますか?", "はい。", phrasings=("いける?",) * 2, related=("b", "a"))
    told = "\n".join(problems(Faq((entry, Entry("a", "使えますか?", "")))))
    for expected in ("分野", "答え", "出典", "確認日", "言い換えが2個", "「b」", "自分のid", "2回"):
        assert expected in told


def test_sensitive_answer_is_offered_beside_sensitive_ones_only() -> None:
    mild = Entry("mild", "保証を外せますか?", "はい。", related=("hard",))
    hard = Entry("hard", "破産しますか?", "必ずではありません。", sensitive=True)
    alike = Entry("alike", "閉めたら?", "相談できます。", related=("hard",), sensitive=True)
    told = [each for each in problems(Faq((mild, hard, alike))) if "慎重" in each]
    assert told == ["FAQ「mild」: 関連の「hard」は慎重の答えです。ほかの答えを選んでください。"]

"""Names under which nobody may write to an owner."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack.home.impersonation import explain_refusal


@pytest.mark.parametrize(
    "name",
    [
        "LlNE公式",
        "LΙNE公式",
        "L1NE",
        "L|NE 相談",
        "L!NE",
        "L I N E",
        "L.I.N.E.",
        "ＬＩＮＥ",
        "ⅬⅠNE",
        "LІNE",
        "LÍNE",
        "🅻🅸🅽🅴",
        "🇱🇮🇳🇪",
        "L1N3",
        "Iine",
        "ライン相談",
        "ﾗｲﾝ",
    ],
)
def test_explain_refusal_of_a_name_that_reads_as_line_is_a_sentence(name: str) -> None:
    assert explain_refusal(name)


@pytest.mark.parametrize(
    "name",
    ["山田 公式", "松山市役所 山田", "税 務 署 山田", "中小企業庁", "日本政策金融公庫", "愛媛銀行 山田",
     "愛媛県信用保証協会", "活性化協議会 山田", "商工会議所", "ハローワーク松山", "警察 相談係", "よろず支援拠点"],
)  # fmt: skip
def test_explain_refusal_of_a_public_bodys_role_is_a_sentence(name: str) -> None:
    assert "公的な機関" in explain_refusal(name)


@pytest.mark.parametrize(
    "name",
    ["相談員 山田", "山田 省", "佐々木 花子", "髙橋・ジョン", "Taro Yamada", "オンライン相談員 田中", "ヨシダ🌸",
     "経営改善支援センター", "渡邉（夜間）", "相談員 No.2", "𠮷野", "ガイドライン係", "Emily"],
)  # fmt: skip
def test_explain_refusal_of_an_ordinary_name_is_empty(name: str) -> None:
    assert explain_refusal(name) == ""


@given(st.text(max_size=20))
def test_explain_refusal_of_any_name_answers(name: str) -> None:
    assert explain_refusal(name) == "" or explain_refusal(name).endswith(("。", "山田"))

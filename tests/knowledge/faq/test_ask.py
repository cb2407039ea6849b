import json
import subprocess
import sys
from pathlib import Path

import pytest

OURS = [
    {"id": "a", "question": "犬の登録は?", "answer": "市役所へ。"},
    {"id": 2, "question": "ごみの日は?"},
]


def ask(*arguments: str | Path, piped: str = "") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "bot", "ask", *map(str, arguments)]
    return subprocess.run(command, input=piped.encode(), capture_output=True, check=False)


def test_a_question_is_answered_with_source_and_date() -> None:
    told = ask("リスケとは何ですか")
    assert told.returncode == 0
    assert "【リスケとは何ですか" in told.stdout.decode()
    assert "出典：条件変更の5類型。確認日：2026年11月23日" in told.stdout.decode()


def test_lines_are_answered_one_by_one_as_json() -> None:
    piped = "\ufeffリスケとは何ですか\r\n\r\n住宅ローンの審査\r\n"
    lines = ask("--json", piped=piped).stdout.decode().splitlines()
    known, empty, elsewhere = map(json.loads, lines)
    assert known["query"] == "リスケとは何ですか"
    assert known["decision"] == "answer"
    assert known["matches"][0]["id"] == "reschedule-what"
    assert len(known["matches"]) == 10
    assert empty == {
        "query": "",
        "decision": "none",
        "matches": [],
        "reply": "質問が空です。聞きたいことを、ふだんの言葉で書いてください。",
    }
    assert elsewhere["decision"] == "none"
    assert elsewhere["other_topic"] == "個人のローン"
    assert elsewhere["matches"]
    assert "扱っていません" in elsewhere["reply"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "質問が空です"), ("あ" * 10_000, "長すぎる"), ("zxcvbnm", "まだありません")],
)
def test_what_cannot_be_answered_is_told(text: str, said: str) -> None:
    told = ask(piped=f"{text}\n")
    assert told.returncode == 0
    assert said in told.stdout.decode()


def test_bytes_that_are_not_utf_8_are_no_harm() -> None:
    command = [sys.executable, "-m", "bot", "ask", "--json"]
    told = subprocess.run(command, input=b"\xff\xfe\n", capture_output=True, check=False)
    assert told.returncode == 0
    assert json.loads(told.stdout)["decision"] == "none"


def test_another_faq_can_be_asked(tmp_path: Path) -> None:
    path = tmp_path / "faq.json"
    path.write_text(json.dumps(OURS), encoding="utf-8")
    told = ask("--faq", path, "--json", "犬を登録したい")
    assert json.loads(told.stdout)["matches"][0]["id"] == "a"


@pytest.mark.parametrize("content", ["", "[{", '[{"id": 1}]', "# 分野\n## 質問\n答え\n", None])
def test_a_faq_that_cannot_be_used_ends_with_2(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "faq"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    told = ask("--faq", path, "リスケとは")
    assert told.returncode == 2
    assert told.stdout == b""
    assert "FAQ" in told.stderr.decode() or "直すところ" in told.stderr.decode()
    assert "Traceback" not in told.stderr.decode()

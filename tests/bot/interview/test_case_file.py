"""The file of a case has every part in order, with its content."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.interview.case_file import FilePart, Reception, make_case_file, write_as_text
from bot.model import conversation as conversations
from bot.model.case import Case, Reason
from bot.model.case_details import CaseDetails, from_dict, to_dict
from bot.model.conversation import Conversation, Mode
from bot.model.turn import Context
from bot.presentation.case_names import name_case
from flows.keiei.programme import KEIEI
from knowledge.library import load

NOW = datetime(2026, 11, 27, 5, 30, tzinfo=UTC)  # 14:30 of a Friday in Japan
CONTEXT = Context(NOW, load(), KEIEI, desk=True)
CASE = Case("ab12cd34ef", Reason.URGENT, NOW, NOW + timedelta(hours=1))
ANSWERS = {
    "sales": ("down_sharp",),
    "cause": ("unknown",),
    "repayment": ("late",),
    "prefecture": ("28",),
}
TOLD = Conversation("line:U1", Mode.WAITING, "diagnosis", ANSWERS, case=CASE)
CAME = Reception(NOW, "LINE")


def parts_of(conversation: Conversation, *words: str) -> dict[str, tuple[str, ...]]:
    return {each.heading: each.lines for each in make_case_file(conversation, CONTEXT, CAME, words)}


def test_case_file_begins_with_urgency_and_reason() -> None:
    shown = list(parts_of(TOLD, "助けてください"))
    assert shown[:5] == ["急ぎ度", "人が必要な理由", "受付", "ひとことで", "ご本人の言葉"]


def test_case_file_says_when_how_and_who() -> None:
    assert parts_of(TOLD)["受付"] == ("11月27日（金）14時30分（LINE）", "担当：まだいません")
    came = Reception(NOW, "LINE", "相談員 花子")
    taken = make_case_file(TOLD, CONTEXT, came)
    assert "担当：相談員 花子" in write_as_text(taken)


def test_case_file_without_a_story_tells_it_by_the_answers_that_decide() -> None:
    assert parts_of(TOLD)["ひとことで"] == ("返済のようす：遅れている・止まっている",)
    written = replace(TOLD, details=CaseDetails(story="入金が止まった"))
    assert parts_of(written)["ひとことで"] == ("入金が止まった",)


def test_case_file_quotes_words_only_where_there_are_some() -> None:
    assert parts_of(TOLD, "苦しい", "月末が")["ご本人の言葉"] == ("「苦しい」", "「月末が」")
    assert "ご本人の言葉" not in parts_of(TOLD)


def test_case_file_lists_what_is_not_known_yet() -> None:
    likely = replace(TOLD, likely={"cash": ("within_3_months",)})
    opened = parts_of(likely)["まだ分からないこと"]
    assert opened[0] == "売上が減った理由：本人も分からない"
    assert opened[1].startswith("手元のお金：「3か月もたない」か")
    assert any(each.endswith("：まだ聞いていない") for each in parts_of(TOLD)["まだ分からないこと"])


def test_case_file_shows_every_entry_of_staff() -> None:
    details = CaseDetails(
        loans="A信金 1,200万円",
        guarantor="代表者",
        due_on=date(2026, 12, 10),
        due_what="返済 18万円",
        notice="督促状",
        papers="試算表",
        advised="奥さまに、協議会への電話",
        next_step="こちらから電話",
        next_by=date(2026, 12, 3),
    )
    shown = parts_of(replace(TOLD, details=details))
    assert shown["借入先"] == ("A信金 1,200万円",)
    assert shown["保証人"] == ("代表者",)
    assert shown["次の期日"] == ("12月10日（木）　返済 18万円",)
    assert shown["届いた書類"] == ("督促状",)
    assert shown["これから届く書類"] == ("試算表",)
    assert shown["お伝えしたこと"][-1] == "相談員：奥さまに、協議会への電話"
    assert shown["次にすること"] == (
        "最初のお返事（11月27日（金）15時30分ごろまでと約束）",
        "こちらから電話（12月3日（木）まで）",
    )


def test_case_file_of_a_caller_without_a_case_has_no_reason() -> None:
    parts = make_case_file(replace(TOLD, case=None), CONTEXT, Reception(NOW, "電話", "花子"))
    assert "人が必要な理由" not in {each.heading for each in parts}
    assert "11月27日（金）14時30分（電話）" in write_as_text(parts)


def test_case_file_as_text_has_a_heading_over_each_part() -> None:
    parts = (FilePart("結果", ("使えそうです",)), FilePart("窓口", ("兵庫", "078")))
    assert write_as_text(parts) == "【結果】\n使えそうです\n\n【窓口】\n兵庫\n078"


def test_case_name_tells_place_and_moment_and_no_number() -> None:
    assert name_case(CASE, ANSWERS, KEIEI) == "兵庫県の相談（11/27 14:30）"
    assert name_case(CASE, {}, KEIEI) == "相談（11/27 14:30）"
    assert name_case(CASE, {"prefecture": ("unknown",)}, KEIEI) == "相談（11/27 14:30）"


@given(st.builds(CaseDetails, *[st.text(max_size=20)] * 3, st.none() | st.dates()))
def test_case_details_written_and_read_say_the_same(details: CaseDetails) -> None:
    kept = from_dict(to_dict(details))
    assert kept.due_on == details.due_on
    assert (kept.story, kept.loans) == (details.story.strip(), details.loans.strip())
    whole = replace(TOLD, details=kept)
    assert conversations.from_dict(conversations.to_dict(whole)) == whole

"""Figures are begun, skipped, corrected and left in a conversation.

They never stand in the way of more urgent matters.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.respond import respond
from bot.figures.figures import Figures, How
from bot.figures.pictures import ASKS, Picture, bands_of
from bot.interview.standing import state_of
from bot.model.conversation import Conversation, from_dict, to_dict
from bot.model.messages import Kind, Message, typed
from bot.model.turn import Context, PassOn, Turn
from bot.presentation.limits import faults
from flows.keiei.programme import KEIEI
from knowledge import library
from tests.bot.figures.owners_figures import MAN, figures

NOW = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
CONTEXT = Context(NOW, library.load(), KEIEI)
RESULT = (
    "v1|flow=qualify",
    "会社です",
    "飲食店で5人",
    "信金と公庫",
    "苦しい",
    "相談したい",
    "税理士がいる",
    "愛媛県",
)
BEGIN = "v1|picture=cash"


def talk(*lines: str, conversation: Conversation | None = None) -> Turn:
    turn = Turn(conversation or Conversation("test:you"))
    for line in lines:
        turn = respond(turn.conversation, typed(line), CONTEXT)
        assert not [*faults(line, turn.replies)]
    return turn


def respond_to(conversation: Conversation, line: str) -> Turn:
    return respond(conversation, typed(line), CONTEXT)


def words(turn: Turn) -> str:
    return "\n".join(reply.text for reply in turn.replies)


def asked(turn: Turn) -> str:
    return state_of(turn.conversation, KEIEI)


@pytest.mark.parametrize("picture", Picture)
def test_no_picture_asks_more_than_seven_things(picture: Picture) -> None:
    turn = talk(f"v1|picture={picture}")
    count = 0
    while turn.conversation.picture:
        turn, count = talk("とばす", conversation=turn.conversation), count + 1
    assert count == len(ASKS[picture]) <= 7


def test_nothing_given_says_what_is_missing_and_what_is_kept() -> None:
    begun = talk(BEGIN)
    assert "180日使わないと自動で消え" in words(begun)
    assert "だいたいの幅で十分" in words(begun)
    done = talk(*["わからない"] * 5, conversation=begun.conversation)
    assert "手元のお金、月の売上（入るお金）、月の支払い（返済のほか）がわからないので" in words(
        done
    )
    assert {each.how for each in done.conversation.figures.given.values()} == {How.UNKNOWN}


def test_several_figures_in_one_message_fill_several_questions() -> None:
    turn = talk(BEGIN, "手元300万、売上250万、経費230万、返済62万")
    assert asked(turn) == "payments"
    assert turn.conversation.figures.monthly_repayment == 62 * MAN


def test_back_takes_the_last_figure_back_and_leaves_the_others() -> None:
    turn = talk(BEGIN, "300万", "250万", "戻る")
    assert asked(turn) == "monthly_sales"
    assert (turn.conversation.figures.cash, turn.conversation.figures.monthly_sales) == (
        300 * MAN,
        None,
    )


def test_back_before_the_first_figure_leaves_the_picture() -> None:
    assert not talk(BEGIN, "戻る").conversation.picture


def test_stopping_keeps_figures_and_begins_again_where_it_stood() -> None:
    left = talk(BEGIN, "300万", "やめる")
    assert not left.conversation.picture
    assert left.conversation.figures.cash == 300 * MAN
    assert asked(talk("お金の流れを図にする", conversation=left.conversation)) == "monthly_sales"


def test_figures_survive_the_store() -> None:
    turn = talk(BEGIN, "300万")
    kept = from_dict(to_dict(turn.conversation))
    assert asked(talk("250万", conversation=kept)) == "monthly_costs"


def test_number_of_a_button_is_the_button_and_larger_ones_are_figures() -> None:
    assert talk(BEGIN, "2").conversation.figures.given["cash"].how is How.BAND
    assert "80円と読みました" in words(talk(BEGIN, "80"))


def test_eight_digits_are_a_figure_where_one_is_asked_for() -> None:
    begun = talk(BEGIN).conversation
    turn = respond(begun, Message(Kind.HANDED_OVER, text="30000000"), CONTEXT)
    assert turn.conversation.figures.cash == 3000 * MAN


def test_picture_of_another_version_is_asked_for_no_more() -> None:
    kept = from_dict({"key": "test:you", "picture": "turtles", "figure_again": "cash"})
    assert asked(respond_to(kept, "こんにちは")) == "menu"


def test_who_has_no_loans_is_not_asked_for_repayment() -> None:
    turn = talk(BEGIN, conversation=Conversation("test:you", answers={"lenders": ("none",)}))
    assert "月の返済は0円ですね" in words(turn)
    assert asked(talk("300万", "250万", "230万", conversation=turn.conversation)) == "payments"


def test_despair_is_heard_first_and_the_figure_waits() -> None:
    turn = talk(BEGIN, "300万", "もう死にたい")
    assert turn.notices == ("despair",)
    assert asked(talk("つづける", conversation=turn.conversation)) == "monthly_sales"


def test_urgent_trouble_leaves_the_picture_and_is_dealt_with() -> None:
    turn = talk(*RESULT, BEGIN, "300万", "明日の給料が払えない")
    assert turn.notices[0] == "urgent:wages"
    assert not turn.conversation.picture
    assert turn.conversation.figures.cash == 300 * MAN


def test_figure_told_with_urgent_trouble_is_kept() -> None:
    turn = talk(*RESULT, BEGIN, "通帳に80万しかなく、明日の給料が払えません")
    assert "urgent:wages" in turn.notices
    assert turn.conversation.figures.cash == 80 * MAN


@pytest.mark.parametrize("said", ["月末に手形150万", "12月末に家賃30万と保険料20万"])
def test_payment_to_come_is_no_emergency(said: str) -> None:
    turn = talk(BEGIN, "手元900万、売上250万、経費230万、返済2万", said)
    assert not turn.notices
    assert "お金の流れ（6か月）" in words(turn)


def test_story_in_the_middle_is_recorded_and_the_figure_asked_again() -> None:
    turn = talk(BEGIN, "先月から返済が遅れています")
    assert turn.conversation.answers["repayment"] == ("late",)
    assert asked(turn) == "cash"


def test_words_that_are_no_figure_are_asked_for_otherwise() -> None:
    turn = talk(BEGIN, "だいたいこんなもんやで")
    assert "うまく読み取れませんでした" in words(turn)
    assert asked(turn) == "cash"


def test_question_in_the_middle_is_answered_and_no_button_is_too_many() -> None:
    turn = talk(BEGIN, "手元300万、売上250万、経費230万", "リスケって何ですか？")
    assert "銀行への返し方" in words(turn)
    assert asked(turn) == "monthly_repayment"


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("-300万", "マイナスになることは、ふつうありません"),
        ("500円", "500円と読みました。万円のことですか？"),
        ("返済が月4800万、借入62万", "逆ではありませんか？"),
    ],
)
def test_figure_that_cannot_be_is_asked_about_and_nothing_is_lost(said: str, asks: str) -> None:
    before = talk(BEGIN, "売上250万").conversation
    turn = talk(said, conversation=before)
    assert asks in words(turn)
    assert turn.conversation.figures == before.figures
    after = talk(turn.replies[-1].buttons[0].value, conversation=turn.conversation)
    assert len(after.conversation.figures.given) > len(before.figures.given)


def test_swapped_figures_are_put_right_by_one_tap() -> None:
    turn = talk(BEGIN, "返済が月4800万、借入62万", "はい、逆でした")
    found = turn.conversation.figures
    assert (found.monthly_repayment, found.debt) == (62 * MAN, 4800 * MAN)


def test_payment_without_a_day_is_asked_when() -> None:
    turn = talk(BEGIN, "手元300万、売上250万、経費230万、返済62万", "消費税120万")
    assert "消費税（120万円）は、いつごろの支払いですか？" in words(turn)
    done = talk("1月末まで", conversation=turn.conversation)
    (payment,) = done.conversation.figures.payments or ()
    assert (payment.due.month, payment.yen, payment.what) == (1, 120 * MAN, "消費税")


def test_days_that_do_not_exist_are_asked_about() -> None:
    turn = talk(BEGIN, "手元300万、売上250万、経費230万、返済62万", "2月30日に手形150万")
    assert "暦にない日" in words(turn)


# --- what figures tell the rules --------------------------------------------------------------------

SHORT = figures(cash=100, monthly_sales=100, monthly_costs=130, monthly_repayment=20)
"""Figures with 500,000 yen less every month, so that the cash lasts two months."""


def draw(known: Figures, **answers: tuple[str, ...]) -> Turn:
    before = talk(*RESULT).conversation
    asked_for = replace(
        before, figures=known, picture="cash", answers={**before.answers, **answers}
    )
    return talk("v1|figure=payments:none", conversation=asked_for)


def test_cash_that_runs_out_is_recorded_once_for_the_rules() -> None:
    turn = draw(SHORT)
    assert turn.conversation.answers["cash"] == ("within_3_months",)
    assert "「手元のお金」を「3か月もたない」として考えました" in words(turn)


def test_figures_never_make_lighter_what_the_owner_said() -> None:
    rich = figures(cash=3000, monthly_sales=100, monthly_costs=90, monthly_repayment=5)
    turn = draw(rich, cash=("within_3_months",))
    assert turn.conversation.answers["cash"] == ("within_3_months",)


LIGHTER = ("500万", "250万", "200万", "20万", "とくにない")
"""Figures by which the money lasts."""


def said_short_of_cash() -> Conversation:
    answered = talk(*RESULT).conversation.answered("cash", ("within_3_months",))
    return talk(BEGIN, *LIGHTER, conversation=answered).conversation


def test_answer_that_differs_from_the_figures_is_told_at_once() -> None:
    drawn = talk(BEGIN, *LIGHTER, conversation=talk(*RESULT).conversation).conversation
    turn = talk("v1|cash=within_3_months", conversation=drawn)
    assert turn.conversation.answers["cash"] == ("within_3_months",)
    assert "入れていただいた数字では「半年よりもつ」になります" in words(turn)
    assert "数字を直す" in [each.label for each in turn.replies[-1].buttons]
    again = talk("この1年は赤字", conversation=turn.conversation)
    assert "入れていただいた数字では" not in words(again)


def test_figures_lighter_than_what_was_said_are_put_to_the_owner_once() -> None:
    answered = talk(*RESULT).conversation.answered("cash", ("within_3_months",))
    turn = talk(BEGIN, *LIGHTER, conversation=answered)
    assert "「3か月もたない」とうかがいましたが、この数字では「半年よりもつ」" in words(turn)
    assert [each.label for each in turn.replies[-1].choices][:2] == [
        "半年よりもつ",
        "3か月もたない",
    ]
    again = talk("v1|deny=cash", "v1|months=12", conversation=turn.conversation)
    assert "とうかがいましたが" not in words(again)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("半年よりもつ", "longer"),
        ("3か月もたない", "within_3_months"),
        ("ちがいます", "within_3_months"),
    ],
)
def test_owner_decides_between_what_they_said_and_their_figures(said: str, kept: str) -> None:
    turn = talk(said, conversation=said_short_of_cash())
    assert turn.conversation.answers["cash"] == (kept,)
    assert not turn.conversation.likely
    assert asked(turn) == "assessment"


def test_answer_that_came_from_figures_follows_them() -> None:
    turn = draw(SHORT)
    better = talk("v1|sure=cash:90000000", conversation=turn.conversation)
    assert better.conversation.answers["cash"] == ("longer",)


def test_bands_decide_only_what_both_ends_say() -> None:
    wide = ("50万〜100万円", "60万〜100万円", "100万〜200万円", "ない（0円）", "とくにない")
    turn = talk(*RESULT, BEGIN, *wide)
    assert "お金の流れ" in words(turn)
    assert "cash" not in turn.conversation.answers


def test_debt_years_reach_the_assessment() -> None:
    told = "借入4800万", "利益は100万", "減価償却は50万", "税金は7万", "とばす", "とばす", "とばす"
    turn = talk(*RESULT, "v1|picture=debt", *told)
    assert turn.conversation.answers["debt_years"] == ("over_10",)
    assert "返しきるまで、約33.6年" in words(turn)


def test_loss_gives_no_number_of_years() -> None:
    turn = talk("v1|picture=debt", "借入4800万", "赤字200万", *["とばす"] * 5)
    assert "返しきるまでの年数は、出せません" in words(turn)
    assert turn.conversation.answers["debt_years"] == ("none",)


def test_cash_of_weeks_ago_says_of_which_day_it_is() -> None:
    turn = draw(SHORT)
    later = replace(CONTEXT, now=NOW + timedelta(days=20))
    again = respond(turn.conversation, typed("お金の流れを図にする"), later)
    assert "手元のお金は11月30日の数字です" in words(again)


# --- staff ------------------------------------------------------------------------------------------


def test_staff_see_figures_only_after_a_yes_of_their_own() -> None:
    desk = replace(CONTEXT, desk=True)
    told = replace(talk(*RESULT).conversation, figures=SHORT)
    opened = Turn(told)
    for line in ("人と話す", "はい、つないでください"):
        opened = respond(opened.conversation, typed(line), desk)
    assert "数字は、相談員には見せていません" in words(opened)
    assert not [each for each in opened.effects if isinstance(each, PassOn)]
    shared = respond(opened.conversation, typed("v1|picture=share"), desk)
    (passed,) = (each for each in shared.effects if isinstance(each, PassOn))
    assert "手元のお金：100万円（11月30日に入力）" in passed.message.text
    assert words(shared) == "数字を相談員に送りました。"


# --- whatever is tapped or typed ----------------------------------------------------------------------

LINES = st.sampled_from(
    [
        *(f"v1|picture={each}" for each in Picture),
        *(
            f"v1|figure={name}:{low}..{high}"
            for name in ("cash", "debt")
            for low, high in bands_of(name)
        ),
        "v1|figure=cash:..",
        "v1|figure=turtles:3",
        "v1|figure=payments:2026-13-40,5,x",
        "v1|months=999",
        "v1|figure_again=cash",
        "v1|picture=leave",
        "v1|picture=correct",
        "v1|picture=origins",
        *[
            "戻る",
            "300万",
            "80",
            "-5万",
            "わからない",
            "とばす",
            "やめる",
            "はい",
            "12か月",
            "最初から",
            "つづける",
            "消費税120万",
            "愛媛県",
        ],
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=12))
def test_any_way_through_answers_something_and_survives_the_store(lines: list[str]) -> None:
    turn = Turn(Conversation("test:you"))
    for line in lines:
        turn = respond(turn.conversation, typed(line), CONTEXT)
        assert turn.replies
        assert not [*faults(line, turn.replies)]
        assert from_dict(to_dict(turn.conversation)) == turn.conversation

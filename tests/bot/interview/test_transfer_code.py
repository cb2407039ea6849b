"""A code of eight digits, and the answers kept under it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interview.standing import state_of
from bot.interview.transfer_code import code_in, new_code, written
from bot.model.messages import HandedOver, Kind, Message
from bot.model.turn import UsedCode
from flows.keiei.programme import KEIEI
from tests.bot.desk import Desk, asking

HANDED = HandedOver(
    "diagnosis", {"sales": ("flat",), "costs": ("rent", "energy"), "profit": ("black",)}
)


def code(handed: HandedOver | None, text: str = "12345678") -> Message:
    return Message(Kind.HANDED_OVER, text=text, handed=handed)


@pytest.mark.parametrize(
    "text",
    ["1234-5678", "12345678", "１２３４－５６７８", "１２３４５６７８", " 1234-5678 ", "1234ー5678", "1234 5678",
     "1234‐5678", "コード 1234-5678", "コードは1234-5678です", "引き継ぎコード：12345678", "1234-5678です。"],
)  # fmt: skip
def test_a_code_is_read_as_it_is_written(text: str) -> None:
    assert code_in(text) == "12345678"


@pytest.mark.parametrize(
    "text",
    ["123-4567", "1234567", "〒530-0012", "03-1234-5678", "0312345678", "1234-56789", "12345-678", "123456789",
     "1234-5678-9012", "売上は12345678円", "12345678円", "12-345678", "", "-", "1234-5678 1234-5678",
     "①②③④⑤⑥⑦", "٠١٢٣٤٥٦٧"],
)  # fmt: skip
def test_a_postal_code_or_telephone_number_or_amount_is_none(text: str) -> None:
    assert code_in(text) is None


@given(st.binary(min_size=8, max_size=16))
def test_every_new_code_is_read_back(random: bytes) -> None:
    made = new_code(random)
    assert len(made) == 8
    assert code_in(made) == code_in(written(made)) == made


def test_a_code_of_too_few_bytes_is_refused() -> None:
    with pytest.raises(ValueError, match="8 random bytes, not 4"):
        new_code(b"1234")


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    found = code_in(text)
    assert found is None or (len(found) == 8 and found.isdecimal())


def test_the_answers_come_along_and_the_interview_goes_on() -> None:
    desk = Desk(asking(sales="up"))
    turn = desk.say(code(HANDED))
    assert "3問ぶん引き継ぎました" in desk.text
    assert turn.effects == (UsedCode("12345678"),)
    assert desk.conversation.answers == HANDED.answers
    assert state_of(desk.conversation, KEIEI) == "lenders"


def test_an_outcome_comes_along_too() -> None:
    desk = Desk(asking())
    desk.say(code(HandedOver("center", {"prefecture": ("28",)})))
    assert "兵庫県中小企業活性化協議会" in desk.text
    assert state_of(desk.conversation, KEIEI) == "desk"


def test_back_gives_back_what_was_there_until_the_next_answer() -> None:
    desk = Desk(asking(sales="up"))
    desk.say(code(HANDED), "使い方", "戻る")
    assert desk.conversation.answers == {"sales": ("up",)}
    assert "前のお答えに戻しました" in desk.text
    desk.say(code(HANDED), "信金", "戻る")
    assert desk.conversation.answers == HANDED.answers
    desk.say("戻る")
    assert "profit" not in desk.conversation.answers


def test_answers_of_a_questionnaire_that_has_changed_are_left_aside() -> None:
    handed = HandedOver("diagnosis", {"sales": ("gone", "up"), "gone": ("up",), "costs": ("gone",)})
    desk = Desk(asking())
    desk.say(code(handed))
    assert desk.conversation.answers == {"sales": ("up",)}
    assert "1問ぶん" in desk.text


@pytest.mark.parametrize("handed", [None, HandedOver("gone", {"sales": ("up",)})])
def test_a_code_nobody_knows_gets_the_next_step_and_loses_nothing(
    handed: HandedOver | None,
) -> None:
    desk = Desk(asking(sales="up"))
    turn = desk.say(code(handed))
    assert "見つかりませんでした" in desk.text
    assert "新しいコード" in desk.text
    assert turn.effects == ()
    assert desk.conversation.answers == {"sales": ("up",)}


def test_after_ten_wrong_codes_no_code_is_good_until_tomorrow() -> None:
    desk = Desk(asking(sales="up"))
    for number in range(10):
        desk.say(code(None, f"{number:08}"))
        assert "見つかりませんでした" in desk.text
    turn = desk.say(code(HANDED))
    assert "もう試せません" in desk.text
    assert turn.effects == ()
    assert desk.conversation.answers == {"sales": ("up",)}
    desk.wait(days=1)
    desk.say(code(HANDED))
    assert desk.conversation.answers == HANDED.answers


def test_nine_wrong_codes_and_then_the_right_one_is_taken() -> None:
    desk = Desk(asking(sales="up"))
    desk.say(*(code(None, f"{number:08}") for number in range(9)), code(HANDED))
    assert desk.conversation.answers == HANDED.answers


def test_wrong_codes_count_while_a_person_has_the_case_too() -> None:
    desk = Desk()
    desk.say("人と話したい", "はい、つないでください")
    desk.say(*(code(None, f"{number:08}") for number in range(10)))
    turn = desk.say(code(HANDED))
    assert not any(isinstance(each, UsedCode) for each in turn.effects)
    assert desk.conversation.answers != HANDED.answers

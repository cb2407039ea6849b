"""An answer in words no list holds: the surest is recorded and said, the rest is put or asked."""

from collections.abc import Callable

import pytest

from bot.dialogue.answering import offering
from bot.dialogue.respond import respond
from bot.interview.buttons import CORRECT
from bot.model.conversation import Conversation
from bot.model.messages import typed
from bot.model.turn import Context, Turn
from bot.understand.learned import LinearModel
from bot.understand.learned.model import make_ready
from bot.understand.learned.offers import NO_ANSWER
from bot.understand.learned.trained import make
from flows.keiei.programme import KEIEI
from knowledge import library
from tests.bot.dialogue.test_respond import NOW

CONTEXT = Context(NOW, library.load(), KEIEI)
UNHEARD = "月々よたよた歩いとる"

Teach = Callable[[int], None]


@pytest.fixture
def teach(monkeypatch: pytest.MonkeyPatch) -> Teach:
    """Make the model of repayment so sure, in thousandths, of 「苦しい」 in a text it knows."""

    def make_sure(tight: int) -> None:
        labels, bias = ["tight", "easy", NO_ANSWER], [tight, 0, 0]
        known = {gram: [0, 0, 0, 0] for gram in (UNHEARD[i : i + 2] for i in range(9))}
        model: dict[str, LinearModel] = make_ready({"repayment": make(labels, bias, known, "")})
        monkeypatch.setattr(offering, "learned_for", lambda _: model)

    return make_sure


def answer(text: str) -> Turn:
    asked = Conversation("test:you", flow=KEIEI.main, asking_again="repayment")
    return respond(asked, typed(text), CONTEXT)


def test_surest_answer_is_recorded_and_said_with_a_way_to_correct_it(teach: Teach) -> None:
    teach(6000)
    turn = answer(UNHEARD)
    assert turn.conversation.answers["repayment"] == ("tight",)
    assert "と聞きました" in turn.replies[0].text
    assert any(CORRECT in reply.controls for reply in turn.replies)


def test_likely_answer_is_put_and_not_recorded(teach: Teach) -> None:
    teach(1000)
    turn = answer(UNHEARD)
    assert "repayment" not in turn.conversation.answers
    assert "confirm:repayment=tight" in turn.notices


@pytest.mark.parametrize(
    "text",
    [
        f"{UNHEARD}？",
        f"隣の店は{UNHEARD}らしい",
        f"前は{UNHEARD}",
        f"もし{UNHEARD}としたら",
    ],
)
def test_what_is_asked_supposed_over_or_of_others_is_not_recorded(teach: Teach, text: str) -> None:
    teach(6000)
    assert "repayment" not in answer(text).conversation.answers


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("sales", "この辺はどこも半分になったって聞くよ"),
        ("cause", "遅れたらどうなるんでしょうか"),
        ("sales", "向かいの店は3割増えたそうです"),
        ("arrears", "知り合いの会社が税金をためてます"),
    ],
)
def test_others_and_questions_answer_nothing(question: str, text: str) -> None:
    asked = Conversation("test:you", flow=KEIEI.main, asking_again=question)
    assert question not in respond(asked, typed(text), CONTEXT).conversation.answers

"""A message is rendered once, its value parsed once, and despair asked about first."""

from collections.abc import Iterator

import pytest

from bot.dialogue import render as rendering
from bot.dialogue import respond as heart
from bot.dialogue.respond import respond
from bot.model import messages
from bot.model.conversation import Conversation, Mode
from bot.model.messages import Kind, Message, typed
from bot.model.turn import Context
from flows.keiei.catalog import QUESTIONS
from flows.keiei.programme import KEIEI
from knowledge import library
from tests.bot.dialogue.test_respond import NOW

CONTEXT = Context(NOW, library.load(), KEIEI)
LINES = (
    "こんにちは",
    "返済が2か月遅れてて",
    "費用はいくらかかる？",
    "死にたい",
    "差押えの予告が来た",
    "戻る",
    "人と話す",
    "消して",
    "松山市",
    "1",
    "😊",
    "あ" * 3000,
    "v1|flow=qualify",
    "v1|do=center",
    "v1|consent=yes",
    "v1|faq=own-share",
    "v1|nonsense=x",
)


def conversations() -> Iterator[Conversation]:
    yield Conversation("test:you")
    yield Conversation("test:you", flow="diagnosis", answers={"sales": ("up",)})
    yield Conversation("test:you", flow="diagnosis", asking_consent=True)
    yield Conversation("test:you", flow="diagnosis", answers={"emergency": ("wages",)})
    yield Conversation("test:you", mode=Mode.WAITING)


@pytest.mark.parametrize("line", LINES)
def test_render_for_any_message_is_entered_once(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entered: list[str] = []

    def count(*arguments: object) -> object:
        entered.append(line)
        return rendering.render(*arguments)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(heart, "render", count)
    for conversation in conversations():
        entered.clear()
        respond(conversation, typed(line), CONTEXT)
        assert entered == [line]


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda each: each.id)
def test_value_of_a_tap_is_parsed_once(question: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(question, type(QUESTIONS["sales"]))
    value = f"v1|{question.id}={question.options[0].id}"
    parsed: list[str] = []
    read_value = messages.read_value

    def count(each: str) -> tuple[str, str] | None:
        parsed.append(each)
        return read_value(each)

    monkeypatch.setattr(messages, "read_value", count)
    for conversation in conversations():
        parsed.clear()
        respond(conversation, Message(Kind.CHOICE, value=value), CONTEXT)
        assert parsed == [value]


def test_despair_is_asked_about_before_anything_else() -> None:
    for conversation in conversations():
        for words in ("1 もう死にたい", "人と話したい、死にたい", "はい。死にたいです"):
            assert respond(conversation, typed(words), CONTEXT).notices[:1] == ("despair",)

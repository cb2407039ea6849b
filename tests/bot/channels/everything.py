"""Everything the bot can say, as turns that every channel must be able to show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

from bot.dialogue.faq.questions import answer_entries
from bot.dialogue.render import render
from bot.dialogue.respond import respond
from bot.figures.pictures import Picture
from bot.interview import prompts
from bot.model.conversation import Conversation
from bot.model.messages import Reply, typed
from bot.model.turn import Context
from flows.keiei.catalog import FLOWS, QUESTIONS
from flows.keiei.programme import KEIEI
from flows.paths import find_paths
from knowledge import library
from knowledge.place_names.places import PREFECTURES, REGIONS

LIBRARY = library.load()
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
CONTEXT = Context(NOW, LIBRARY, KEIEI)
YOU = "line:Utest"

Turn = tuple[Reply, ...]


def said_on_every_path() -> Iterator[Turn]:
    """Yield each question, outcome and list of corrections of all paths of all flows."""
    for flow in FLOWS.values():
        for path in find_paths(flow):
            conversation = Conversation(YOU, flow=flow.id)
            for question, option in path.answers:
                yield prompts.prompt(conversation, CONTEXT)
                conversation = conversation.answered(question, (option,))
            yield prompts.prompt(conversation, CONTEXT)
            yield (prompts.correction_list(conversation, KEIEI),)


def said_of_questions() -> Iterator[Turn]:
    """Yield every question by itself, to be corrected and with more to add."""
    for question in QUESTIONS.values():
        asked = Conversation(YOU, flow="diagnosis", asking_again=question.id)
        yield prompts.prompt(asked, CONTEXT)
        if question.several:
            chosen = asked.answered(question.id, (question.options[0].id,))
            turn = respond(chosen, typed(f"v1|{question.id}={question.options[1].id}"), CONTEXT)
            yield turn.replies


def said_of_desks() -> Iterator[Turn]:
    for code in PREFECTURES:
        conversation = Conversation(YOU, flow="center").answered("prefecture", (code,))
        yield prompts.prompt(conversation, CONTEXT)


def said_of_entries() -> Iterator[Turn]:
    for flow in ("", "qualify"):
        for entry in LIBRARY.faq.entries:
            step = answer_entries(Conversation(YOU, flow=flow), (entry,), CONTEXT)
            yield render(step, CONTEXT).replies


def said_to_words() -> Iterator[Turn]:
    for words in (
        "こんにちは", "死にたい", "給料が払えない", "差押えの通知が来た", "戻る", "回答を直す", "最初から",
        "今どこ", "人と話す", "消して", "使い方", "窓口を探す", "質問する", "ありがとう", "出典", "ばか",
        "v1|region=all", *(f"v1|region={region}" for region in REGIONS),
    ):  # fmt: skip
        yield respond(Conversation(YOU), typed(words), CONTEXT).replies


def said_of_figures() -> Iterator[Turn]:
    """Every question for a figure, every doubt, and every picture, in its longest form."""
    for picture in Picture:
        conversation = Conversation(YOU, flow="qualify")
        for words in (
            f"v1|picture={picture}", "-5億", "80", "返済が月4800万、借入62万", "2月30日に手形150万",
            *("わからない",) * 3, *("1億2,345万6,789円",) * 5, "v1|months=12", "v1|picture=origins",
            "v1|picture=correct", "v1|figure_again=cash", "v1|picture=leave",
        ):  # fmt: skip
            turn = respond(conversation, typed(words), CONTEXT)
            conversation = turn.conversation
            yield turn.replies
    told = (
        "手元300万、売上250万、経費230万",
        "62万",
        "12月25日に消費税120万と賞与80万",
        "v1|months=12",
    )
    debt = (
        "v1|picture=debt",
        "借入4800万",
        "利益50万",
        "減価償却60万",
        "税金7万",
        "売掛90万",
        "在庫9万",
        "買掛9万",
    )
    conversation = Conversation(YOU)
    for words in ("v1|picture=cash", *told, *debt, "v1|picture=origins"):
        turn = respond(conversation, typed(words), CONTEXT)
        conversation = turn.conversation
        yield turn.replies


@cache
def everything() -> tuple[Turn, ...]:
    """Every turn there is, each different one once."""
    groups = (
        said_on_every_path(),
        said_of_questions(),
        said_of_desks(),
        said_of_entries(),
        said_to_words(),
        said_of_figures(),
    )
    return tuple(dict.fromkeys(turn for group in groups for turn in group))

"""The bot asks once whether an answer helped.

An answer that did not help is counted and reaches staff with the question.
"""

from datetime import UTC, datetime

from bot.analytics.counters import count_turn
from bot.dialogue.respond import respond
from bot.model.conversation import Conversation, from_dict, to_dict
from bot.model.messages import Kind, Message
from bot.model.turn import Context, Judged, Turn, Unanswered
from flows.keiei.programme import KEIEI
from knowledge.library import load

CONTEXT = Context(datetime(2026, 11, 30, 3, tzinfo=UTC), load(), KEIEI)
NEW = Conversation("line:U1")
QUESTION = "個人事業主でも使えますか"
ANSWERED = "sole-proprietor"
ASKED = "お役に立ちましたか"


def say(conversation: Conversation, text: str) -> Turn:
    return respond(conversation, Message(text=text), CONTEXT)


def tap(conversation: Conversation, value: str) -> Turn:
    return respond(conversation, Message(Kind.CHOICE, value=f"v1|{value}"), CONTEXT)


def text_of(turn: Turn) -> str:
    return "\n".join(reply.text for reply in turn.replies)


def labels(turn: Turn) -> list[str]:
    return [button.label for reply in turn.replies for button in reply.buttons]


def test_ask_whether_helped_is_put_under_the_first_answer_only() -> None:
    first = say(NEW, QUESTION)
    assert ASKED in text_of(first)
    assert {"役に立った", "ちがう・足りない"} <= set(labels(first))
    second = say(first.conversation, "費用は自分でいくら払いますか")
    assert ASKED not in text_of(second)
    assert "役に立った" not in labels(second)


def test_ask_whether_helped_leaves_an_open_question_alone() -> None:
    asked = Conversation("line:U1", flow="diagnosis")
    assert ASKED not in text_of(say(asked, QUESTION))


def test_ask_whether_helped_is_silent_under_the_helplines() -> None:
    despaired = Conversation("line:U1", despaired=True)
    assert ASKED not in text_of(say(despaired, QUESTION))
    assert ASKED not in text_of(say(NEW, "死にたい"))


def test_note_judgement_what_did_not_help_reaches_staff_with_the_question() -> None:
    asked = say(NEW, QUESTION).conversation
    turn = tap(asked, f"missed={ANSWERED}")
    assert turn.effects == (Judged(ANSWERED, helped=False), Unanswered(QUESTION))
    assert "人と話す" in labels(turn)
    assert ("missed", ANSWERED) in count_turn(asked, turn, CONTEXT.now, KEIEI)


def test_note_judgement_what_helped_is_counted_and_keeps_no_words() -> None:
    asked = say(NEW, QUESTION).conversation
    turn = tap(asked, f"helped={ANSWERED}")
    assert turn.effects == (Judged(ANSWERED, helped=True),)
    assert ("helped", ANSWERED) in count_turn(asked, turn, CONTEXT.now, KEIEI)
    assert QUESTION not in str(to_dict(turn.conversation))


def test_note_judgement_counts_once_however_often_it_is_tapped() -> None:
    once = tap(say(NEW, QUESTION).conversation, f"missed={ANSWERED}")
    again = tap(from_dict(to_dict(once.conversation)), f"missed={ANSWERED}")
    assert again.effects == ()
    assert ASKED not in text_of(say(again.conversation, "費用は自分でいくら払いますか"))


def test_note_judgement_of_an_answer_nobody_was_asked_about_counts_nothing() -> None:
    assert tap(NEW, f"missed={ANSWERED}").effects == ()


def test_note_judgement_is_heard_when_the_label_is_typed() -> None:
    asked = say(NEW, QUESTION).conversation
    assert say(asked, "役に立った").effects == (Judged(ANSWERED, helped=True),)


def test_count_turn_counts_every_answer_by_its_entry() -> None:
    turn = say(NEW, QUESTION)
    assert ("entry", ANSWERED) in count_turn(NEW, turn, CONTEXT.now, KEIEI)

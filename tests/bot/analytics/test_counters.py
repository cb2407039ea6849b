"""What is counted of a turn."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analytics.counters import CountOne, count_turn
from bot.follow_up.reminding import remind
from bot.handoff.case_life import hand_back
from bot.interview.standing import open_question, state_of
from bot.model.conversation import Conversation
from bot.model.messages import Message
from bot.model.turn import Turn
from flows.assessment import VERDICT_LABELS
from flows.keiei.catalog import FLOWS
from flows.keiei.programme import KEIEI
from tests.bot.desk import Desk, asking, waiting


class Counting(Desk):
    """A desk that counts every turn of the owner."""

    def count(self, *said: str | Message) -> Counter[CountOne]:
        found: Counter[CountOne] = Counter()
        for each in said:
            before = self.conversation
            found.update(count_turn(before, self.say(each), self.now, KEIEI))
        return found


def test_a_person_is_counted_once_a_day_and_once_a_month_by_the_clock_of_japan() -> None:
    desk = Counting(asking())
    desk.now = desk.now.replace(hour=23, minute=50)
    assert desk.count("こんにちは") == {("talked", ""): 1, ("talked_month", ""): 1}
    assert desk.count("こんにちは")["talked", ""] == 0
    desk.wait(minutes=20)
    found = desk.count("こんにちは")
    assert found["talked", ""] == 1
    assert found["talked_month", ""] == 0
    desk.wait(days=6)
    assert desk.count("こんにちは")["talked_month", ""] == 1


def test_a_turn_of_staff_counts_nobody() -> None:
    desk = waiting()
    done = hand_back(desk.conversation, desk.now + timedelta(days=40), KEIEI)
    assert isinstance(done, Turn)
    counted = count_turn(desk.conversation, done, desk.now + timedelta(days=40), KEIEI)
    assert counted == (("closed", "more"),)


def test_a_case_is_counted_by_its_reason_and_a_miss_once() -> None:
    desk = Counting(asking(sales="up"))
    assert desk.count("ぽぽぽぽーんぬるぽ")["unanswered", ""] == 1
    assert desk.count("人と話す", "はい")["person", "asked"] == 1


def test_a_correction_is_no_second_answer_and_no_second_arrival() -> None:
    desk = Counting(asking(sales="up", costs="none"))
    found = desk.count("売上の答えを変えたい", "変わらない")
    assert found["answered", "sales"] == 0
    assert not [each for each in found if each[0] == "reached" and each[1] == "sales"]


@pytest.mark.parametrize("flow", FLOWS)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), people=st.integers(1, 4))
def test_reached_less_answered_are_those_who_stand_there(flow: str, seed: int, people: int) -> None:
    choose, found, stand = random.Random(seed), Counter[CountOne](), Counter[str]()
    finished = 0
    for _ in range(people):
        desk = Counting(Conversation("line:U1"))
        found += desk.count(f"v1|flow={flow}")
        for _ in range(choose.randrange(40)):
            question = open_question(desk.conversation, KEIEI)
            if question is None:
                break
            found += desk.count(choose.choice(desk.turn.replies[-1].choices).value)
        question = open_question(desk.conversation, KEIEI)
        if question:
            stand[question.id] += 1
        else:
            finished += state_of(desk.conversation, KEIEI) != "urgent"
    asked = {name for kind, name in found if kind == "reached"}
    assert {name: found["reached", name] - found["answered", name] for name in asked} == {
        name: stand[name] for name in asked
    }
    assert found["finished", flow] == finished
    if flow != "center":
        assert sum(found["verdict", verdict] for verdict in VERDICT_LABELS) == finished


def test_an_outcome_is_counted_when_it_is_reached_and_not_when_it_is_shown_again() -> None:
    desk = Counting(Conversation("line:U1", flow="center"))
    assert desk.count("v1|prefecture=28")["finished", "center"] == 1
    assert desk.count("続きから", "こんにちは")["finished", "center"] == 0


def test_a_follow_up_is_counted_when_it_begins_is_heard_again_and_ends() -> None:
    desk = Counting(asking())
    assert desk.count("見守り")["follow_up", "agreed"] == 0
    assert desk.count("はい、お願いします")["follow_up", "agreed"] == 1
    desk.wait(days=5, hours=3)
    before = desk.conversation
    reminded = remind(before, desk.context)
    assert reminded.replies
    assert Counter(count_turn(before, reminded, desk.now, KEIEI)) == {("follow_up", "sent"): 1}
    desk.conversation = reminded.conversation
    assert desk.count("ありがとう")["follow_up", "answered"] == 1
    assert desk.count("ありがとう")["follow_up", "answered"] == 0
    assert desk.count("止めて")["follow_up", "stopped"] == 1

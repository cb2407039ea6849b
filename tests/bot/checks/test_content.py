"""`check` finds every fault at once in content that was broken on purpose."""

from dataclasses import replace
from datetime import date

from bot.checks import content
from bot.checks.content import Content
from flows.assessment import Effect, Rule
from flows.flow import Question, edge, has
from flows.follow_up import FollowUpPlan, ReminderRule
from flows.keiei.catalog import FLOWS
from flows.keiei.eligibility import RULES
from flows.keiei.programme import KEIEI
from flows.keiei.support import MAIN
from flows.paths import find_paths
from flows.support import PathRule
from knowledge import library
from knowledge.faq.answers import Entry, Faq

OURS = {"flows", "rules", "path_rules", "signs", "wishes", "longest", "follow_up"}
"""Names of content that belongs to the programme.

The others belong to the knowledge.
"""

TODAY = date(2026, 11, 24)
LIBRARY = library.load()


def with_changes(**changes: object) -> Content:
    ours = {name: changes.pop(name) for name in OURS & changes.keys()}
    programme = replace(KEIEI, **ours)  # type: ignore[arg-type]  # named parts
    return replace(Content(programme, today=TODAY), **changes)  # type: ignore[arg-type]


def with_answer(entry: Entry) -> Content:
    faq = Faq((*LIBRARY.faq.entries, entry))
    return with_changes(library=replace(LIBRARY, faq=faq))


def test_the_shipped_content_has_no_faults() -> None:
    assert content.problems(with_changes()) == []


def test_the_summary_tells_how_many_paths_were_walked() -> None:
    paths = len(find_paths(FLOWS["diagnosis"]))
    assert any(f"{paths} paths" in line for line in content.summary(with_changes()))


BROKEN_FLOW = replace(
    FLOWS["center"],
    ways={"start": (edge("prefecture", has("colour", "blue")),), "prefecture": (edge("gone"),)},
)
BROKEN_RULE = Rule("broken", frozenset(), "legal_form", ("robot",), Effect.FOR, "…", ("S999",))
BROKEN_PATH = PathRule("nowhere", "…", (has("sales", "sideways"),))


def test_all_faults_of_all_kinds_are_told_at_once() -> None:
    found = content.problems(
        with_changes(
            flows={**FLOWS, "broken": BROKEN_FLOW},
            rules=(*RULES, BROKEN_RULE),
            path_rules=(*MAIN, BROKEN_PATH),
            knowledge=(lambda: ["centers.json: row 3 has no phone"],),
            today=date(2030, 1, 1),
        )
    )
    for expected in (
        "neither a question nor an outcome",
        "colour=blue, which no question offers",
        "could be stuck",
        "legal_form=robot is offered by no question",
        "source S999 is not in knowledge/sources.json",
        "sales=sideways is offered by no question",
        "path nowhere: there is no such path",
        "row 3 has no phone",
        "12 months ago or more",
    ):
        assert any(expected in fault for fault in found), expected


def test_a_longest_path_that_is_too_long_is_a_fault() -> None:
    found = content.problems(with_changes(longest={"diagnosis": 5}))
    assert any("at most 5" in fault for fault in found)


def test_paths_without_a_last_resort_are_a_fault() -> None:
    found = content.problems(with_changes(path_rules=MAIN[:-1]))
    assert any("left without a path" in fault for fault in found)


def test_a_label_too_long_for_line_is_a_fault() -> None:
    prefecture = FLOWS["center"]["prefecture"]
    long = replace(prefecture, options=(replace(prefecture.options[0], label="長" * 21),))
    flow = replace(FLOWS["center"], questions=(_asked_openly(long),))
    found = content.problems(
        with_changes(flows={flow.id: flow}, rules=(), path_rules=(), signs=(), wishes=())
    )
    assert any("わからない" in fault or "label of 21" in fault for fault in found)


def _asked_openly(question: Question) -> Question:
    return replace(question, id="prefecture")


def test_an_answer_too_long_for_a_message_is_a_fault() -> None:
    entry = Entry(
        "too-long",
        "長い答えですか？",
        "長" * 5001,
        phrasings=("長い答え", "ながいこたえ", "長文", "長すぎる"),
        topic="試し",
        sources=("S01",),
        checked_on="2026-11-23",
    )
    found = content.problems(with_answer(entry))
    assert any("faq too-long" in fault for fault in found)


def test_an_answer_without_a_source_is_a_fault() -> None:
    entry = Entry("bare", "出典のない答えですか？", "はい。", topic="試し")
    assert any("bare" in fault for fault in content.problems(with_answer(entry)))


def test_an_answer_nobody_looked_at_for_a_year_is_a_fault_unless_age_is_left_aside() -> None:
    later = date(2027, 12, 1)
    found = content.problems(with_changes(today=later))
    for expected in (
        "faq reschedule-what was last checked on 2026-11-23",
        "centers.json: 愛媛県中小企業活性化協議会 089-970-5790 was last checked on",
        "yorozu.json: 北海道よろず支援拠点 was last checked on",
    ):
        assert any(fault.startswith(expected) for fault in found), expected
    assert content.problems(with_changes(today=later, freshness=False)) == []


def test_a_reminder_that_counts_from_nothing_or_cites_nothing_is_found() -> None:
    rule = ReminderRule("odd", "wedding_day", "{name}さん", ("S999",))
    found = content.problems(with_changes(follow_up=FollowUpPlan({}, (rule,))))
    assert [each.partition(":")[0] for each in found] == ["reminder odd"] * 3

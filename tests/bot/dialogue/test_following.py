"""見守り in the conversation keeps its limits, and one word works in any state."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.follow_up.reminding import remind
from bot.follow_up.schedule import plan_reminders
from bot.interview.papers import application_of
from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation, Mode
from bot.model.follow_up import FollowUp
from bot.model.messages import typed
from bot.model.turn import Context, SetTimer
from flows.keiei.programme import KEIEI
from knowledge import library
from tests.bot.desk import Desk, waiting
from tests.bot.sheet.sheets import PLAN, finished

NOW = datetime(2027, 5, 31, 16, 0, tzinfo=JAPAN)
AGREED = FollowUp("ab", agreed_at=datetime(2026, 11, 30, 11, tzinfo=JAPAN), called=True)
FOLLOWED = AGREED.named("fiscal_end", date(2027, 3, 31), datetime(2026, 11, 30, 11, tzinfo=JAPAN))
CONTEXT = Context(NOW, library.load(), KEIEI)


def followed(**changes: object) -> Desk:
    conversation = Conversation("line:U1", follow_up=FOLLOWED)
    return Desk(replace(conversation, **changes), NOW)  # type: ignore[arg-type] # fields by name


def said(desk: Desk, text: str) -> str:
    return "\n".join(reply.text for reply in desk.say(text).replies)


def test_what_waits_is_never_said_beside_despair_or_urgent_trouble() -> None:
    assert "決算の申告" in said(followed(), "ありがとう")
    assert "決算の申告" not in said(followed(), "もう死にたい")
    assert "決算の申告" not in said(followed(), "今週の給料が払えません")


def test_a_nudge_is_dropped_where_trouble_was_told() -> None:
    begun = datetime(2027, 5, 28, 11, tzinfo=JAPAN)
    paused = FollowUp("ab", paused_at=begun)
    calm = Conversation("line:U1", follow_up=paused)
    grave = calm.answered(KEIEI.emergency, ("wages",))
    assert remind(calm, CONTEXT).replies
    turn = remind(grave, CONTEXT)
    assert not turn.replies
    assert turn.effects == (SetTimer(paused.timer, None),)


def test_reminders_rest_after_despair_until_it_is_better() -> None:
    desk = followed()
    desk.say("もう死にたい")
    assert not remind(desk.conversation, CONTEXT).replies
    assert "お知らせも、また始めます" in said(desk, "少し落ち着きました")
    assert not desk.conversation.rests_from_reminders


def test_reminders_resting_after_despair_say_so_and_go_again_at_a_wish() -> None:
    desk = followed()
    desk.say("もう死にたい")
    assert "お知らせを休んでいます" in said(desk, "見守り")
    assert "決算の申告" in said(desk, "お知らせを再開する")
    assert desk.conversation.despaired
    desk.say("やっぱり消えてしまいたい")
    assert desk.conversation.rests_from_reminders


def test_consent_given_after_a_dark_hour_holds() -> None:
    desk = Desk(Conversation("line:U1", despaired=True), AGREED.agreed_at or NOW)
    told = said(desk, "見守り") and said(desk, "はい、お願いします")
    assert "はじめのお知らせは" in told
    due = desk.conversation.follow_up.next_at if desk.conversation.follow_up else None
    assert due
    assert remind(desk.conversation, replace(CONTEXT, now=due)).replies


@pytest.mark.parametrize("word", ["止めて", "見守りを止めて", "v1|do=unfollow"])
def test_a_stop_is_heard_while_a_person_has_the_case(word: str) -> None:
    desk = waiting()
    desk.conversation = replace(desk.conversation, follow_up=FOLLOWED, mode=Mode.WITH_STAFF)
    desk.say(typed(word))
    if word != "止めて":  # which may well be meant for the person
        assert desk.conversation.follow_up is None
    assert not remind(desk.conversation, CONTEXT).replies


def test_half_years_are_wished_for_and_dropped_with_a_tap() -> None:
    desk = followed()
    assert "半年ごとも知らせて" in [each.label for each in desk.say("見守り").replies[-1].buttons]
    desk.say("半年ごとも知らせて")
    assert desk.conversation.follow_up
    assert desk.conversation.follow_up.half_years
    desk.say("半年ごとはいらない")
    assert not desk.conversation.follow_up.half_years


def test_without_consent_its_buttons_do_nothing() -> None:
    desk = Desk(Conversation("line:U1"), NOW)
    for value in ("follow=dates", "follow=half_years", "follow=check", "date=fiscal_end",
                  "named=fiscal_end:3月", "check=sales_now:near"):  # fmt: skip
        desk.say(f"v1|{value}")
        assert desk.conversation.follow_up is None


# --- dates told by themselves ---------------------------------------------------------------------

CALM = Conversation("line:U1", follow_up=AGREED)
TODAY = datetime(2026, 11, 30, 11, tzinfo=JAPAN)
STATES = {
    "after all": [],
    "interview": ["診断"],
    "picture": ["v1|picture=cash"],
    "menu": ["こんにちは"],
}


def in_state(state: str) -> Desk:
    desk = Desk(CALM, TODAY)
    for each in STATES[state]:
        desk.say(typed(each))
    return desk


def dates_of(desk: Desk) -> dict[str, str]:
    assert desk.conversation.follow_up
    return {kind: str(each.day) for kind, each in desk.conversation.follow_up.dates.items()}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("来月末に返済", {"next_due_on": "2026-12-31"}),
        ("12月20日に返さないといけない", {"next_due_on": "2026-12-20"}),
        ("手形の期日が12月10日です", {"next_due_on": "2026-12-10"}),
        ("家賃の引き落としは毎月27日です", {"next_due_on": "2026-12-27"}),
        ("3月決算です", {"fiscal_end": "2027-03-31"}),
        ("うちは9月決算の飲食店です", {"fiscal_end": "2027-09-30"}),
        ("返済は来月末まで待ってもらっています", {"reschedule_until": "2026-12-31"}),
        ("リスケは令和9年6月30日で終わります", {"reschedule_until": "2027-06-30"}),
        ("早期計画が5月1日に受け付けられた", {"accepted_early": "2026-05-01"}),
        ("社会保険料の納期限は9月30日でした", {"tax_due_on": "2026-09-30"}),
        ("固定資産税の納期限を過ぎました、7月31日でした", {"tax_due_on": "2026-07-31"}),
        ("手形が1月10日に落ちます", {"next_due_on": "2027-01-10"}),
        ("リスケは2027年6月30日まで、あ、ちがう、7月31日まで", {"reschedule_until": "2027-07-31"}),
        ("決算は3月で、リスケは6月末までです", {"fiscal_end": "2027-03-31", "reschedule_until": "2027-06-30"}),
    ],
)  # fmt: skip
def test_a_date_told_by_itself_is_heard_in_any_state(
    state: str, text: str, expected: dict[str, str]
) -> None:
    desk = in_state(state)
    assert "ですね" in said(desk, text)
    assert dates_of(desk) == expected


@pytest.mark.parametrize(
    "text",
    [
        "3月決算だと申告はいつですか",
        "決算は3月じゃないです",
        "知り合いの会社は3月決算です",
        "3月に返済が遅れた",
        "決算が赤字で、10月15日に店を閉めました",
        "7月に405の計画を始めたい",
        "返済は30年続きます",
        "12月25日の支払いの目処が立たない",
    ],
)
def test_a_date_that_is_no_fact_of_their_own_is_not_taken(text: str) -> None:
    desk = in_state("after all")
    desk.say(text)
    assert dates_of(desk) == {}


def test_a_date_that_may_be_of_two_kinds_is_asked_about_and_a_tap_takes_it() -> None:
    desk = in_state("interview")
    assert "どの日のことですか" in said(desk, "計画は4月10日に受理された")
    assert dates_of(desk) == {}
    assert "ですね" in said(desk, "405の申請日")
    assert dates_of(desk) == {"accepted_full": "2026-04-10"}


def test_a_date_that_was_asked_for_may_be_put_right_in_the_same_message() -> None:
    desk = in_state("after all")
    desk.say(typed("v1|date=reschedule_until"))
    said(desk, "6月末まで、あ、ちがう、7月末まで")
    assert dates_of(desk) == {"reschedule_until": "2027-07-31"}


def test_papers_are_reminded_of_no_more_once_the_application_was_accepted() -> None:
    listed = replace(AGREED, papers_left=3, papers_at=TODAY)
    accepted = listed.named("accepted_full", date(2026, 11, 20), TODAY)
    for follow_up, is_planned in ((listed, True), (accepted, False)):
        planned = plan_reminders(follow_up, KEIEI.follow_up)
        assert ("papers_missing" in {each.rule.id for each in planned}) == is_planned


def test_a_date_beside_an_answer_leaves_the_answer_and_the_next_question() -> None:
    desk = in_state("interview")
    replies = desk.say("決算は3月なんだけど、売上が3割減った").replies
    assert desk.conversation.answers["sales"] == ("down_sharp",)
    assert "決算の月は、2027年3月31日ですね" in replies[0].text
    assert "【2/" in replies[-1].text


def test_trouble_named_beside_a_date_comes_first() -> None:
    desk = in_state("after all")
    assert "今日、まずこれだけ" in said(desk, "12月25日の返済が払えない")


def test_without_consent_a_date_told_is_not_kept() -> None:
    desk = Desk(Conversation("line:U1"), TODAY)
    desk.say("3月決算です")
    assert desk.conversation.follow_up is None


def test_papers_missing_are_counted_as_answers_and_ticks_change_and_none_left_reminds_of_nothing() -> (
    None
):
    conversation = replace(finished(PLAN), follow_up=AGREED)
    desk = Desk(conversation, TODAY)
    papers = application_of(desk.conversation, CONTEXT)
    assert papers
    for paper in papers[1]:
        assert desk.conversation.follow_up
        if paper.id not in desk.conversation.ticked:
            desk.say(typed(f"v1|paper={paper.id}"))
        left = len(papers[1]) - len({*desk.conversation.ticked} & {each.id for each in papers[1]})
        assert desk.conversation.follow_up.papers_left == left
    assert desk.conversation.follow_up
    planned = plan_reminders(desk.conversation.follow_up, KEIEI.follow_up)
    assert "papers_missing" not in {each.rule.id for each in planned}


def test_a_box_tapped_twice_is_ticked_once_and_an_older_button_still_toggles() -> None:
    desk = Desk(finished(PLAN), TODAY)
    found = application_of(desk.conversation, CONTEXT)
    assert found
    first = found[1][0].id
    for _ in range(2):
        desk.say(typed(f"v1|paper={first}:on"))
        assert desk.conversation.ticked == (first,)
    for _ in range(2):
        desk.say(typed(f"v1|paper={first}:off"))
        assert desk.conversation.ticked == ()
    desk.say(typed(f"v1|paper={first}"))
    assert desk.conversation.ticked == (first,)
    for odd in ("nothing:on", "nothing", ":on", f"{first}x:on"):
        desk.say(typed(f"v1|paper={odd}"))
        assert desk.conversation.ticked == (first,)

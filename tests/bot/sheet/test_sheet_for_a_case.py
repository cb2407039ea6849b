"""Staff get the sheet of a case with the owner's yes, as a link without figures."""

from __future__ import annotations

from dataclasses import replace

from bot.channels.slack.desk.posts import DeskPosts
from bot.dialogue.respond import respond
from bot.model.business_hours import JAPAN
from bot.model.messages import Message
from bot.model.turn import KeepSheet, SheetPage, Turn
from bot.presentation.times import say_full_date
from bot.store import Incoming
from tests.bot.sheet.sheets import NOW, PLAN, context, figures, finished

PAGE = SheetPage("https://navi.example.jp/sheets/token", "token")


def turns(*lines: str) -> tuple[Turn, Turn]:
    """The last two turns of an owner with a result who writes these lines."""
    here = replace(context(), desk=True, page=PAGE)
    said = [Turn(finished(PLAN))]
    for line in lines:
        said.append(respond(said[-1].conversation, Message(text=line), here))
    return said[-2], said[-1]


def test_agree_to_a_person_gives_staff_the_sheet_in_the_thread() -> None:
    before, turn = turns("人と話す", "はい、つないでください")
    assert [each.address for each in turn.effects if isinstance(each, KeepSheet)] == [PAGE.address]
    desk = DeskPosts("C1", lambda _: context())
    posts = desk.draw_turn(before.conversation, turn, Incoming("e1", "test:owner"), NOW)
    assert PAGE.address in str(posts[-1].messages)
    (kept,) = [each for each in turn.effects if isinstance(each, KeepSheet)]
    closes = say_full_date(kept.until.astimezone(JAPAN).date())
    assert f"{closes}まで開けます" in str(posts[-1].messages)


def test_decline_of_a_person_makes_no_sheet() -> None:
    _, turn = turns("人と話す", "やめておく")
    assert turn.effects == ()


def test_show_sheet_with_a_page_keeps_it_and_tells_staff_nothing() -> None:
    before, turn = turns("診断する", "相談シート")
    assert any(isinstance(each, KeepSheet) for each in turn.effects)
    desk = DeskPosts("C1", lambda _: context())
    assert desk.draw_turn(before.conversation, turn, Incoming("e1", "test:owner"), NOW) == ()


def test_agree_to_a_person_passes_on_no_figures() -> None:
    told = Turn(replace(finished(PLAN), figures=figures()))
    here = replace(context(), desk=True, page=PAGE)
    asked = respond(told.conversation, Message(text="人と話す"), here)
    turn = respond(asked.conversation, Message(text="はい、つないでください"), here)
    (kept,) = [each for each in turn.effects if isinstance(each, KeepSheet)]
    assert not [each["id"] for each in kept.content["parts"] if each["id"].startswith("figure")]
    assert turn.conversation.figures == figures()

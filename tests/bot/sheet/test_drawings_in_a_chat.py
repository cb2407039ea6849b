"""A picture in a chat is fetched from its sheet, and only where that can be."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialogue.respond import respond
from bot.figures.figures import Figures, Payment
from bot.model.follow_up import CheckIn, FollowUp
from bot.model.messages import typed
from bot.model.turn import KeepSheet, SheetPage
from bot.sheet.making import make_sheet
from bot.sheet.pdf import as_png, can_set
from bot.sheet.sheet import Sheet, from_dict
from flows.keiei.programme import KEIEI
from tests.bot.figures.owners_figures import MAN, TODAY, TYPED, figures
from tests.bot.sheet.sheets import NOW, PLAN, context, finished, sheet_of

ADDRESS = "https://navi.example.jp/sheets/" + "x" * 32
WHOLE = figures(
    cash=300, monthly_sales=250, monthly_costs=230, monthly_repayment=62, debt=4800, ordinary_profit=50,
    depreciation=60, income_tax=7, receivables=90, stock=9, payables=9, yearly_sales=3000,
    sales_before=3200, operating_profit=60, headcount=4, net_worth=-300, total_assets=1500,
).with_payments((Payment(TODAY.replace(month=12, day=25), 120 * MAN, "消費税"),), TYPED)  # fmt: skip


def sheet_with(known: Figures) -> Sheet:
    return sheet_of(replace(finished(PLAN), figures=known))


def test_figures_alone_make_a_sheet() -> None:
    alone = replace(finished(""), answers={}, flow="", figures=WHOLE)
    assert make_sheet(alone, context()) is not None


@pytest.mark.skipif(not can_set(), reason="the extra `pdf` is not installed")
def test_picture_as_png_is_as_wide_as_line_shows() -> None:
    content = as_png(sheet_with(WHOLE).drawing("figure-cash") or "")
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(content[16:20], "big") == 1040


PAGE = SheetPage(ADDRESS, "x" * 32, has_pdf=True)


def test_picture_in_a_chat_is_drawn_where_it_can_be_fetched() -> None:
    asked = replace(finished(PLAN), figures=WHOLE)
    turn = respond(asked, typed("v1|picture=cash"), replace(context(), page=PAGE))
    (kept,) = (each for each in turn.effects if isinstance(each, KeepSheet))
    card = turn.replies[-1].card
    assert card is not None
    assert card.image == f"{ADDRESS}.figure-cash.png"
    assert from_dict(kept.content).drawing("figure-cash") is not None


@pytest.mark.parametrize(
    "page",
    [None, replace(PAGE, address="http://localhost/sheets/x"), replace(PAGE, has_pdf=False)],
    ids=["no page", "no TLS", "no engine"],
)
def test_picture_in_a_chat_stays_words_where_nothing_can_fetch_it(page: SheetPage | None) -> None:
    asked = replace(finished(PLAN), figures=WHOLE)
    turn = respond(asked, typed("v1|picture=cash"), replace(context(), page=page))
    assert turn.effects == ()
    assert [reply.card.image for reply in turn.replies if reply.card] == [""]


def test_check_ins_are_drawn_where_they_can_be_fetched_and_stand_on_the_sheet() -> None:
    worst = {each.id: each.options[-1].id for each in KEIEI.follow_up.checks}
    earlier = CheckIn(NOW.date() - timedelta(days=180), worst)
    followed = FollowUp("ab", agreed_at=NOW - timedelta(days=200), check_ins=(earlier,))
    desk = replace(finished(PLAN), follow_up=followed)
    about = replace(context(), page=PAGE)
    for check in KEIEI.follow_up.checks:
        turn = respond(desk, typed(f"v1|check={check.id}:{check.options[0].id}"), about)
        desk = turn.conversation
    (kept,) = (each for each in turn.effects if isinstance(each, KeepSheet))
    card = turn.replies[-1].card
    assert card is not None
    assert card.image == f"{ADDRESS}.check-ins.png"
    assert "売上× お金×" in card.as_text()
    sheet = from_dict(kept.content)
    assert sheet.drawing("check-ins") is not None
    report = sheet.part("bank-report")
    assert report
    assert [each.label[0] for each in report.lines] == ["①", "②", "③", "④"]

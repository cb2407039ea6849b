"""A case as staff see it: one message at the head of its thread, short, the gravest first.

It is drawn anew from the conversation whenever the case moves; nothing in it is kept elsewhere.
"""

from __future__ import annotations

from bot.channels.slack.knowledge.number_card import draw_number_buttons
from bot.channels.slack.ui.blocks import (
    Json,
    actions,
    button,
    confirmation,
    context,
    header,
    paragraph,
    plain_text,
    rich_text,
)
from bot.interview.prompts import open_question
from bot.interview.summary import (
    answer_lines,
    center_line,
    reason_lines,
    urgency_line,
    verdict_line,
)
from bot.model.case import CARD, Case, Ending, Reason
from bot.model.conversation import Conversation, Mode
from bot.model.turn import Context
from bot.presentation.limits import cut
from bot.presentation.times import say_moment
from flows.programme import Programme

CLAIM, WRITE, HAND_BACK = "case:claim", "case:write", "case:hand_back"
COMPLETE, REOPEN = "case:complete", "case:reopen"

REASONS = {
    Reason.DESPAIR: ("🆘", "つらい気持ちの言葉がありました"),
    Reason.URGENT: ("🔴", "急ぎの支払いで困っています"),
    Reason.MISSES: ("🟡", "ボットが続けて答えられませんでした"),
    Reason.ASKED: ("🟢", "人と話したいとのことです"),
}
"""Why a person is needed: a mark, and a sentence."""

_ENDINGS = {
    Ending.HANDED_BACK: "ボットに戻しました",
    Ending.COMPLETED: "完了しました",
    Ending.TAKEN_BACK: "お客さまがボットに戻りました",
    Ending.BLOCKED: "お客さまにブロックされました（もう届きません）",
}
_FIELD = 2000


def card_reference(case_id: str) -> str:
    """The name of the card's post."""
    return f"{CARD}{case_id}"


def draw_card(conversation: Conversation, about: Context) -> Json:
    """The message of the case in this conversation, which has one."""
    case = conversation.case
    if case is None:
        return {
            "text": "この相談は、もうありません",
            "blocks": [context("この相談は、もうありません")],
        }
    mark, why = REASONS[case.reason]
    state = _describe_state(conversation, case)
    blocks = [
        header(f"{mark} 相談 {case.id[:4]}：{state}"),
        paragraph(rich_text(why), *_draw_holder(case)),
        {"type": "section", "fields": _draw_fields(conversation, case, about)},
        *_draw_last_said(conversation, about),
        *actions(_draw_buttons(conversation, case)),
    ]
    return {"text": f"{mark} 相談 {case.id[:4]}（{state}）{why}", "blocks": blocks}


def _describe_state(conversation: Conversation, case: Case) -> str:
    if case.ending:
        return _ENDINGS[case.ending]
    if conversation.mode is Mode.WITH_STAFF:
        return "対応しています"
    return "お待たせしています" if case.nudged else "待っています"


def _draw_holder(case: Case) -> list[list[Json]]:
    """Who has it; a user element in a changed message calls nobody."""
    if not case.holder:
        return []
    return [rich_text("\n担当："), [{"type": "user", "user_id": case.holder}]]


def _draw_fields(conversation: Conversation, case: Case, about: Context) -> list[Json]:
    promised = "済み" if case.first_reply_at else f"{say_moment(case.promised_by)}ごろまで"
    known = (
        ("急ぎ度", urgency_line(conversation, about.programme)),
        ("待ち始め", say_moment(case.opened_at)),
        ("最初のお返事", promised),
        ("結果", verdict_line(conversation, about.programme)),
        ("窓口", center_line(conversation, about)),
    )
    return [plain_text(f"{name}\n{value}", _FIELD) for name, value in known if value]


def _draw_last_said(conversation: Conversation, about: Context) -> list[Json]:
    """What the bot was about when a person was wanted."""
    entry = about.library.faq.get(conversation.topic)
    question = open_question(conversation, about.programme)
    shown = [
        f"ボットが最後に答えたこと：{entry.question}" if entry else "",
        f"ボットが聞いていたこと：{question.text}" if question else "",
    ]
    lines = "\n".join(filter(None, shown))
    return [context(cut(lines, _FIELD))] if lines else []


def _draw_buttons(conversation: Conversation, case: Case) -> list[Json]:
    complete = button(
        "完了",
        COMPLETE,
        case.id,
        confirm=confirmation(
            "完了にしますか？",
            "お客さまに、お礼と、ボットに戻ることをお伝えします。あとから再開できます。",
            "完了にする",
        ),
    )
    if case.ending in (Ending.HANDED_BACK, Ending.COMPLETED):
        return [button("再開", REOPEN, case.id)]
    if case.ending:
        return []
    if conversation.mode is Mode.WITH_STAFF:
        return [
            button("送る", WRITE, case.id, style="primary"),
            button("ボットに戻す", HAND_BACK, case.id),
            complete,
        ]
    return [button("担当する", CLAIM, case.id, style="primary"), complete]


def draw_history(conversation: Conversation, programme: Programme) -> Json:
    """The conversation so far: the answers given, and the reasons of the verdict."""
    answers = (
        "\n".join(f"・{line}" for line in answer_lines(conversation, programme))
        or "まだお答えはありません"
    )
    reasons = "\n".join(reason_lines(conversation, programme))
    blocks = [paragraph(rich_text("ここまでのお答え\n", bold=True), rich_text(cut(answers, 2800)))]
    if reasons:
        blocks.append(
            paragraph(rich_text("判定の理由\n", bold=True), rich_text(cut(reasons, 2800)))
        )
    blocks.append(
        context("お客さまが選んだ答えだけです。これより前に書かれた文は渡されていません。")
    )
    # Here, since the card itself is to stay short on a phone.
    blocks += actions(draw_number_buttons(conversation.answers, programme))
    return {"text": "ここまでのお答え", "blocks": blocks}

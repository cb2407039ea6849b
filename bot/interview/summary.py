"""What came out of an interview, in plain words: to copy, and to know where an owner stands."""

from __future__ import annotations

from bot.interview.prompts import correctable, replay_flow
from bot.model.conversation import Conversation
from bot.model.turn import Context
from bot.presentation.cards import reasons
from bot.presentation.center_cards import phone_line
from flows.assessment import VERDICT_LABELS
from flows.flow import ASSESSMENT, UNKNOWN, URGENT
from flows.programme import Programme
from flows.urgency import LABELS, Level
from knowledge.place_names.places import PREFECTURES


def answer_lines(conversation: Conversation, programme: Programme) -> list[str]:
    """List the answers on the way walked, in order: 「売上：3割以上減った」."""
    return [
        f"{question.title}：{question.labels(conversation.answers[question.id])}"
        for question in reversed(correctable(conversation, programme))
    ]


def verdict_line(conversation: Conversation, programme: Programme) -> str:
    """Write the verdict and the path, or how far the interview has come."""
    stands = replay_flow(conversation, programme)
    if stands is None:
        return "まだ質問を始めていません"
    if stands.question:
        return f"質問の途中です（あと{stands.remaining}問ほど）"
    if stands.state == URGENT:
        return "急ぎのことを先に案内しました"
    if stands.state != ASSESSMENT:
        return "窓口を案内しました"
    assessment = programme.assess(conversation.answers)
    return f"{VERDICT_LABELS[assessment.verdict]}：{assessment.route.main.path.name}"


def reason_lines(conversation: Conversation, programme: Programme) -> list[str]:
    """List the reasons of the verdict, each with the owner's own answer."""
    stands = replay_flow(conversation, programme)
    if stands is None or stands.question or stands.state != ASSESSMENT:
        return []
    return list(reasons(programme.assess(conversation.answers), programme))


def urgency_line(conversation: Conversation, programme: Programme) -> str:
    """Say how soon something has to happen, and why; "" when nothing presses."""
    titles = "、".join(each.title for each in programme.today(conversation.answers))
    if titles:
        return f"今日：{titles}"
    soon = programme.urgency(conversation.answers)
    if soon.level is Level.PREVENTION:
        return ""
    signs = "、".join(dict.fromkeys(sign.because for sign in soon.signs))
    return f"{LABELS[soon.level]}（{signs}）"


def center_line(conversation: Conversation, context: Context) -> str:
    """Write the prefecture's council, its number and the number's age; "" if unknown."""
    code = conversation.answers.get(context.programme.place, (UNKNOWN.id,))[0]
    if code not in PREFECTURES:
        return ""
    center = context.library.directory.for_prefecture(code).center
    phone = center.phone()
    return f"{center.name} {phone_line(phone) if phone else center.directory}"


def summary(conversation: Conversation, context: Context) -> str:
    """Write all that one's own records need: answers, verdict, reasons, office."""
    parts = [
        ("結果", [verdict_line(conversation, context.programme)]),
        ("急ぎ度", [urgency_line(conversation, context.programme)]),
        ("お答え", [f"・{line}" for line in answer_lines(conversation, context.programme)]),
        ("理由", reason_lines(conversation, context.programme)),
        ("窓口", [center_line(conversation, context)]),
    ]
    shown = [(name, [line for line in lines if line]) for name, lines in parts]
    return "\n\n".join("\n".join((f"【{name}】", *lines)) for name, lines in shown if lines)

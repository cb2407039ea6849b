"""Sum up an interview in plain words."""

from __future__ import annotations

from bot.interview.standing import correctable, replay_flow
from bot.model.conversation import Conversation
from bot.model.turn import Context
from bot.presentation.cards.contact import phone_line
from bot.presentation.cards.detail_cards import reasons
from bot.presentation.source_lines import without_brackets
from bot.presentation.wording import join_words, say
from flows.assessment import VERDICT_LABELS
from flows.flow import ASSESSMENT, UNKNOWN, URGENT
from flows.programme import Programme
from flows.urgency import LABELS, Level
from knowledge.place_names.places import PREFECTURES


def answer_lines(conversation: Conversation, programme: Programme) -> list[str]:
    """List the answers that count, in order, as 「売上：3割以上減った」."""
    return [
        say(
            "summary.answer",
            question=question.title,
            labels=without_brackets(question.labels(conversation.answers[question.id])),
        )
        for question in reversed(correctable(conversation, programme))
    ]


def verdict_line(conversation: Conversation, programme: Programme) -> str:
    """Write the verdict and the path, or how far the interview has come."""
    stands = replay_flow(conversation, programme)
    if stands is None:
        return say("summary.not_begun")
    if stands.question:
        return say("summary.midway", remaining=stands.remaining)
    if stands.state == URGENT:
        return say("summary.urgent")
    if stands.state != ASSESSMENT:
        return say("summary.office")
    assessment = programme.assess(conversation.answers)
    return say(
        "summary.verdict",
        verdict=VERDICT_LABELS[assessment.verdict],
        path=assessment.route.main.path.name,
    )


def reason_lines(conversation: Conversation, programme: Programme) -> list[str]:
    """List the reasons of the verdict, each with the owner's own answer."""
    stands = replay_flow(conversation, programme)
    if stands is None or stands.question or stands.state != ASSESSMENT:
        return []
    return list(reasons(programme.assess(conversation.answers), programme))


def urgency_line(conversation: Conversation, programme: Programme) -> str:
    """Say how soon something must happen and why, or ""."""
    titles = join_words(each.title for each in programme.today(conversation.answers))
    if titles:
        return say("summary.today", titles=titles)
    soon = programme.urgency(conversation.answers)
    if soon.level is Level.PREVENTION:
        return ""
    signs = join_words(dict.fromkeys(sign.because for sign in soon.signs))
    return say("summary.urgency", level=LABELS[soon.level], signs=signs)


def center_line(conversation: Conversation, context: Context) -> str:
    """Write the prefecture's council with its dated number, or ""."""
    code = conversation.answers.get(context.programme.place, (UNKNOWN.id,))[0]
    if code not in PREFECTURES:
        return ""
    center = context.library.directory.for_prefecture(code).center
    phone = center.phone()
    return f"{center.name} {phone_line(phone) if phone else center.directory}"

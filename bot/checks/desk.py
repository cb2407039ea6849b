"""List everything said while a person has a case.

`bot.checks.content` measures it against the channels' limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.dialogue.respond import respond
from bot.handoff import case_life
from bot.handoff.case_life import Staff
from bot.handoff.refusals import Refused
from bot.model import business_hours
from bot.model.conversation import Conversation, Mode
from bot.model.messages import HandedOver, Kind, Message, Reply, Speaker, typed
from bot.model.turn import Context, Turn
from flows.flow import UNKNOWN
from flows.paths import find_paths
from flows.programme import Programme
from knowledge.place_names.places import PREFECTURES, REGIONS

Said = tuple[str, tuple[Reply, ...]]
"""The place of the words, and the replies."""

_STAFF = Staff("staff", Speaker("経営改善支援センター 相談員 山田"))
_OPEN, _CLOSING, _CLOSED = timedelta(hours=1), timedelta(hours=7, minutes=30), timedelta(hours=12)
_MEDIA = (Kind.IMAGE, Kind.VIDEO, Kind.AUDIO, Kind.FILE, Kind.OTHER, Kind.STICKER, Kind.FOLLOWED)


def situations(context: Context) -> Iterator[Said]:
    """List the words of every situation of a case."""
    opens = business_hours.next_opening(context.now)
    for after in (_OPEN, _CLOSING, _CLOSED):
        at = replace(context, now=opens + after, desk=True)
        for reason, conversation in _owners(context.programme):
            yield from _case(f"case {reason} {after}", conversation, at)
    at = replace(context, now=opens + _OPEN, desk=True)
    for code in PREFECTURES:
        conversation = Conversation("check:you", flow=context.programme.office_flow).answered(
            context.programme.place, (code,)
        )
        yield from _promises(f"case in {code}", conversation, at)
    yield from _codes(at)


def _first_answers(programme: Programme) -> dict[str, tuple[str, ...]]:
    """Choose the first option of the main flow's first two questions."""
    first = programme.flows[programme.main].questions[:2]
    return {question.id: (question.options[0].id,) for question in first}


def _owners(programme: Programme) -> Iterator[tuple[str, Conversation]]:
    nowhere = Conversation("check:you", flow=programme.main)
    here = replace(nowhere, answers=_first_answers(programme)).answered(programme.place, ("28",))
    emergency = programme.questions[programme.emergency].options[0].id
    yield "asked", nowhere
    yield "asked at home", here
    yield "asked before anything", Conversation("check:you")
    yield "misses", replace(nowhere, misses=2)
    yield "urgent", here.answered(programme.emergency, (emergency,))
    yield "despair", replace(here, despaired=True)


def _turn(conversation: Conversation, message: Message | str, context: Context) -> Turn:
    said = typed(message) if isinstance(message, str) else message
    return respond(conversation, said, context)


def _promises(where: str, conversation: Conversation, context: Context) -> Iterator[Said]:
    """Yield the question of consent, the yes, and the broken promise."""
    asked = _turn(conversation, "人と話す", context)
    yield f"{where}: consent", asked.replies
    waiting = _turn(asked.conversation, "はい", context)
    yield f"{where}: waiting", waiting.replies
    yield from _late(where, waiting.conversation, context)


def _late(where: str, conversation: Conversation, context: Context) -> Iterator[Said]:
    case = conversation.case
    late = replace(context, now=case.promised_by + timedelta(hours=1)) if case else context
    turn = _expect_turn(case_life.apologise_when_overdue(conversation, late))
    yield f"{where}: overdue", turn.replies
    for message in ("まだですか", "v1|do=help"):
        yield f"{where}: overdue, {message}", _turn(turn.conversation, message, late).replies


def _case(where: str, conversation: Conversation, context: Context) -> Iterator[Said]:
    yield from _promises(where, conversation, context)
    asked = _turn(conversation, "人と話す", context).conversation
    for message in ("大丈夫です", "いいえ", "お金がない", "v1|do=center"):
        yield f"{where}: consent, {message}", _turn(asked, message, context).replies
    waiting = _turn(asked, "はい", context).conversation
    yield from _answer_everything(f"{where}: waiting", waiting, context)
    claimed = _expect_turn(case_life.claim(waiting, _STAFF, context.now))
    yield f"{where}: claimed", claimed.replies
    yield from _late(f"{where}: claimed", claimed.conversation, context)
    tomorrow = replace(context, now=context.now + timedelta(hours=2))
    yield from _answer_everything(f"{where}: with staff", claimed.conversation, tomorrow)
    yield from _ends(where, waiting, context)
    yield from _ends(f"{where}: with staff", claimed.conversation, context)


def _answer_everything(where: str, conversation: Conversation, context: Context) -> Iterator[Said]:
    words = ("よろしくお願いします", "死にたい", "ボットに戻る", "消して")
    place = context.programme.place
    taps = ("v1|do=help", "v1|do=center", f"v1|{place}=13", f"v1|{place}={UNKNOWN.id}")
    regions = tuple(f"v1|region={region}" for region in (*REGIONS, "all"))
    media = tuple(Message(kind) for kind in _MEDIA)
    code = Message(
        Kind.HANDED_OVER,
        text="12345678",
        handed=HandedOver(context.programme.main, _first_answers(context.programme)),
    )
    said = (*map(typed, (*words, *taps, *regions)), *media, code)
    for message in said:
        named = message.value or message.text or message.kind
        yield f"{where}: {named}", _turn(conversation, message, context).replies


def _ends(where: str, conversation: Conversation, context: Context) -> Iterator[Said]:
    for end in (case_life.hand_back, case_life.complete):
        turn = _expect_turn(end(conversation, context.now, context.programme))
        yield f"{where}: {end.__name__}", turn.replies
        again = _expect_turn(case_life.reopen(turn.conversation, _STAFF, context.now))
        yield f"{where}: reopen", again.replies


def _codes(context: Context) -> Iterator[Said]:
    """List the words about a code taken over, and about an unknown one.

    The code is taken over in every questionnaire.
    """
    for flow in context.programme.flows.values():
        for path in find_paths(flow)[:1]:
            answers = {question: (option,) for question, option in path.answers}
            handed = HandedOver(flow.id, answers)
            message = Message(Kind.HANDED_OVER, text="12345678", handed=handed)
            turn = _turn(Conversation("check:you"), message, context)
            yield f"code, {flow.id}", turn.replies
            yield f"code, {flow.id}, undone", _turn(turn.conversation, "戻る", context).replies
    unknown = Message(Kind.HANDED_OVER, text="12345678")
    yield "code, unknown", _turn(Conversation("check:you"), unknown, context).replies
    shut = Conversation("check:you", mode=Mode.WAITING)
    yield "desk shut", _turn(shut, "こんにちは", replace(context, desk=False)).replies


def _expect_turn(turn: Turn | Refused) -> Turn:
    """Return the turn, or raise for a refusal, a fault of the rehearsal."""
    if not isinstance(turn, Turn):
        raise TypeError(f"the rehearsal of a case was refused: {turn.why}")
    return turn

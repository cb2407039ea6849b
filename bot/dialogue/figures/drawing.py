"""Show a picture, and record answers that its figures give.

Each such answer is asked about once.
"""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.answering.answers import reply_after_answer
from bot.dialogue.figures.concluding import conclude
from bot.figures.pictures import Picture
from bot.interview.buttons import PERSON, RESULT_AGAIN, SHEET
from bot.interview.figure_prompts import picture_ways
from bot.interview.standing import open_question
from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation
from bot.model.messages import from_card
from bot.model.turn import Context, Step, Then
from bot.presentation.cards.figure_cards import picture_card
from bot.presentation.wording import say
from bot.sheet.making import MONTHS, keep_drawn_sheet
from bot.sheet.numbers import part_id
from flows.flow import Question


def draw_picture(
    before: Conversation,
    after: Conversation,
    picture: Picture,
    context: Context,
    *,
    months: int = MONTHS,
    lead: str = "",
) -> Step:
    """Show the picture.

    `before` is the conversation without the figures just given.
    """
    left = replace(after, picture="", figure_again="")
    concluded, lines = _record(before, left, context)
    shown = _show(concluded, picture, context, months)
    said = "\n".join(filter(None, (lead, *lines)))
    if not lines:
        return _go_on(replace(shown, lead=said), context)
    told = reply_after_answer(left, concluded, said, context)
    if told.then is Then.ASK and (told.said or told.lead != said):  # urgent trouble has come up
        return replace(told, said=(*shown.said, *told.said), effects=shown.effects)
    return _go_on(replace(shown, conversation=told.conversation, lead=told.lead), context)


def _go_on(step: Step, context: Context) -> Step:
    """Go on with the questionnaire where one is open."""
    is_open = open_question(step.conversation, context.programme) is not None
    return replace(step, then=Then.ASK) if is_open else step


def _record(
    before: Conversation, after: Conversation, context: Context
) -> tuple[Conversation, list[str]]:
    """Record answers that figures surely give.

    The owner's own answer is replaced only by a graver one, else both are put to them. An answer
    that came from figures follows them.
    """
    told, earlier = (conclude(each.figures, context) for each in (after, before))
    lines = []
    for name, option in told.items():
        question, known = context.programme.questions[name], after.answers.get(name)
        if known == (option,):
            continue
        if known and not _gives_way(name, option, known, earlier.get(name, ""), context):
            if after.figures != before.figures:  # not each time the picture is shown
                after = _put_both(after, name, option, known)
                lines.append(_say_difference(question, option, known))
            continue
        after = after.answered(name, (option,), told=True)
        labels = question.labels((option,))
        lines.append(say("figures.concluded", question=question.title, labels=labels))
    return after, lines


def _gives_way(
    name: str, option: str, known: tuple[str, ...], earlier: str, context: Context
) -> bool:
    """Tell whether a known answer came from figures, or is less grave than theirs."""
    return known == (earlier,) or _is_graver(name, option, known[0], context)


def _put_both(
    conversation: Conversation, name: str, option: str, known: tuple[str, ...]
) -> Conversation:
    """Ask which is right, what they said or what their figures say."""
    others = {each: kept for each, kept in conversation.likely.items() if each != name}
    return replace(conversation, likely={name: (option, *known), **others})


def _say_difference(question: Question, option: str, known: tuple[str, ...]) -> str:
    labels, computed = question.labels(known), question.labels((option,))
    return say("figures.differs", question=question.title, labels=labels, computed=computed)


def _is_graver(question: str, option: str, known: str, context: Context) -> bool:
    orders = (bands for name, bands in context.programme.concluded.values() if name == question)
    order = [band.option for band in next(orders)]
    return known not in order or order.index(option) < order.index(known)


def _show(conversation: Conversation, picture: Picture, context: Context, months: int) -> Step:
    """Show a picture in words, and where there is a page also drawn."""
    today = context.now.astimezone(JAPAN).date()
    card = picture_card(picture, conversation.figures, today, context.library, months)
    ways = picture_ways(picture, conversation.figures, months)
    controls = (RESULT_AGAIN, SHEET, PERSON) if conversation.flow else (SHEET, PERSON)
    kept = keep_drawn_sheet(conversation, part_id(picture), context, months)
    if kept:
        card = replace(card, image=f"{kept.address}.{part_id(picture)}.png")
    said = (from_card(card, ways, controls),)
    return Step(conversation, said=said, then=Then.NOTHING, effects=(kept,) if kept else ())

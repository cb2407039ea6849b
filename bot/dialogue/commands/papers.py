"""Tick the papers of an application and the boxes of the sheet (「書類の準備」)."""

from __future__ import annotations

from dataclasses import replace

from bot.interview.papers import BOX, ON, TICKED, group_reply, papers_reply, tick_choice
from bot.model.conversation import Conversation
from bot.model.messages import Choice, Reply, choice
from bot.model.turn import Context, Step, Then
from bot.presentation.limits import LINE, cut
from bot.presentation.wording import say
from bot.sheet.making import make_sheet
from bot.sheet.sheet import Part
from flows.papers import Maker

BOXES = {
    "today-steps": say("papers.today_steps"),
    "steps": say("papers.steps"),
    "papers": say("papers.to_bring"),
}
"""Parts of the sheet with boxes to tick here, with their short names."""

BACK = choice(say("buttons.papers"), "do", "papers")


def show_papers(conversation: Conversation, context: Context) -> Step:
    """List the application's papers by maker, and the sheet's other boxes."""
    boxes = tuple(_part_choice(each) for each in _list_parts(conversation, context))
    reply = papers_reply(conversation, context, boxes)
    return Step(conversation, said=(reply,), then=Then.NOTHING)


def show_group(conversation: Conversation, who: str, context: Context) -> Step | None:
    """List the papers of one maker, or a part's boxes.

    It is None for a button of another time.
    """
    if who in set(Maker):
        reply = group_reply(Maker(who), conversation, context)
    else:
        parts = _list_parts(conversation, context)
        reply = next((_part_reply(each) for each in parts if each.id == who), None)
    return Step(conversation, said=(reply,), then=Then.NOTHING) if reply else None


def tick_paper(conversation: Conversation, value: str, context: Context) -> Step | None:
    """Tick a box or take its tick back, and list its group again.

    Returns None for a box of another time.
    """
    tick, _, wish = value.partition(":")
    paper = context.programme.papers.get(tick)
    group = paper.who if paper else _find_part(conversation, tick, context)
    if not group:
        return None
    others = tuple(each for each in conversation.ticked if each != tick)
    is_on = wish == ON or (not wish and others == conversation.ticked)
    after = replace(conversation, ticked=(*others, tick) if is_on else others)
    return show_group(after, group, context)


def _list_parts(conversation: Conversation, context: Context) -> list[Part]:
    sheet = make_sheet(conversation, context)
    return [part for each in BOXES if sheet and (part := sheet.part(each))]


def _find_part(conversation: Conversation, tick: str, context: Context) -> str:
    """Find the part that holds this box, or "" where none does."""
    parts = _list_parts(conversation, context)
    return next((part.id for part in parts if tick in {each.tick for each in part.lines}), "")


def _part_choice(part: Part) -> Choice:
    done = sum(each.ticked for each in part.lines)
    label = say("buttons.papers_group", who=BOXES[part.id], done=done, count=len(part.lines))
    return choice(label, "papers", part.id)


def _part_reply(part: Part) -> Reply:
    """List the boxes of a part, each with a button that ticks it."""
    lines = [say("papers.group", who=BOXES[part.id])]
    buttons = []
    for line in part.lines:
        lines.append(say("papers.line", mark=TICKED if line.ticked else BOX, name=line.text))
        label = say(
            "buttons.papers_ticked" if line.ticked else "buttons.papers_open", name=line.text
        )
        buttons.append(tick_choice(cut(label, LINE.label), line.tick, is_ticked=line.ticked))
    text = "\n".join((*lines, "", say("papers.tap_boxes")))
    return Reply(text, tuple(buttons), (BACK,))

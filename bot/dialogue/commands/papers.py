"""Show 「書類の準備」, a list with a tick for each paper at hand."""

from __future__ import annotations

from dataclasses import replace

from bot.interview.papers import group_reply, papers_reply
from bot.model.conversation import Conversation
from bot.model.turn import Context, Step, Then
from flows.papers import Maker


def show_papers(conversation: Conversation, context: Context) -> Step:
    """List the papers of the application, by their makers."""
    return Step(conversation, said=(papers_reply(conversation, context),), then=Then.NOTHING)


def show_group(conversation: Conversation, who: str, context: Context) -> Step | None:
    """List the papers of one maker, or return None for an outdated button."""
    reply = group_reply(Maker(who), conversation, context) if who in set(Maker) else None
    return Step(conversation, said=(reply,), then=Then.NOTHING) if reply else None


def tick_paper(conversation: Conversation, paper_id: str, context: Context) -> Step | None:
    """Tick or untick a paper and list its group again.

    Returns None for an outdated button.
    """
    paper = context.programme.papers.get(paper_id)
    if paper is None:
        return None
    others = tuple(each for each in conversation.ticked if each != paper_id)
    is_new = others == conversation.ticked
    after = replace(conversation, ticked=(*others, paper_id) if is_new else others)
    return show_group(after, paper.who, context)

"""List the papers of an application for 「書類の準備」, with ticks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from bot.interview.buttons import CENTER, PERSON, RESULT_AGAIN, SHEET
from bot.interview.standing import replay_flow
from bot.model.conversation import Conversation
from bot.model.messages import Choice, Reply, choice
from bot.model.turn import Context
from bot.presentation.cards.center_cards import to_bring
from bot.presentation.wording import say
from flows.flow import ASSESSMENT
from flows.papers import Maker, Paper, papers_for
from flows.support import SupportPath

BOX, TICKED = "□", "☑"

MAKERS = {
    Maker.OWN: say("papers.by_own"),
    Maker.TOGETHER: say("papers.by_together"),
    Maker.EXPERT: say("papers.by_expert"),
    Maker.BANK: say("papers.by_bank"),
}
"""Makers of papers, in words."""


def application_of(
    conversation: Conversation, context: Context
) -> tuple[SupportPath, tuple[Paper, ...]] | None:
    """Find the result's path that wants papers, with them, or None."""
    stands = replay_flow(conversation, context.programme)
    if stands is None or stands.state != ASSESSMENT:
        return None
    route = context.programme.assess(conversation.answers).route
    for path in (each.path for each in (route.main, *route.beside)):
        papers = papers_for(context.programme.papers.values(), conversation.answers, path.id)
        if papers:
            return path, papers
    return None


def count_missing_papers(conversation: Conversation, context: Context) -> int:
    """Count the papers of the application that are not ticked.

    0 where no application wants any.
    """
    found = application_of(conversation, context)
    return sum(each.id not in conversation.ticked for each in found[1]) if found else 0


def papers_reply(
    conversation: Conversation, context: Context, more: tuple[Choice, ...] = ()
) -> Reply:
    """List the papers with their ticks, a button for each maker, then `more`."""
    found = application_of(conversation, context)
    if found is None:
        lines = (say("papers.none_wanted"), *to_bring(None, context.library))
        return Reply("\n".join(lines), (*more, SHEET, RESULT_AGAIN), (CENTER, PERSON))
    path, papers = found
    groups = tuple(_group_choice(who, group, conversation) for who, group in _by_maker(papers))
    text = "\n".join((_heading(path, papers, conversation), *_lines(papers, conversation)))
    end = say("papers.all_done") if _is_complete(papers, conversation) else say("papers.choose")
    return Reply(
        f"{text}\n{say('papers.ask')}\n\n{end}", (*groups, *more, SHEET, RESULT_AGAIN), (PERSON,)
    )


def group_reply(who: Maker, conversation: Conversation, context: Context) -> Reply | None:
    """List the papers of one maker as buttons to tick, or None."""
    found = application_of(conversation, context)
    papers = [each for each in found[1] if each.who is who] if found else []
    if not papers:
        return None
    lines = (*_lines(tuple(papers), conversation), "", say("papers.tap"))
    buttons = tuple(_paper_choice(each, conversation) for each in papers)
    back = choice(say("buttons.papers"), "do", "papers")
    return Reply("\n".join(lines), buttons, (back, PERSON))


def _by_maker(papers: tuple[Paper, ...]) -> Iterator[tuple[Maker, list[Paper]]]:
    return ((who, list(group)) for who, group in groupby(papers, key=lambda each: each.who))


def _heading(path: SupportPath, papers: tuple[Paper, ...], conversation: Conversation) -> str:
    done = sum(each.id in conversation.ticked for each in papers)
    return say("papers.heading", path=path.name, count=len(papers), done=done)


def _is_complete(papers: tuple[Paper, ...], conversation: Conversation) -> bool:
    return {each.id for each in papers} <= {*conversation.ticked}


def _lines(papers: tuple[Paper, ...], conversation: Conversation) -> Iterator[str]:
    for who, group in _by_maker(papers):
        yield say("papers.group", who=MAKERS[who])
        for paper in group:
            mark = TICKED if paper.id in conversation.ticked else BOX
            if paper.note:
                yield say("papers.line_noted", mark=mark, name=paper.name, note=paper.note)
            else:
                yield say("papers.line", mark=mark, name=paper.name)


def _group_choice(who: Maker, papers: list[Paper], conversation: Conversation) -> Choice:
    done = sum(each.id in conversation.ticked for each in papers)
    maker = MAKERS[who]
    label = say("buttons.papers_group", who=maker, done=done, count=len(papers))
    return choice(label, "papers", who)


def _paper_choice(paper: Paper, conversation: Conversation) -> Choice:
    is_ticked = paper.id in conversation.ticked
    label = say("buttons.papers_ticked" if is_ticked else "buttons.papers_open", name=paper.name)
    return tick_choice(label, paper.id, is_ticked=is_ticked)


def tick_choice(label: str, tick: str, *, is_ticked: bool) -> Choice:
    """Make the button of a box.

    Its value says on or off, so that a double tap does it once.
    """
    return choice(label, "paper", f"{tick}:{OFF if is_ticked else ON}")


ON, OFF = "on", "off"

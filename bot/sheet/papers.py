"""Write the papers to have at hand as a part of a sheet."""

from __future__ import annotations

from bot.interview.papers import MAKERS
from bot.model.conversation import Conversation
from bot.model.turn import Context
from bot.presentation.wording import say
from bot.sheet.sheet import Form, Line, Part
from flows.assessment import Assessment
from flows.papers import papers_for
from flows.programme import Programme
from flows.support import SupportPath


def papers_part(path: SupportPath | None, context: Context) -> Part:
    """List the papers for the path, or for a council's first visit."""
    if path and path.bring:
        lines = tuple(Line(each, cites=path.sources) for each in path.bring)
    else:
        documents = context.library.programmes.documents["first-visit"]
        lines = tuple(
            Line(each.name + _in_brackets(each.note), cites=each.sources) for each in documents
        )
    return Part("papers", say("sheet.papers_heading"), Form.BOXES, lines)


def application_part(
    conversation: Conversation, assessment: Assessment, programme: Programme
) -> Part:
    """List the papers of the application by their makers.

    It is empty where the path wants none.
    """
    path = assessment.route.main.path.id
    papers = papers_for(programme.papers.values(), conversation.answers, path)
    lines = tuple(
        Line(
            each.name + _in_brackets(each.note),
            MAKERS[each.who],
            tick=each.id,
        )
        for each in papers
    )
    cites = tuple(dict.fromkeys(source for each in papers for source in each.sources))
    return Part("application", say("sheet.application_heading"), Form.BOXES, lines, cites)


def _in_brackets(note: str) -> str:
    return say("sheet.note", note=note.rstrip("。")) if note else ""

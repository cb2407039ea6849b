"""Draw a list of questions nobody could answer as one message.

Owners' words stand in quotations of rich text alone, and only while they are kept: a question that
was dealt with, taken back or forgotten has no words any more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from bot.channels.slack.knowledge import wording
from bot.channels.slack.ui.blocks import (
    Json,
    actions,
    button,
    confirmation,
    context,
    header,
    quotation,
)
from bot.presentation.limits import cut
from bot.presentation.times import say_moment
from bot.store.records import QuestionList, UnansweredQuestion
from knowledge.faq.unanswered import Group, wordings

LIST = "repair:list"
"""Asks for a list of one's own."""

ANSWER, LINK, OUT_OF_SCOPE = "repair:answer", "repair:link", "repair:out_of_scope"
EXAMPLE, TROUBLE, SAME = "repair:example", "repair:trouble", "repair:same"

MOST = 10
"""Groups of one list. Each has three of the 50 blocks of a message."""

_SHOWN = 300
"""Characters shown of a question. Ten questions must fit into a message."""


def make_list(reference: str, channel: str, groups: tuple[Group, ...]) -> QuestionList:
    """Make a list of as many groups as find room."""
    shown, left = groups[:MOST], groups[MOST:]
    ids = tuple(each.ids for each in shown)
    return QuestionList(reference, channel, ids, len(left))


def find_open_groups(
    shown: QuestionList, asked: Mapping[int, UnansweredQuestion]
) -> Mapping[int, tuple[UnansweredQuestion, ...]]:
    """Find the unsettled groups, with their remaining questions.

    By the group's place in the list.
    """
    left = {
        place: tuple(asked[id_] for id_ in ids if id_ in asked)
        for place, ids in enumerate(shown.groups)
        if place not in shown.done
    }
    return {place: questions for place, questions in left.items() if questions}


def count_people(questions: Iterable[UnansweredQuestion]) -> int:
    """Count the people behind these questions."""
    return len({each.person for each in questions})


def draw_list(
    shown: QuestionList,
    asked: Mapping[int, UnansweredQuestion],
    titles: Mapping[str, str] | None = None,
    same: Mapping[int, str] | None = None,
) -> Json:
    """Draw the list as it stands.

    `asked` are the questions that are still there, by id; `titles` are those of the bot's
    questions.
    """
    left = find_open_groups(shown, asked)
    blocks = [header(wording.UNANSWERED), context(wording.UNANSWERED_HOW)]
    for place in range(len(shown.groups)):
        if questions := left.get(place):
            value, proposed = f"{shown.reference}|{place}", (same or {}).get(place, "")
            blocks += _draw_group(value, questions, titles or {}, proposed)
        else:
            blocks.append(_draw_done(shown, place))
    more = [context(wording.count_left_out(shown.more))] if shown.more else []
    return {"text": _summarise(left), "blocks": [*blocks, *more]}


def draw_moved(shown: QuestionList) -> Json:
    """Draw the rest of a list that a newer one replaces."""
    done = [_draw_done(shown, place) for place in shown.done]
    blocks = [header(wording.UNANSWERED), *done, context(wording.LIST_MOVED)]
    return {"text": wording.head_moved_list(), "blocks": blocks}


def _summarise(left: Mapping[int, tuple[UnansweredQuestion, ...]]) -> str:
    """Write the notification, which holds nobody's words."""
    count = count_people(each for questions in left.values() for each in questions)
    return wording.count_waiting(count) if count else wording.ALL_DONE


def _draw_done(shown: QuestionList, place: int) -> Json:
    return context(f"✅ {shown.done.get(place, wording.GROUP_GONE)}")


def find_open_question(questions: Iterable[UnansweredQuestion]) -> str:
    """Find the bot's question behind most of these, or ""."""
    asked = Counter(each.open_question for each in questions if each.open_question)
    return asked.most_common(1)[0][0] if asked else ""


def _draw_group(
    value: str,
    questions: tuple[UnansweredQuestion, ...],
    titles: Mapping[str, str],
    proposed: str,
) -> list[Json]:
    texts = wordings(questions)
    count = count_people(questions)
    title = titles.get(find_open_question(questions), "")
    oldest = say_moment(min(each.asked_at for each in questions))
    asks = confirmation(wording.OUT_OF_SCOPE_TITLE, wording.OUT_OF_SCOPE, wording.OUT_OF_SCOPE_YES)
    described = wording.describe_group(count, len(texts) - 1, oldest, title)
    pressed = [
        *([button(wording.SAME_BUTTON, SAME, value)] if proposed else ()),
        button(wording.ANSWER_BUTTON, ANSWER, value, style="primary"),
        button(wording.LINK_BUTTON, LINK, value),
        button(wording.EXAMPLE_BUTTON, EXAMPLE, value),
        button(wording.TROUBLE_BUTTON, TROUBLE, value),
        button(wording.OUT_OF_SCOPE_BUTTON, OUT_OF_SCOPE, value, confirm=asks),
    ]
    return [
        quotation(cut(texts[0], _SHOWN)),
        context("\n".join(filter(None, (described, proposed)))),
        *actions(pressed),
    ]

"""Draw the card of urgent money trouble.

It says whom to call first of all, then the one thing to do today.
"""

from __future__ import annotations

from bot.model.messages import Card, Link, Section, Tone
from bot.model.turn import Context
from bot.presentation.cards.detail_cards import number_lines
from bot.presentation.cards.helpline_cards import call_link, can_be_tapped, helpline_line
from bot.presentation.cards.result_cards import office_links
from bot.presentation.source_lines import sources_section
from bot.presentation.wording import say
from flows.flow import Answers
from flows.urgency import Today
from knowledge.library import Library


def today_card(answers: Answers, context: Context) -> Card:
    """Show whom to call, and what to do today about the gravest trouble.

    Other trouble shows its first step only.
    """
    gravest, *others = context.programme.today(answers)
    sections = [Section(gravest.title, _today_lines(gravest, context.library))]
    sections += [
        Section(each.title, (say("cards.today_first", first=each.first),)) for each in others
    ]
    return Card(
        say("trouble.urgent_title"),
        tuple(sections),
        (*_calls((gravest, *others), context.library), *office_links(answers, None, context)),
        subtitle=say("cards.today_first", first=gravest.first),
        tone=Tone.URGENT,
        links_first=True,
    )


def _today_lines(today: Today, library: Library) -> tuple[str, ...]:
    short = (library.helplines[each] for each in today.calls)
    return (
        *(helpline_line(line) for line in short if not can_be_tapped(line)),
        say("cards.today_say", say=today.say),
        say("cards.today_closed", closed=today.closed),
    )


def _calls(urgent: tuple[Today, ...], library: Library) -> tuple[Link, ...]:
    lines = dict.fromkeys(each for today in urgent for each in today.calls)
    helplines = (library.helplines[each] for each in lines)
    return tuple(call_link(line) for line in helplines if can_be_tapped(line))


def afterwards_card(answers: Answers, context: Context) -> Card:
    """Show the steps after the first call, other help, and sources."""
    urgent = context.programme.today(answers)
    sections = [Section(each.title, number_lines(each.steps)) for each in urgent]
    helpers = dict.fromkeys(path for each in urgent for path in each.paths)
    if helpers:
        paths = map(context.programme.paths.__getitem__, helpers)
        lines = tuple(say("cards.helper", path=path.name, say=path.say) for path in paths)
        sections.append(Section(say("cards.helpers_heading"), lines))
    ids = [source for each in urgent for source in each.sources]
    place = answers.get(context.programme.place, ("",))[0]
    sources = sources_section(ids, context.library, place)
    return Card(say("cards.afterwards_title"), (*sections, sources), tone=Tone.URGENT)

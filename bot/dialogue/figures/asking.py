"""Ask for the unknown figures of a picture one by one."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.figures.drawing import draw_picture
from bot.figures.figures import NAMES, Figures, Given, How
from bot.figures.pictures import ASKS, Picture, is_complete, last_given
from bot.interview.figure_prompts import begin_choice, picture_asked
from bot.model.business_hours import JAPAN
from bot.model.conversation import Conversation
from bot.model.messages import Reply, choice
from bot.model.turn import Context, Step, Then
from bot.presentation.figure_words import name_figure, say_given, say_understood
from bot.presentation.wording import say, say_of_kind


def begin_picture(conversation: Conversation, picture: Picture, context: Context) -> Step:
    """Ask for the figures of a picture, or show it if all are known.

    The owner is told what is kept.
    """
    known, inferred = _infer(conversation, picture, context)
    if is_complete(picture, known.figures):
        return draw_picture(conversation, known, picture, context)
    after = replace(known, picture=picture, figure_again="", likely={})
    intro = say(
        "figures.intro",
        opening=say_of_kind("picture_openings", picture),
        count=sum(name not in known.figures.given for name in ASKS[picture]),
        days=context.retention_days,
    )
    told = say_understood(inferred, known.figures) if inferred else ""
    return Step(after, "\n".join(filter(None, (intro, told))))


def _infer(
    conversation: Conversation, picture: Picture, context: Context
) -> tuple[Conversation, list[str]]:
    """Infer figures from answers, as one without loans repays nothing."""
    figures, inferred = conversation.figures, []
    for when, name, yen in context.programme.implied:
        if name in ASKS[picture] and name not in figures.given and when.holds(conversation.answers):
            figures = figures.with_figure(name, yen, given_today(How.INFERRED, context))
            inferred.append(name)
    return replace(conversation, figures=figures), inferred


def given_today(how: How, context: Context) -> Given:
    """Note how a figure was given, today in Japan."""
    return Given(how, context.now.astimezone(JAPAN).date())


def take_figures(before: Conversation, figures: Figures, lead: str, context: Context) -> Step:
    """Keep new figures and ask for the next, or draw the complete picture."""
    after = replace(before, figures=figures, figure_again="", misses=0)
    picture = picture_asked(before) or _picture_changed(before, figures)
    if picture is None:
        return Step(after, lead, then=Then.REPEAT)
    if is_complete(picture, figures):
        return draw_picture(before, after, picture, context, lead=lead)
    return Step(after, lead)


def _picture_changed(before: Conversation, figures: Figures) -> Picture | None:
    """Find the complete picture that an old button or a correction has changed."""
    was = before.figures
    changed = {name for name in NAMES if getattr(figures, name) != getattr(was, name)}
    return next(
        (each for each in Picture if changed & {*ASKS[each]} and is_complete(each, figures)), None
    )


def go_back_figure(conversation: Conversation, _: Context) -> Step:
    """Take back the last figure and ask for it again."""
    if conversation.figure_again:
        return Step(replace(conversation, figure_again=""))
    picture = picture_asked(conversation)
    name = last_given(picture, conversation.figures) if picture else ""
    if not name:
        return leave_picture(conversation)
    was = conversation.figures
    lead = (
        say("figures.went_back", name=name_figure(name), amount=say_given(name, was))
        if was.value(name) is not None or was.payments is not None
        else say("figures.went_back_unknown")
    )
    return Step(replace(conversation, figures=was.without(name)), lead)


def leave_picture(conversation: Conversation) -> Step:
    """Leave the questions of a picture, keeping the figures given."""
    after = replace(conversation, picture="", figure_again="")
    button = begin_choice(picture_asked(conversation) or Picture.CASH)
    return Step(after, say("figures.left", picture=button.label), then=Then.REPEAT)


def list_figures(conversation: Conversation) -> Step:
    """List the figures, each to be given once more."""
    given = [*conversation.figures.given]
    if not given:
        return Step(conversation, say("figures.nothing_given"), then=Then.REPEAT)
    choices = tuple(choice(name_figure(name)[:_LABEL], "figure_again", name) for name in given)
    said = Reply(say("figures.correct_which"), choices[-_SHOWN:])
    return Step(conversation, said=(said,), then=Then.NOTHING)


_LABEL, _SHOWN = 20, 12
"""Characters of a button of LINE, and buttons beside the ways out."""


def ask_figure_again(conversation: Conversation, name: str) -> Step:
    """Ask for a figure again, keeping it until there is a new one."""
    of = next((each for each in Picture if name in ASKS[each]), Picture.CASH)
    picture = picture_asked(conversation) or of
    return Step(replace(conversation, picture=picture, figure_again=name, likely={}))

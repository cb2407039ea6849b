"""Ask for a figure by a short question, bands to tap, and ways out."""

from __future__ import annotations

from bot.figures.figures import Figures
from bot.figures.pictures import ASKS, Band, Picture, bands_of, last_given, open_figure
from bot.interview.buttons import BACK
from bot.model.conversation import Conversation
from bot.model.messages import Choice, Progress, Reply, choice
from bot.presentation.figure_words import HEADS, PAYMENTS
from bot.presentation.money import say_band
from bot.presentation.wording import say, say_of_kind
from flows.flow import UNKNOWN

SHARE = choice(say("buttons.picture_share"), "picture", "share")
"""A yes of its own, without which staff see no figures."""

ORIGINS = choice(say("buttons.picture_origins"), "picture", "origins")
CORRECT_FIGURES = choice(say("buttons.picture_correct"), "picture", "correct")
LEAVE = choice(say("buttons.picture_leave"), "picture", "leave")


def begin_choice(picture: Picture) -> Choice:
    """Make the button that begins a picture, or shows a finished one."""
    return choice(_BEGIN[picture], "picture", picture)


_BEGIN = {
    Picture.CASH: say("buttons.picture_cash"),
    Picture.DEBT: say("buttons.picture_debt"),
    Picture.SIX: say("buttons.picture_six"),
}

PICTURE = begin_choice(Picture.CASH)
"""Short enough for the quiet line below a result, on one screen with it."""


def picture_asked(conversation: Conversation) -> Picture | None:
    """Name the picture that figures are asked for, or None.

    None also for a picture of another version.
    """
    name = conversation.picture
    return Picture(name) if name and name in set(Picture) else None


def figure_asked(conversation: Conversation) -> str:
    """Name the figure that is being asked for, or ""."""
    picture = picture_asked(conversation)
    if picture is None:
        return ""
    return conversation.figure_again or open_figure(picture, conversation.figures)


def figure_reply(conversation: Conversation) -> Reply:
    """Ask for the figure that is open."""
    picture, name = Picture(conversation.picture), figure_asked(conversation)
    asks = ASKS[picture]
    progress = Progress(asks.index(name) + 1 if name in asks else 1, len(asks))
    question = say_of_kind("figure_questions", name)
    text = say("figures.asked", position=progress.position, total=progress.total, question=question)
    if bands_of(name):
        text = f"{text}\n{say('figures.typed_too')}"
    return Reply(
        text,
        (*_bands(name), *_without(name)),
        _ways_out(conversation, picture, name),
        progress=progress,
    )


def _bands(name: str) -> tuple[Choice, ...]:
    return tuple(
        choice(say_band(*band), "figure", f"{name}:{write_band(band)}") for band in bands_of(name)
    )


def write_band(band: Band) -> str:
    """Write a band as a button's value, with two dots between the ends."""
    low, high = band
    return f"{'' if low is None else low}..{'' if high is None else high}"


def _without(name: str) -> tuple[Choice, ...]:
    """Offer the answers without a figure."""
    none = {
        PAYMENTS: choice(say("buttons.picture_no_payments"), "figure", f"{name}:none"),
        "monthly_repayment": choice(say("buttons.picture_none"), "figure", f"{name}:none"),
    }
    unknown = choice(UNKNOWN.label, "figure", f"{name}:unknown")
    return (none[name], unknown) if name in none else (unknown,)


def _ways_out(conversation: Conversation, picture: Picture, name: str) -> tuple[Choice, ...]:
    skip = choice(say("buttons.picture_skip"), "figure", f"{name}:skip")
    can_go_back = conversation.figure_again or last_given(picture, conversation.figures)
    return (skip, BACK, LEAVE) if can_go_back else (skip, LEAVE)


def picture_ways(picture: Picture, figures: Figures, months: int) -> tuple[Choice, ...]:
    """Offer the ways on from a picture.

    They are further months, other pictures, origins, and corrections.
    """
    spans = [each for each in _SPANS if each != months] if picture is Picture.CASH else []
    others = [begin_choice(each) for each in Picture if each is not picture]
    more = (ORIGINS, CORRECT_FIGURES)
    return (
        *(
            choice(say("buttons.picture_months", months=each), "months", str(each))
            for each in spans
        ),
        *others,
        *(more if figures else ()),
    )


_SPANS = (3, 6, 12)
"""Months a picture of cash is offered for."""


def is_headcount(name: str) -> bool:
    """Tell whether a bare number answers the figure itself, and picks no button."""
    return name == HEADS

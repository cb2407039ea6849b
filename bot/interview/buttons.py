"""The buttons that always say the same: ways on, ways out, the menu."""

from __future__ import annotations

from bot.model.messages import Choice, choice
from bot.presentation.wording import say
from flows.flow import UNKNOWN
from flows.programme import Programme
from knowledge.place_names.places import PREFECTURES, REGIONS

BACK = choice(say("buttons.back"), "do", "back")
PERSON = choice(say("buttons.person"), "do", "person")
CORRECT = choice(say("buttons.correct"), "do", "correct")
RESTART = choice(say("buttons.restart"), "do", "restart")
RESUME = choice(say("buttons.resume"), "do", "resume")
THE_REST = choice(say("buttons.the_rest"), "do", "resume")
RESULT_AGAIN = choice(say("buttons.result_again"), "do", "resume")
DIAGNOSE = choice(say("buttons.diagnose"), "do", "diagnose")
DIAGNOSE_FULLY = choice(say("buttons.diagnose_fully"), "do", "diagnose")
QUALIFY = choice(say("buttons.qualify"), "do", "qualify")
ASK = choice(say("buttons.ask"), "do", "ask")
CENTER = choice(say("buttons.center"), "do", "center")
HELP = choice(say("buttons.help"), "do", "help")
MENU_CHOICES = (DIAGNOSE, QUALIFY, ASK, CENTER, PERSON, HELP)
SEE_RESULT = choice(say("buttons.see_result"), "do", "resume")
AFTERWARDS = choice(say("buttons.more_afterwards"), "more", "afterwards")


def go_on(programme: Programme) -> Choice:
    """Leave urgent trouble aside and go on with the questions."""
    return choice(say("buttons.go_on"), programme.emergency, programme.handled)


def choose_place(programme: Programme) -> Choice:
    """Say where the business is."""
    return choice(say("buttons.choose_place"), "correct", programme.place)


def named_choices(programme: Programme) -> tuple[Choice, ...]:
    """List the buttons that always say the same, those of the menu apart."""
    return (BACK, CORRECT, RESTART, RESUME, go_on(programme), choose_place(programme))


def region_choices(place: str) -> tuple[Choice, ...]:
    """Offer the regions, which lead to a prefecture in two taps, and わからない."""
    return (
        *(choice(region, "region", region) for region in REGIONS),
        choice(UNKNOWN.label, place, UNKNOWN.id),
    )


def prefecture_choices(codes: tuple[str, ...], place: str) -> tuple[Choice, ...]:
    """Make choices of these prefecture codes."""
    return tuple(choice(PREFECTURES[code], place, code) for code in codes)

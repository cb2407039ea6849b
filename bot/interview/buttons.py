"""Name the fixed buttons, the ways on, the ways out and the menu."""

from __future__ import annotations

from bot.model.conversation import Conversation
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
FORGET_NOW = choice(say("buttons.forget_yes"), "do", "forget")
"""The yes to the question about deleting. A typed 「はい」 means `FORGET_ANSWERS` nowhere else."""
FORGET_ANSWERS = choice(say("buttons.forget_answers"), "do", "forget")
FOLLOW_UP = choice(say("buttons.follow_up"), "do", "follow_up")
CALL_ME_LATER = choice(say("buttons.call_me_tomorrow"), "follow", "pause")
UNFOLLOW = choice(say("buttons.unfollow"), "do", "unfollow")
SHEET = choice(say("buttons.sheet"), "do", "sheet")
PAPERS = choice(say("buttons.papers"), "do", "papers")
FORGET_SHEETS = choice(say("buttons.forget_sheets"), "do", "forget_sheets")
MENU_CHOICES = (DIAGNOSE, QUALIFY, ASK, CENTER, PERSON, HELP)
SEE_RESULT = choice(say("buttons.see_result"), "do", "resume")
CASE_RESULT = choice(say("buttons.see_result"), "case", "result")
CASE_PERSON = choice(say("buttons.to_person"), "case", "person")
CASE_PHONE = choice(say("buttons.by_phone"), "case", "phone")
"""The menu of an owner whose case is with a person."""
TODAY_AGAIN = choice(say("buttons.today_first"), "do", "today")
AFTERWARDS = choice(say("buttons.more_afterwards"), "more", "afterwards")
PRIVACY = choice(say("buttons.privacy"), "do", "recorded")


def is_offered(conversation: Conversation, button: Choice) -> bool:
    """Tell whether this button is among those shown last."""
    return (button.label, button.value) in conversation.offered


def withdraw_offer(conversation: Conversation, button: Choice) -> Conversation:
    """Take a button back, so that a typed yes no longer means it."""
    kept = tuple(each for each in conversation.offered if each != (button.label, button.value))
    return conversation.with_changes(offered=kept)


def go_on(programme: Programme) -> Choice:
    """Leave urgent trouble aside and go on with the questions."""
    return choice(say("buttons.go_on"), programme.emergency, programme.handled)


def look_again(programme: Programme) -> Choice:
    """Make the button to the questions, which asks no known answer twice."""
    return choice(say("buttons.look_again"), "flow", programme.main)


def today_first(emergency: str) -> Choice:
    """Make the button that says what to do today about an emergency."""
    return choice(say("buttons.today_first"), "today", emergency)


def choose_place(programme: Programme) -> Choice:
    """Say where the business is."""
    return choice(say("buttons.choose_place"), "correct", programme.place)


def follow_choices(conversation: Conversation, programme: Programme) -> tuple[Choice, ...]:
    """Offer the follow-up to an owner who has not agreed to it."""
    follow_up = conversation.follow_up
    if not programme.follow_up.is_offered or (follow_up and follow_up.agreed_at):
        return ()
    return (FOLLOW_UP,)


def named_choices(programme: Programme) -> tuple[Choice, ...]:
    """List the buttons that always say the same, those of the menu apart."""
    ways = (BACK, CORRECT, RESTART, RESUME, FOLLOW_UP, UNFOLLOW)
    return (*ways, go_on(programme), choose_place(programme))


def region_choices(place: str) -> tuple[Choice, ...]:
    """Offer the regions, which lead to a prefecture in two taps, and わからない."""
    return (
        *(choice(region, "region", region) for region in REGIONS),
        choice(UNKNOWN.label, place, UNKNOWN.id),
    )


def prefecture_choices(codes: tuple[str, ...], place: str) -> tuple[Choice, ...]:
    """Make choices of these prefecture codes."""
    return tuple(choice(PREFECTURES[code], place, code) for code in codes)

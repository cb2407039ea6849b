"""The buttons that always say the same, and those that lead to a place."""

from __future__ import annotations

from bot.model.messages import Choice, choice
from flows.flow import UNKNOWN
from flows.programme import Programme
from knowledge.place_names.places import PREFECTURES, REGIONS

BACK = choice("戻る", "do", "back")

PERSON = choice("人と話す", "do", "person")

CORRECT = choice("回答を直す", "do", "correct")

RESTART = choice("最初から", "do", "restart")

RESUME = choice("つづける", "do", "resume")

THE_REST = choice("残りの質問に答える", "do", "resume")

RESULT_AGAIN = choice("結果をもう一度", "do", "resume")

DIAGNOSE = choice("診断する", "do", "diagnose")

DIAGNOSE_FULLY = choice("くわしく診断する", "do", "diagnose")

QUALIFY = choice("使えるか調べる", "do", "qualify")

ASK = choice("質問する", "do", "ask")

CENTER = choice("窓口を探す", "do", "center")

HELP = choice("使い方", "do", "help")

MENU_CHOICES = (DIAGNOSE, QUALIFY, ASK, CENTER, PERSON, HELP)


def go_on(programme: Programme) -> Choice:
    """Leave urgent trouble aside and go on with the questions."""
    return choice("くわしい診断をつづける", programme.emergency, programme.handled)


def choose_place(programme: Programme) -> Choice:
    """Say where the business is."""
    return choice("場所をえらぶ", "correct", programme.place)


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

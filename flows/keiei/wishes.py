"""List the leaflet's six wishes, with today's way to meet each."""

from __future__ import annotations

from flows.flow import Answers
from flows.support import Wish

WISHES: tuple[Wish, ...] = (
    Wish(
        "wishes",
        "increase_sales",
        "売上を増やす手だては、計画の「何をするか」の部分に入れます。よろず支援拠点でも無料で相談できます。",
        ("leaflet", "S05", "S61"),
    ),
    Wish(
        "wishes",
        "cut_costs",
        "人件費以外の費用は、計画づくりで1つずつ見直します。",
        ("leaflet", "S05"),
    ),
    Wish(
        "wishes",
        "turn_profitable",
        "計画には損益の見通しを入れ、黒字になる道すじを数字で確かめます。",
        ("leaflet", "S05", "S16"),
    ),
    Wish(
        "wishes",
        "root_cause",
        "専門家が事業とお金の両方を見て、悪くなったもとを一緒に探します。",
        ("leaflet", "S31"),
    ),
    Wish(
        "wishes",
        "shared_vision",
        "計画はやることの一覧になるので、社員のみなさんと分け合う土台になります。",
        ("leaflet", "S05"),
    ),
    Wish(
        "wishes",
        "follow_up",
        "計画のあとも、専門家が進み具合を一緒に確かめます（伴走支援。2015年のチラシでは3年間、いまは計画に応じた期間です）。",
        ("leaflet", "S06"),
    ),
)


def wishes_met(answers: Answers) -> tuple[Wish, ...]:
    """List the wishes this owner has, in the leaflet's order."""
    chosen = answers.get("wishes", ())
    return tuple(wish for wish in WISHES if wish.option in chosen)

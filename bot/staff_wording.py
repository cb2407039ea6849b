"""Every sentence said to staff, in plain Japanese; what owners are told stands in `bot.wording`."""

from __future__ import annotations

STAFF_ONLY = (
    "このアプリを使えるのは、このワークスペースのメンバーだけです（ゲストの方は使えません）。"
)
INTERVIEW_IN_DM = "アプリとのDMに質問を出しました。"
SUMMARY_TO_COPY = "コピーして使える要約です。お名前や金額は入っていません。"
NOTHING_TO_HAND_OVER = "まだお答えがないので、引き継ぐものがありません。"


def hand_over_how(code: str) -> str:
    """Tell staff what to tell the owner about a hand-over code."""
    return (
        f"お客さまに、LINEで「{code}」と送っていただいてください。ここまでのお答えから続けられます。"
        "24時間、1回だけ使えます。"
    )

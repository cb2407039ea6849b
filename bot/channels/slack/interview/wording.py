"""Sentences and labels of the interview that owners do not read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

TITLE = "経営改善ナビ"
"""Notification of a message that has no words."""

STARTED_IN_DM = "アプリとのDMに質問を出しました。"
SUMMARY_TO_COPY = "コピーして使える相談ファイルです。お客さまのお名前や金額は入っていません。"
CODE = "引継ぎ番号"
NOTHING_TO_HAND_OVER = "まだお答えがないので、引き継ぐものがありません。"
LEFT_OUT = "長いので、はじめの部分を省きました。"
CHOOSE_PREFECTURE = "都道府県（入力して探せます）"

TELEPHONE_ORDER_BUTTON, USUAL_ORDER_BUTTON = "急ぎから聞く（電話）", "いつもの順番で聞く"
BACK_BUTTON = "前のお答えに戻す"
DETAILS_BUTTON = "聞いたことを書きとめる"
SUMMARY_WITH_DETAILS = "コピーして使える相談ファイルです。書きとめた名前や金額も入っているので、送り先と置き場所に気をつけてください。"
SUMMARY_BUTTON = "要約を出す"
HAND_OVER_BUTTON = "お客さまに引き継ぐ"
RESTART_BUTTON = "最初から（次のお客さま）"

GAVE_UP = (
    "申し訳ありません。いまの操作は、2回つづけて最後まで進まなかったため、取りやめました。"
    "お客さまには何も送っていません。短くして、もう一度お試しください。"
)
HELPLINES_BELOW = "電話口のお客さまがとてもつらいご様子のときは、こちらをお伝えください。"
GAVE_UP_AT_DESK = (
    "相談員の操作を1つ、ボットが処理できませんでした（2回中断）。本人には知らせました。"
    "くり返すときは、管理者に伝えてください。"
)


def say_resumed(seen: datetime) -> str:
    """Say until when the answers were given that go on.

    `seen` is in Japan's time.
    """
    return (
        f"{seen.month}月{seen.day}日{seen.hour}時{seen.minute:02}分までの聞き取りの続きです。"
        "別のお客さまのときは、下の「最初から」を押してください。"
    )


def list_answers(answers: Iterable[str]) -> str:
    """Repeat the given answers, to have them in view."""
    return f"ここまで　{'／'.join(answers)}"


def explain_code(code: str) -> str:
    """Tell staff how an owner uses a transfer code."""
    return (
        f"お客さまに、LINEで「{code}」と送っていただいてください。ここまでのお答えから続けられます。"
        "24時間、1回だけ使えます。"
    )

"""Write the sentences and labels of the form for owners."""

from __future__ import annotations

TITLE = "お客さまに送る"
WORDS, WORDS_HINT = "お客さまに届く文", "LINEに、そのまま届きます。太字などの飾りは外します。"
SEND, DO_NOT_SEND = "送る", "送らない"
ASKED_IN_FORM = (
    "下の「送る」をもう一度押すと、お客さまに届きます。やめるときは「送らない」を押してください。"
)

SAVED_PLACEHOLDER = "定型文を入れる"
OWN_GROUP, SHARED_GROUP = "自分の定型文", "みんなの定型文"
SEARCH, SEARCH_HINT = "FAQから挿入", "言葉を入れて Enter を押すと、近い質問が出ます。"
FOUND_PLACEHOLDER = "この質問の答えを入れる"
NOTHING_FOUND = "近い質問が見つかりませんでした。別の言葉でお試しください。"

WHEN, NOW = "いつ送りますか", "いますぐ"
QUOTE, QUOTE_YES = "引用", "お客さまの最後の言葉を引用する"
PREVIEW_BUTTON, PREVIEW_TITLE = "見え方を確かめる", "お客さまにはこう見えます"
NOTHING_TO_PREVIEW = "（まだ文がありません）"
QUOTED_ABOVE = "（お客さまの最後の言葉を引用）"

SENT_ALREADY = "同じ文を、もう受け取っています。届いたかどうかは、スレッドをご覧ください。"
TAKE_BACK_BUTTON, TAKEN_BACK = "取り消す", "（取り消しました。お客さまには送りません）"

FIELD_OFFICE, FIELD_NUMBER, FIELD_STAFF = "{窓口}", "{番号}", "{担当}"
SAVED_TITLE, SAVED_BUTTON = "定型文", "定型文"
SAVED_HOW = (
    "返信の画面で呼び出せます。{窓口}・{番号}・{担当} と書いておくと、"
    "その相談の窓口・電話番号・あなたの名前が入ります。"
)
NO_SAVED = "まだありません。よく送る文を入れておくと、返信の画面で選べます。"
NEW_BUTTON, EDIT_BUTTON, DELETE_BUTTON = "新しく作る", "直す", "消す"
DELETE_ASK, DELETE_EXPLAIN, DELETE_YES = (
    "定型文を消しますか？",
    "みんなの定型文は、ほかの人からも消えます。",
    "消す",
)
EDIT_TITLE, SAVE = "定型文を書く", "保存"
NAME, NAME_HINT = "見出し", "選ぶときに見えます。例：折り返しのお約束"
TEXT = "文"
SHARE, SHARE_YES = "使う人", "みんなで使う"
TEXT_MISSING, NAME_MISSING = "文を入れてください。", "見出しを入れてください。"
NOT_YOURS = "ほかの人の定型文は直せません。"


def at_opening(moment: str) -> str:
    """Offer to send when the desk opens next."""
    return f"次に開くとき（{moment}）"


def refuse_unfilled(fields: str) -> str:
    """Say which fields of a saved reply still stand in the words."""
    return f"{fields}が残っています。言葉に置きかえてから送ってください。"


def refuse_unknown_fields(fields: str) -> str:
    """Say which fields of a saved reply no case fills."""
    known = f"{FIELD_OFFICE}・{FIELD_NUMBER}・{FIELD_STAFF}"
    return f"{fields}は自動では入りません。使えるのは {known} です。ほかは言葉で書いてください。"


def head_later(name: str, moment: str) -> str:
    """Head the copy of a reply that goes later."""
    return f"⏰ {moment}に {name} から送ります"


def say_not_sent(why: str) -> str:
    """Say that a reply for later did not go."""
    return f"⏰ あとで送る予定だった文を、送りませんでした。{why}"

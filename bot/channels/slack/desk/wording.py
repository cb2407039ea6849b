"""Sentences and labels that staff read about cases.

Why a reply or a press was refused is said in `bot.presentation.staff_wording`, where the life of a
case can reach it.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.model.case import Ending, Reason
from bot.model.messages import Kind
from bot.model.turn import Move

# --- the card -------------------------------------------------------------------------------------

MARKS: Mapping[Reason, str] = {
    Reason.DESPAIR: "🆘",
    Reason.URGENT: "🔴",
    Reason.MISSES: "🟡",
    Reason.ASKED: "🔵",
}
"""Marks of how grave a case is, beside a word. No green, since somebody waits."""

ENDINGS: Mapping[Ending, str] = {
    Ending.HANDED_BACK: "ボットに戻しました",
    Ending.COMPLETED: "完了しました",
    Ending.TAKEN_BACK: "お客さまがボットに戻りました",
    Ending.BLOCKED: "お客さまにブロックされました（もう届きません）",
}
IN_HAND, LATE, WAITING = "対応しています", "お待たせしています", "待っています"

NO_CASE = "この相談は、もうありません"
HOLDER, NO_HOLDER = "担当", "まだいません"
FIELD_STATE, FIELD_REASON, FIELD_URGENCY = "いま", "理由", "急ぎ度"
FIELD_STORY, FIELD_DUE, FIELD_NEXT = "ひとことで", "次の期日", "次にすること"
FIELD_SINCE, FIELD_FIRST_REPLY = "待ち始め", "最初のお返事"
FIELD_VERDICT, FIELD_OFFICE = "結果", "窓口"
REPLIED = "済み"

CLAIM_BUTTON, WRITE_BUTTON, HAND_BACK_BUTTON = "担当する", "送る", "ボットに戻す"
COMPLETE_BUTTON, REOPEN_BUTTON = "完了", "再開"
COMPLETE_TITLE = "完了にしますか？"
COMPLETE = "お客さまに、お礼と、ボットに戻ることをお伝えします。あとから再開できます。"
COMPLETE_AFTER_DESPAIR = (
    "つらいお気持ちを書かれた方です。お話しできて、次の相談先をお伝えしてから完了にしてください。"
)
COMPLETE_YES = "完了にする"

ANSWERS_SO_FAR = "ここまでのお答え"
NO_ANSWERS_YET = "まだお答えはありません"
VERDICT_REASONS = "判定の理由"
ANSWERS_ONLY = "お客さまが選んだ答えだけです。これより前に書かれた文は渡されていません。"


def say_put_aside(moment: str) -> str:
    """Say until when a case is put aside."""
    return f"💤 {moment}まで、あとで見ます"


def title_case(grave: str, name: str) -> str:
    """Write the title of a card, the gravity and the case's name."""
    return f"{grave}　{name}"


def notify_case(grave: str, name: str, state: str, why: str) -> str:
    """Write a notification of a case, with its name, state and reason."""
    return f"{grave}　{name}（{state}）{why}"


def promise_by(time: str) -> str:
    """Say by when a first reply was promised."""
    return f"{time}ごろまで"


def last_answered(question: str) -> str:
    """Say what question the bot answered last."""
    return f"ボットが最後に答えたこと：{question}"


def last_asked(question: str) -> str:
    """Say what the bot asked last."""
    return f"ボットが聞いていたこと：{question}"


# --- the thread -----------------------------------------------------------------------------------

OWNER, OWNERS_PLACE = "お客さま", "お客さまの位置情報"

SHEET = "📄 相談シート（この件の方のお答えのまとめ。{date}まで開けます。ご本人が先に消すこともあります）: {address}"

DESPAIR_IN_CASE = "🆘 つらい気持ちの言葉がありました。お客さまには、相談電話の番号をお伝えしました。すぐに読んでください。"

MOVED: Mapping[Move, str] = {
    Move.HANDED_BACK: "ボットに戻しました。ここからの返信はメモになり、お客さまには届きません。",
    Move.TAKEN_BACK: "お客さまがボットに戻りました。ここからの返信はメモになり、お客さまには届きません。",
    Move.COMPLETED: "完了にしました。ここからの返信はメモになり、お客さまには届きません。",
    Move.REOPENED: "再開しました。担当の返信は、お客さまに届きます。",
    Move.OVERDUE: "⏰ お約束の時間を過ぎました。お客さまには、お詫びと電話の窓口をお伝えしました。どなたか、お返事をお願いします。",
    Move.PRESSES: "🔴 お客さまの言葉に、急ぎの支払いのことがあるようです。相談を「急ぎ」にしました。",
    Move.SNOOZED: "💤 あとで見る相談にしました。",
    Move.RETURNED: "⏰ あとで見る相談が、戻ってきました。",
    Move.BLOCKED: "お客さまがアカウントをブロックしました。もう届けられません。",
}
"""Words in the thread when the case moves. A claim shows on the card."""

CALLS = frozenset({Move.OVERDUE, Move.RETURNED, Move.PRESSES})
"""Moves for which the case's holder is called, or those named for that."""

SENT_SOMETHING: Mapping[Kind, str] = {
    Kind.STICKER: "お客さまがスタンプを送りました。",
    Kind.IMAGE: "お客さまが写真を送りました。ここでは見られません（LINEには残っています）。",
    Kind.VIDEO: "お客さまが動画を送りました。ここでは見られません。",
    Kind.AUDIO: "お客さまが音声を送りました。ここでは聞けません。",
    Kind.FILE: "お客さまがファイルを送りました。ここでは開けません。",
    Kind.OTHER: "お客さまが何かを送りました。ここでは見られません。",
}

UNSENT = "（お客さまが送信を取り消しました）"
ERASED = "（お客さまの希望、または保存期間が過ぎたため、消しました。スレッドのメモに書き写したものも、消してください）"
CARD_POSTED_AGAIN = "カードが消されたので、作り直しました。続きは、このスレッドに書いてください。前のスレッドからは、お客さまに届きません。"
THREAD_IS_LOST = "このスレッドは、もう相談につながっていません。お客さまには届いていません。相談が続いていれば、新しいカードのスレッドに書いてください。"

_GIVEN_UP = {Kind.TEXT: "文", Kind.CHOICE: "ボタン", Kind.LOCATION: "位置情報"}


def give_up_on(kind: Kind) -> str:
    """Tell staff that an owner's message could not be read."""
    what = _GIVEN_UP.get(kind, "メッセージ")
    return (
        f"お客さまの{what}を1つ、ボットが処理できませんでした（2回中断。内容は残していません）。"
        "ご本人には、おわびと電話の窓口を送り、短く書き直すようお願いしました。"
        "くり返すときは、管理者に伝えてください。"
    )


def say_location(where: str, office: str, number: str) -> str:
    """Say where an owner is, and the office there with its number."""
    return f"{where}\n窓口：{office}　{number}"


def continue_quotation(who: str) -> str:
    """Head a second message with the words of the first's author."""
    return f"{who}（つづき）"


def name_sender(name: str) -> str:
    """Head the copy of a colleague's message to the owner."""
    return f"{name} → {OWNER}"


def call_by_name(name: str) -> str:
    """Name a colleague as one does in a sentence."""
    return f"{name}さん"


# --- before a reply goes --------------------------------------------------------------------------

SEND_BUTTON, KEEP_NOTE_BUTTON = "送る", "メモにする"
SEND_ONCE_BUTTON, TAKE_OVER_BUTTON = "今回だけ送る", "担当を代わって送る"
STAY_NOTE_BUTTON = "メモのまま"

ASKED_TOO_LONG_AGO = "たずねてから一日以上たったので、送りませんでした。お客さまには届いていません。いまも送りたいときは、もう一度書いてください。"
NOT_READ_FROM_SLACK = "Slackからメッセージを読めませんでした。お客さまには届いていません。少しあとに、もう一度押してください。"
GONE_MEANWHILE = "そのメッセージが見つかりません。もう一度書いてください。"
NOT_CASE_ANY_MORE = "この相談は、もう見つかりません。お客さまには届いていません。"

# --- after it has gone ----------------------------------------------------------------------------

FILES_NOT_SENT = "ファイルや写真は、LINEのお客さまに送れません。"
FILES_LEFT_OUT = "文だけをお客さまに送りました。ファイルや写真は、LINEのお客さまに送れません。"
EDIT_COMES_TOO_LATE = "お客さまには、直す前の文を送りました。LINEでは直せないので、正しい文をもう一度書いて送ってください。"
DELETION_COMES_TOO_LATE = "お客さまには、もう送りました。LINEから消すことはできません。"

RETRY_BUTTON = "もう一度送る"
NOTHING_TO_RETRY = "もう一度送るものが見つかりません（もう届いたか、保存期間が過ぎています）。"
HELD_BY_QUOTA = "⏳ LINEの今月の送信数の上限に達しました。お客さまが次に書いたときに届きます。"
STILL_TRYING = "⏳ LINEにつながりません。届くまで送り続けています。"


def say_undelivered(error: str) -> str:
    """Say that a message did not reach the owner, with LINE's error."""
    return f"⚠️ お客さまに届きませんでした（LINEの答え：{error}）。"

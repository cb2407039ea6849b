"""Every sentence said to staff, in plain Japanese; what owners are told stands in `bot.presentation.wording`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.model.case import Doubt
from bot.model.messages import Kind
from bot.model.turn import Move

STAFF_ONLY = (
    "このアプリを使えるのは、このワークスペースのメンバーだけです（ゲストの方は使えません）。"
)
DESK_MEMBERS_ONLY = (
    "このアプリを使えるのは、相談窓口のチャンネルにいる方だけです。"
    "必要な方は、窓口の担当者にチャンネルへの招待を頼んでください（招待されて1分ほどで使えます）。"
)
DESK_NOT_READ = (
    "相談窓口のチャンネルにどなたがいるかを確かめられないため、いまは使えません。"
    "管理者に、アプリの設定（channels:read・groups:readの権限と、チャンネルへの招待）の確認を頼んでください。"
)
NO_DESK_SET = "相談窓口のチャンネルが設定されていないため、これは使えません（管理者の設定：SLACK_DESK_CHANNEL）。"
NOTICE_TITLE = "お知らせ"
INTERVIEW_IN_DM = "アプリとのDMに質問を出しました。"
SUMMARY_TO_COPY = "コピーして使える要約です。お名前や金額は入っていません。"
NOTHING_TO_HAND_OVER = "まだお答えがないので、引き継ぐものがありません。"


def taken_up(seen: datetime) -> str:
    """Say from when the answers are that are gone on with; `seen` in Japan's time."""
    return (
        f"{seen.month}月{seen.day}日{seen.hour}時{seen.minute:02}分までの聞き取りの続きです。"
        "別のお客さまのときは、下の「最初から」を押してください。"
    )


def so_far(answers: Iterable[str]) -> str:
    """Repeat the answers given, to have them in view."""
    return f"ここまで　{'／'.join(answers)}"


def hand_over_how(code: str) -> str:
    """Tell staff what to tell the owner about a hand-over code."""
    return (
        f"お客さまに、LINEで「{code}」と送っていただいてください。ここまでのお答えから続けられます。"
        "24時間、1回だけ使えます。"
    )


# --- what the bot gave up on ----------------------------------------------------------------------

_GIVEN_UP = {Kind.TEXT: "文", Kind.CHOICE: "ボタン", Kind.LOCATION: "位置情報"}
GAVE_UP_ON_STAFF = (
    "申し訳ありません。いまの操作は、2回つづけて最後まで進まなかったため、取りやめました。"
    "お客さまには何も送っていません。短くして、もう一度お試しください。"
)
GAVE_UP_DARK = "電話口のお客さまがとてもつらいご様子のときは、こちらをお伝えください。"
STAFF_TURN_GIVEN_UP = (
    "相談員の操作を1つ、ボットが処理できませんでした（2回中断）。本人には知らせました。"
    "くり返すときは、管理者に伝えてください。"
)


def gave_up(kind: Kind) -> str:
    """Tell staff that an owner's message could not be read, and what the owner was told."""
    what = _GIVEN_UP.get(kind, "メッセージ")
    return (
        f"お客さまの{what}を1つ、ボットが処理できませんでした（2回中断。内容は残していません）。"
        "ご本人には、おわびと電話の窓口を送り、短く書き直すようお願いしました。"
        "くり返すときは、管理者に伝えてください。"
    )


# --- repairing knowledge --------------------------------------------------------------------------

UNANSWERED = "まだ答えられない質問"
UNANSWERED_HOW = (
    "お客さまが聞いて、ボットが答えられなかった質問です（聞いた人の多い順）。"
    "回答を作るか、既存の回答に結ぶと、すぐに答えられるようになります。"
)
NOTHING_UNANSWERED = "まだ答えられない質問は、ありません。"
LIST_IN_DM = "アプリとのDMに、まだ答えられない質問の一覧を出しました。"
LIST_MOVED = "残りは、下の新しい一覧に移りました。"
GROUP_GONE = "ほかで対応されたか、お客さまが取り消しました"
DEALT_MEANWHILE = "この質問は、もう対応されています。"
OUT_OF_SCOPE_TITLE = "対象外にしますか？"
OUT_OF_SCOPE = "この質問を一覧から消します。お客さまの言葉も消えます。元には戻せません。"

NOTHING_PERSONAL = (
    "お客さまのお名前・会社名・電話番号など、個人のことは書かないでください。"
    "どのお客さまにも、そのまま出ます。"
)
PHRASINGS_HINT = f"1行に1つ。お客さまの聞き方です。{NOTHING_PERSONAL}"
SOURCE_HINT = "資料の名前かURL。電話番号や金額を書いたときは、必要です。"
CONFIRM_LABEL = "「くわしくは窓口でも確かめてください」と添える"
ENTRY_LABEL = "どの回答に結びますか？（入力して探せます）"

WORDS_GONE = (
    "もとの質問は、もう対応されたか、お客さまが取り消しました。"
    "消えた言葉が戻らないように、この入力は使えません。一覧から開き直してください。"
)
BEFORE, NOW, AFTERWARDS = "いままで", "いまから", "確認のあと"
NO_ANSWER = "（答えはありませんでした）"
NOT_LINKED = "（この聞き方では、答えにつながりませんでした）"
NOT_USED = "ほかの訂正とぶつかるため、まだ使われていません。"
UNDO_HOW = "もう使われています。まちがいに気づいたら、窓口のどなたでも取り消せます。"
SECOND_HOW = (
    "電話番号・URL・口座など、お客さまを案内する先があるので、まだお客さまには出ていません。"
    "書いた方のほかのどなたかが、実際に確かめてから「確認した」を押してください。"
)
WAITS = (
    "受け付けました。電話番号・URL・口座などがあるので、もう一人の確認があるまで、お客さまには出ません。"
    "相談窓口のチャンネルに、確認のお願いを出しました。"
)
APPROVE_TITLE = "ご自分で確かめましたか？"
APPROVE = "電話をかける、ページを開くなどして、正しいことを確かめた方だけ、押してください。すぐにお客さまに出ます。"
NOT_WAITING = "これは、もう確認されたか、取り消されています。"
NOT_BY_YOURSELF = "ご自分の訂正は、ほかの方に確認を頼んでください。"
UNDO_TITLE = "取り消しますか？"
UNDO = "ボットは、これを使わなくなります。一覧から作ったものは、次の一覧にまた出ます。"

NUMBER_HOW = "お客さまには、上のとおりに出ます。電話して確かめたら、教えてください。"
NUMBER_CONFIRM_TITLE = "合っていましたか？"
NUMBER_CONFIRM = "この番号に電話して、窓口につながったことを記録します。"
NUMBER_NOTED = "✅ 記録し、相談窓口のチャンネルにお知らせしました。"
NUMBER_WHERE = "どこで確かめましたか？"
NUMBER_WHERE_HINT = "ページのURLか、資料の名前。電話で確かめたときは、空のままで大丈夫です。"


def answers_now(by: str) -> str:
    """Say at the desk that the bot now answers otherwise, and by whose doing."""
    return f"{by}さんが直しました。ボットは、いまからこう答えます。"


def shown_now(by: str) -> str:
    """Say at the desk that owners now see another number, and by whose doing."""
    return f"{by}さんが確かめました。お客さまには、いまからこう出ます。"


def waits_for_second(by: str) -> str:
    """Say at the desk that an amendment waits for a colleague."""
    return f"{by}さんの訂正が、もう一人の確認を待っています。"


def approved(by: str) -> str:
    """Say who said the second yes."""
    return f"確認：{by}さん"


def undone(by: str) -> str:
    """Say at the desk who took an amendment back."""
    return f"{by}さんが取り消しました。ボットは、もう使っていません。"


def more_unanswered(count: int) -> str:
    """Say how many kinds of questions found no room in a list."""
    return f"ほか{count}種類。/keiei 未回答 で、続きの一覧を出せます。"


def no_place(words: str) -> str:
    """Say that no prefecture was understood."""
    return f"「{words}」がどの都道府県か、わかりませんでした。「/keiei 窓口 愛媛」のように書いてください。"


# --- the desk -------------------------------------------------------------------------------------

DESPAIR_IN_CASE = "🆘 つらい気持ちの言葉がありました。お客さまには、相談電話の番号をお伝えしました。すぐに読んでください。"

MOVED: Mapping[Move, str] = {
    Move.HANDED_BACK: "ボットに戻しました。ここからの返信はメモになり、お客さまには届きません。",
    Move.TAKEN_BACK: "お客さまがボットに戻りました。ここからの返信はメモになり、お客さまには届きません。",
    Move.COMPLETED: "完了にしました。ここからの返信はメモになり、お客さまには届きません。",
    Move.REOPENED: "再開しました。担当の返信は、お客さまに届きます。",
    Move.OVERDUE: "⏰ お約束の時間を過ぎました。お客さまには、お詫びと電話の窓口をお伝えしました。どなたか、お返事をお願いします。",
    Move.BLOCKED: "お客さまがアカウントをブロックしました。もう届けられません。",
}
"""What is written into the thread when the case moves; claiming shows on the card."""

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

FILES_NOT_SENT = "ファイルや写真は、LINEのお客さまに送れません。"
FILES_LEFT_OUT = "文だけをお客さまに送りました。ファイルや写真は、LINEのお客さまに送れません。"
NOTHING_TO_RETRY = "もう一度送るものが見つかりません（もう届いたか、保存期間が過ぎています）。"
EDIT_COMES_TOO_LATE = "お客さまには、直す前の文を送りました。LINEでは直せないので、正しい文をもう一度書いて送ってください。"
DELETION_COMES_TOO_LATE = "お客さまには、もう送りました。LINEから消すことはできません。"
NOT_CASE_ANY_MORE = "この相談は、もう見つかりません。お客さまには届いていません。"
CARD_MADE_AGAIN = "カードが消されたので、作り直しました。続きは、このスレッドに書いてください。前のスレッドからは、お客さまに届きません。"
THREAD_IS_LOST = "このスレッドは、もう相談につながっていません。お客さまには届いていません。相談が続いていれば、新しいカードのスレッドに書いてください。"
SENT_ALREADY = "同じ文を、もう受け取っています。届いたかどうかは、スレッドをご覧ください。"
FORM_NOT_OPENED = "入力画面を開けませんでした。お手数ですが、もう一度押してください。"
GONE_MEANWHILE = "そのメッセージが見つかりません。もう一度書いてください。"

UNDELIVERABLE = "⚠️ お客さまに届きませんでした"
HELD_BY_QUOTA = "⏳ LINEの今月の送信数の上限に達しました。お客さまが次に書いたときに届きます。"
STILL_TRYING = "⏳ LINEにつながりません。届くまで送り続けています。"
WRITE_TITLE = "お客さまに送る"
WRITE_LABEL = "お客さまに届く文"
WRITE_HINT = "LINEに、そのまま届きます。"


def undeliverable(error: str) -> str:
    """Say that a message did not reach the owner, and what LINE says."""
    return f"{UNDELIVERABLE}（LINEの答え：{error}）。"


# --- why something did not reach an owner --------------------------------------------------------

CASE_GONE = "この相談は、もうありません（お客さまが記録を消したか、保存期間が過ぎました）。お客さまには届いていません。"
CASE_REPLACED = "これは前の相談です。お客さまには新しい相談があるので、そちらのスレッドでお願いします。お客さまには届いていません。"
CASE_IS_BACK = "この相談は、もうボットに戻っています。お客さまには届いていません。"
CASE_IS_COMPLETED = "この相談は、もう完了しています。お客さまには届いていません。"
CASE_IS_OPEN = "この相談は、いま開いています。"
OWNER_TOOK_BACK = "お客さまが、ご自分でボットに戻られました。お客さまには届いていません。お客さまが「人と話す」を選ぶと、新しい相談が届きます。"
OWNER_BLOCKED = (
    "お客さまがアカウントをブロックしたため、届けられません。お客さまには届いていません。"
)
NOBODY_HOLDS = "まだだれも担当していないので、これはメモになりました。お客さまには届いていません。「担当する」を押すと返信できます。"
YOU_HOLD = "あなたがもう担当しています。そのまま返信できます。"
NOTE_NOT_SENT = "「//」で始まる文はメモです。お客さまには届いていません。"
ASKED_ABOUT: Mapping[Doubt, str] = {
    Doubt.CALLS_SOMEBODY: "スタッフへの呼びかけが入っています。まだ、お客さまには届いていません。お客さまに送りますか。",
    Doubt.HAS_SLASHES: "メモの印「//」が途中にあります。まだ、お客さまには届いていません。お客さまに送りますか。",
    Doubt.HEADED: "メモのように始まっています。まだ、お客さまには届いていません。お客さまに送りますか。",
    Doubt.FOR_COLLEAGUES: "スタッフどうしの話のように見えます。まだ、お客さまには届いていません。お客さまに送りますか。",
    Doubt.EDITED: "書き直した文は、まだお客さまには届いていません。お客さまに送りますか。",
}
"""What is asked before a reply goes, by why it is asked."""

ASKED_TOO_LONG_AGO = "たずねてから一日以上たったので、送りませんでした。お客さまには届いていません。いまも送りたいときは、もう一度書いてください。"
NOT_READ_FROM_SLACK = "Slackからメッセージを読めませんでした。お客さまには届いていません。少しあとに、もう一度押してください。"
ASKED_IN_FORM = (
    "下の「送る」をもう一度押すと、お客さまに届きます。やめるときは「送らない」を押してください。"
)
REPLY_EMPTY = "文がありません。送る文を書いてください。"
REPLY_TOO_LONG = (
    "長すぎてLINEで送れません（10,000文字まで）。分けて送ってください。お客さまには届いていません。"
)
ANSWERED_IN_TIME = "もうお返事できています。"
NUDGED_ALREADY = "遅れていることは、もうお客さまに伝えました。"


def held_by(name: str) -> str:
    """Refuse a claim: somebody else has the case."""
    return f"{name}さんが担当しています。"


def not_holder(name: str) -> str:
    """Refuse a reply of somebody who has not taken the case."""
    return f"{name}さんが担当しています。お客さまには届いていません。担当を代わるか、今回だけ送るかを選んでください。"

"""Write the sentences and labels for repairing the knowledge."""

from __future__ import annotations

from collections.abc import Iterable

LIST_COMMAND = "未回答"
"""Word after `/keiei` that shows the list."""

CENTER_COMMAND = "窓口"
"""Word after `/keiei`, before a place, that shows its telephone numbers."""

CORRECT_COMMAND = "直す"
"""Word after `/keiei`, before a question, that corrects its answer."""

SOMEBODY = "スタッフ"
"""Name of a person that Slack does not give."""

# --- the list -------------------------------------------------------------------------------------

UNANSWERED = "まだ答えられない質問"
UNANSWERED_HOW = (
    "お客さまが聞いて、ボットが答えられなかった質問です（聞いた人の多い順）。"
    "回答を作るか、既存の回答に結ぶと、すぐに答えられるようになります。"
)
ALL_DONE = f"✅ {UNANSWERED}"
NOTHING_UNANSWERED = "まだ答えられない質問は、ありません。"
LIST_IN_DM = "アプリとのDMに、まだ答えられない質問の一覧を出しました。"
LIST_MOVED = "残りは、下の新しい一覧に移りました。"
GROUP_GONE = "ほかで対応されたか、お客さまが取り消しました"
ALREADY_RESOLVED = "この質問は、もう対応されています。"
ANSWER_BUTTON, LINK_BUTTON, OUT_OF_SCOPE_BUTTON = "回答を作る", "既存の回答に結ぶ", "対象外"
EXAMPLE_BUTTON = "診断の答えとして覚える"
SAME_BUTTON, TROUBLE_BUTTON = "これと同じにする", "急ぎ・つらい"
TROUBLE_QUESTION = "急ぎ・つらい言葉"
TROUBLE_LABELS = {
    "despair": "つらい・消えたい気持ち",
    "danger": "身の危険",
    "heavy": "気持ちが重い（相談電話までは出さない）",
}
TROUBLE_TITLE, TROUBLE_LABEL = "急ぎ・つらい言葉", "どれにあたりますか？"
OUT_OF_SCOPE_TITLE = "対象外にしますか？"
OUT_OF_SCOPE = "この質問を一覧から消します。お客さまの言葉も消えます。元には戻せません。"
OUT_OF_SCOPE_YES = "対象外にする"
MADE_OUT_OF_SCOPE = "対象外にしました"


def count_waiting(people: int) -> str:
    """Say from how many people questions wait."""
    return f"{UNANSWERED}が{people}人からあります"


def head_moved_list() -> str:
    """Say in a notification that a newer list replaces this one."""
    return f"{UNANSWERED}：{LIST_MOVED}"


def describe_group(people: int, other_wordings: int, since: str, asked: str = "") -> str:
    """Say how many people asked, in how many wordings, and since when.

    `asked` is the question that was open then.
    """
    others = f"・ほかの言い方{other_wordings}つ" if other_wordings else ""
    behind = f"・「{asked}」を聞いていたとき" if asked else ""
    return f"{people}人{others}・{since}から{behind}"


def propose_same(text: str, meaning: str) -> str:
    """Say which labelled line is nearest, and what it means."""
    return f"近い言い方：「{text}」→ {meaning}"


def count_left_out(count: int) -> str:
    """Say how many kinds of questions found no room in a list."""
    return f"ほか{count}種類。/keiei {LIST_COMMAND} で、続きの一覧を出せます。"


def credit_group(done: str, by: str, people: int) -> str:
    """Say who settled a group, how, and for how many people."""
    return f"{done}（{by}・{people}人）"


def credit_withdrawal(by: str) -> str:
    """Say in a list that the answer of a group was taken back."""
    return f"取り消しました（{by}）"


# --- the forms ------------------------------------------------------------------------------------

NOTHING_PERSONAL = (
    "お客さまのお名前・会社名・電話番号など、個人のことは書かないでください。"
    "どのお客さまにも、そのまま出ます。"
)
ANSWER_TITLE, ANSWER_SUBMIT = "回答を作る", "加える"
QUESTION_LABEL, PHRASINGS_LABEL, ANSWER_LABEL = "質問", "ほかの言い方", "回答"
SOURCE_LABEL, CONFIRM_TITLE = "出典", "確認"
PHRASINGS_HINT = f"1行に1つ。お客さまの聞き方です。{NOTHING_PERSONAL}"
SOURCE_HINT = "資料の名前かURL。電話番号や金額を書いたときは、必要です。"
CONFIRM_LABEL = "「くわしくは窓口でも確かめてください」と添える"

LINK_TITLE, LINK_SUBMIT = "既存の回答に結ぶ", "結ぶ"
ENTRY_LABEL = "どの回答に結びますか？（入力して探せます）"
CHOOSE_ENTRY, PHRASING_LABEL = "回答を選ぶ", "結ぶ言い方"
NEAREST, OTHER_TOPICS = "近いもの", "そのほか"

EXAMPLE_TITLE, EXAMPLE_SUBMIT = "診断の答え", "覚える"
OPTION_LABEL = "診断のどの答えですか？"
CHOOSE_OPTION, EXAMPLE_LABEL = "答えを選ぶ", "お客さまの言葉"
EXAMPLE_HINT = (
    "お客さまのお名前・会社名・電話番号など、個人のことは消してください。"
    "ボットが答えの言い方を学ぶ例として、残ります。"
)

WORDS_GONE = (
    "もとの質問は、もう対応されたか、お客さまが取り消しました。"
    "消えた言葉が戻らないように、この入力は使えません。一覧から開き直してください。"
)
WAITS = (
    "受け付けました。お客さまが読むものを変えるので、もう一人の確認があるまで、お客さまには出ません。"
    "相談窓口のチャンネルに、確認のお願いを出しました。"
)

# --- the announcement -----------------------------------------------------------------------------

BEFORE, NOW, AFTERWARDS = "いままで", "いまから", "確認のあと"
NO_ANSWER = "（答えはありませんでした）"
NOT_LINKED = "（この聞き方では、答えにつながりませんでした）"
NOT_USED = "ほかの訂正とぶつかるため、まだ使われていません。"
UNDO_HOW = "もう使われています。まちがいに気づいたら、窓口のどなたでも取り消せます。"
SECOND_HOW = (
    "お客さまを案内する先か、いまの答えが変わるので、まだお客さまには出ていません。"
    "書いた方のほかのどなたかが、実際に確かめてから「確認した」を押してください。"
)
APPROVE_BUTTON, APPROVE_YES = "確認した（公開する）", "確認した"
APPROVE_TITLE = "ご自分で確かめましたか？"
APPROVE = "電話をかける、ページを開くなどして、正しいことを確かめた方だけ、押してください。すぐにお客さまに出ます。"
NOT_WAITING = "これは、もう確認されたか、取り消されています。"
NOT_BY_YOURSELF = "ご自分の訂正は、ほかの方に確認を頼んでください。"
UNDO_BUTTON = "取り消す"
UNDO_TITLE = "取り消しますか？"
UNDO = "ボットは、これを使わなくなります。一覧から作ったものは、次の一覧にまた出ます。"
LEARNED = "診断の答えとして覚えました"
EXAMPLE_HOW = (
    "次にボットが学習するときから、この言い方を診断の答えの候補に出せるようになります。"
    "まちがいに気づいたら、窓口のどなたでも取り消せます。"
)
LINKED, HANDLED, CORRECTION = "結びました", "対応しました", "訂正"


def announce_answer(by: str) -> str:
    """Say at the desk that the bot now answers otherwise, and by whose doing."""
    return f"{by}さんが直しました。ボットは、いまからこう答えます。"


def announce_example(by: str) -> str:
    """Tell the desk who labelled words as an answer of the interview."""
    return f"{by}さんが、診断の答えの言い方を加えました。"


def name_option(question: str, option: str) -> str:
    """Name an option with its question, by their labels."""
    return f"{question}：{option}"


def announce_number(by: str) -> str:
    """Say at the desk that owners now see another number, and by whose doing."""
    return f"{by}さんが確かめました。お客さまには、いまからこう出ます。"


def announce_waiting(by: str) -> str:
    """Say at the desk that an amendment waits for a colleague."""
    return f"{by}さんの訂正が、もう一人の確認を待っています。"


def credit_approval(by: str) -> str:
    """Say who gave the second yes."""
    return f"確認：{by}さん"


def announce_withdrawal(by: str) -> str:
    """Tell the desk who took an amendment back."""
    return f"{by}さんが取り消しました。ボットは、もう使っていません。"


def warn_not_used(why: str) -> str:
    """Say that an amendment has no effect yet, and why."""
    return f"⚠️ {NOT_USED}（{why}）"


def say_linked(question: str) -> str:
    """Say which answer a question was linked to."""
    return f"「{question}」に{LINKED}"


def say_answered(question: str) -> str:
    """Say under which question an answer was made."""
    return f"回答を作りました「{question}」"


def list_phrasings(phrasings: Iterable[str]) -> str:
    """List the other ways to ask."""
    return f"ほかの言い方：{'／'.join(phrasings)}"


def name_confirmation(number: str) -> str:
    """Name the confirmation of a telephone number."""
    return f"電話番号の確認　{number}"


def name_correction(old: str, new: str) -> str:
    """Name the correction of a telephone number.

    `old` is empty where there was none.
    """
    return f"電話番号の訂正　{old or '（なし）'} → {new}"


# --- the numbers ----------------------------------------------------------------------------------

NUMBERS_TITLE = "窓口の番号"
NUMBER_HOW = "お客さまには、上のとおりに出ます。電話して確かめたら、教えてください。"
NO_NUMBER = "番号は、まだ載っていません。公式サイトを案内しています。"
NUMBER_RIGHT_BUTTON = "この番号で合っていた"
NUMBER_CONFIRM_TITLE = "合っていましたか？"
NUMBER_CONFIRM = "この番号に電話して、窓口につながったことを記録します。"
NUMBER_CONFIRM_YES = "合っていた"
NUMBER_NOTED = "✅ 記録し、相談窓口のチャンネルにお知らせしました。"
CORRECT_BUTTON, ADD_BUTTON, CORRECT_SUBMIT = "番号を直す", "番号を加える", "直す"
NUMBER_LABEL, NUMBER_EXAMPLE = "正しい番号", "例：03-1234-5678"
NUMBER_WHERE = "どこで確かめましたか？"
NUMBER_WHERE_HINT = "ページのURLか、資料の名前。電話で確かめたときは、空のままで大丈夫です。"


def show_number(number: str) -> str:
    """Say which number is shown now."""
    return f"いまの番号：{number}"


def say_confirmed(day: str, by: str, number: str) -> str:
    """Say when and by whom a number was confirmed."""
    return f"{day}　{by}さんが {number} を確認"


def say_corrected(day: str, by: str, number: str) -> str:
    """Say when and by whom a number was corrected."""
    return f"{day}　{by}さんが {number} に訂正"


def say_no_place(words: str) -> str:
    """Say that no prefecture was understood.

    `words` are safe to stand in mrkdwn.
    """
    return f"「{words}」がどの都道府県か、わかりませんでした。「/keiei {CENTER_COMMAND} 愛媛」のように書いてください。"


# --- the week's review ----------------------------------------------------------------------------

REVIEW = "今週の答えの見直し"
REVIEW_HOW = (
    "この7日間に、お客さまが「ちがう・足りない」を押した答えです。だれが押したかは残していません。"
    "直すと、もう一人の確認のあとで、お客さまに出ます。"
)
NONE_MISSED = "「ちがう・足りない」は、ありませんでした。"
ASKED_OFTEN = "よく聞かれた答え（回数）"
SEE_UNANSWERED = "一覧を見る"
CORRECT_ANSWER_BUTTON, CORRECT_ANSWER_SUBMIT = "答えを直す", "確認にまわす"
CORRECT_ANSWER_HOW = "いまの答えが入っています。直したら、もう一人の確認のあとで入れかわります。"
ANSWER_GONE = "この答えは、いまは直せません。"


def count_missed(answers: int) -> str:
    """Say in a notification how many answers did not help."""
    return f"{REVIEW}：役に立たなかった答えが{answers}つあります" if answers else REVIEW


def count_other_answers(count: int) -> str:
    """Say how many more answers did not help."""
    return f"ほか{count}つ"


def count_unused(count: int) -> str:
    """Say how many answers nobody was given in four weeks."""
    return f"4週間、だれにも出ていない答え：{count}"


def count_unanswered(count: int) -> str:
    """Say how often there was no answer in the week."""
    return f"この7日間に、ボットが答えられなかった言葉：{count}"


def say_judged(missed: int, helped: int, given: int) -> str:
    """Say how owners judged an answer."""
    return f"ちがう・足りない {missed}／役に立った {helped}／出した回数 {given}"


def say_no_answer(words: str) -> str:
    """Say that no answer was found that could be corrected.

    `words` are safe to stand in mrkdwn.
    """
    return f"「{words}」に近い答えが見つかりませんでした。質問の言葉で「/keiei {CORRECT_COMMAND} 費用の自己負担」のように書いてください。"

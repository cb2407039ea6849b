"""One reading splits any text into clauses and finds facts for every question."""

from __future__ import annotations

import time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.reading import Certainty, Kind, Reading, When, Whose, lexicon_of, read
from flows.keiei.catalog import QUESTIONS

LEXICON = lexicon_of(QUESTIONS)

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
expected = st.sampled_from([None, *QUESTIONS])
pieces = st.sampled_from(
    [
        "売上が",
        "3割",
        "落ちて",
        "返済も",
        "遅れてます",
        "けど、",
        "公庫",
        "から",
        "借りて",
        "赤字",
        "ない",
        "です",
        "か？",
        "。",
        "たら",
        "税金",
        "を",
        "滞納",
        "と言われ",
        "あ、ちがう",
        "取引先が",
        "倒産",
        "年前",
        "２か月",
        "しか",
        "もたない",
        "従業員",
        "25人",
        "うどん屋",
        "個人",
        "どうしたら",
        "４０５",
        "▲12％",
        "全部",
        "以外",
        "は大丈夫",
        "ゼロ",
    ]
)


def facts(text: str, expecting: str | None = None) -> dict[str, tuple[str, ...]]:
    return {
        fact.question: fact.options
        for fact in read(text, LEXICON, expecting).facts
        if fact.certainty is Certainty.SAID
    }


def kinds(text: str) -> list[Kind]:
    return [clause.kind for clause in read(text, LEXICON).clauses]


# --- clauses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected_kinds"),
    [
        ("給料が払えません。どこに電話すればいいですか", [Kind.STATEMENT, Kind.QUESTION]),
        ("赤字なんですけど使えますか", [Kind.STATEMENT, Kind.QUESTION]),
        ("赤字になったらどうなりますか", [Kind.SUPPOSED, Kind.QUESTION]),
        ("公庫です。あ、ちがう。信金です", [Kind.STATEMENT, Kind.STATEMENT, Kind.CORRECTION, Kind.STATEMENT]),
        ("返済を待ってほしい", [Kind.REQUEST]),
    ],
)  # fmt: skip
def test_read_cuts_clauses_and_says_what_each_does(text: str, expected_kinds: list[Kind]) -> None:
    assert kinds(text) == expected_kinds


def test_read_tells_whose_and_when() -> None:
    reading = read("取引先が赤字です。うちは黒字。前は赤字だった", LEXICON)
    assert [clause.subject for clause in reading.clauses[:2]] == [Whose.OTHER, Whose.OWN]
    assert reading.clauses[2].when is When.PAST


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("すみませえええん", "すみません"),
        ("ｱｶｼﾞです", "あかじです"),
        ("ひ と で ぶ そ く", "ひとでぶそく"),
        ("○", "はい"),
        ("🙅‍", "いいえ"),
        ("大変〜〜", "大変"),
        ("２〜3割", "2〜3割"),
        ("どうでもいい", "どうでもいい"),
        ("減つた", "減った"),
        ("有限会社〇〇商店", "有限会社〇〇商店"),
    ],
)
def test_read_repairs_spelling_before_anything_else(typed: str, normal: str) -> None:
    assert read(typed, LEXICON).text == normal


# --- facts --------------------------------------------------------------------------------------


def test_read_hears_facts_for_questions_that_are_not_open() -> None:
    assert facts("売上が3割落ちて返済も遅れてます。使えますか")["sales"] == ("down_sharp",)


def test_read_of_a_question_tells_no_fact() -> None:
    assert facts("売上が3割減っていないと使えないんですか") == {}


def test_read_takes_back_what_was_corrected() -> None:
    assert facts("公庫です。あ、ちがう、信金です", "lenders") == {"lenders": ("bank",)}


STORIES = {
    "秋田で小さな食品スーパーやってます。近くに大型店ができて売上が2割落ちました。返済はなんとかできてます": {
        "industry": ("retail",),
        "sales": ("down_slight",),
        "cause": ("competition",),
        "repayment": ("tight",),
    },
    "公庫と信金から借りてて、先月から返済止めてもらってます": {
        "lenders": ("bank", "jfc"),
        "repayment": ("changed",),
    },
    "税金と社会保険を3か月滞納してます。手元は来月までもちません": {
        "arrears": ("tax", "social_insurance"),
        "cash": ("within_3_months",),
    },
    "給料は払えてます。取引先への支払いが遅れてます": {"arrears": ("suppliers",)},
    "友達の会社が倒産して、うちも心配です": {},
    "材料費が3割上がった": {"costs": ("materials",)},
    "店を閉めとうない": {},
}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story[:12])
def test_read_of_a_story_tells_what_it_says_and_no_more(story: str) -> None:
    assert facts(story) == STORIES[story]


@pytest.mark.parametrize(
    ("text", "expecting", "options"),
    [
        ("2割、いや3割5分", "sales", ("down_sharp",)),
        ("8掛け", "sales", ("down_slight",)),
        ("▲12％", "sales", ("down_slight",)),
        ("手元500万で毎月80万", "cash", ("within_6_months",)),
        ("ｻﾝｼﾞｭｳﾒｲ", "medical_size", ("within_300",)),
        ("25", "medical_size", ("within_300",)),
        ("返しきらん", "repayment", ("late",)),
        ("未納ゼロ", "arrears", ("none",)),
    ],
)
def test_read_of_the_open_answer(text: str, expecting: str, options: tuple[str, ...]) -> None:
    assert facts(text, expecting)[expecting] == options


def test_read_names_what_of_a_list_was_not_read() -> None:
    assert read("丸八リベラと公庫", LEXICON, "lenders").unread == ("丸八リベラ",)
    assert read("銀行と公庫", LEXICON, "lenders").unread == ()


# --- any text -----------------------------------------------------------------------------------


@given(any_text, expected)
def test_read_of_any_text_never_raises_and_is_pure(text: str, expecting: str | None) -> None:
    assert read(text, LEXICON, expecting) == read(text, LEXICON, expecting)


NUMBERS, UNITS = ("0", "00", "〇", "1", "300", "99999"), ("", "万", "割", "か月", "人")
BETWEEN = ("から", "→", "だったのが", "、")
COUNTED = [key for key, question in QUESTIONS.items() if question.words.numbers]


@pytest.mark.parametrize("expecting", COUNTED)
def test_read_of_any_two_amounts_never_raises(expecting: str) -> None:
    for first, unit, between, second in product(NUMBERS, UNITS, BETWEEN, NUMBERS):
        read(f"{first}{unit}{between}{second}{unit}", LEXICON, expecting)


@given(st.lists(pieces, max_size=12).map("".join), expected)
def test_read_tells_only_options_of_its_question(text: str, expecting: str | None) -> None:
    reading: Reading = read(text, LEXICON, expecting)
    told = [fact.question for fact in reading.facts]
    assert len(told) == len(set(told))
    for fact in reading.facts:
        options = [option.id for option in QUESTIONS[fact.question].options]
        assert fact.options
        assert set(fact.options) <= set(options)


@pytest.mark.parametrize(
    "unit", ["あ", "え", "３割", "ない", "から", "客", "お 客 ", "〜", "全部", "たら", "？", "売上が落ちて", "1", "十", "🙆 "]
)  # fmt: skip
def test_read_takes_time_linear_in_the_text(unit: str) -> None:
    def cost(length: int) -> float:
        text = (unit * length)[:length]
        started = time.process_time()
        for _ in range(3):
            read(text, LEXICON, "sales")
        return time.process_time() - started

    cost(500)
    assert cost(5000) < 40 * max(cost(500), 0.001)


@pytest.mark.parametrize(
    ("text", "expecting", "want"),
    [
        ("うちは会社ちゃう", None, {}),
        ("負担は感じてない", "repayment", {"repayment": ("easy",)}),
        ("一度も", "rescheduled", {"rescheduled": ("never",)}),
        ("２．５カ月", "cash", {"cash": ("within_3_months",)}),
        ("黒にしたい。それだけ。7年赤", None, {"profit": ("loss_long",)}),
        ("売上は変わらんけど油代が上がって", "sales", {"sales": ("flat",)}),
        ("苦しいの基準がわからん", "repayment", {"repayment": ("unknown",)}),
        ("売上3割増と言いたいところですが3割減です", None, {"sales": ("down_sharp",)}),
    ],
)
def test_denials_counts_and_corrections_in_other_words_are_read(
    text: str, expecting: str | None, want: dict[str, tuple[str, ...]]
) -> None:
    told = facts(text, expecting)
    assert {question: told.get(question) for question in want} == want
    if not want:
        assert not told


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("今まで返済が遅れたことは一度もない", "repayment"),
        ("返済が遅れたことは過去にないです", "repayment"),
        ("税金を滞納したことは一回もありません", "arrears"),
        ("税金は滞納してない", "arrears"),
        ("消費税の滞納はしてません", "arrears"),
        ("家賃の遅れは今までない", "arrears"),
        ("赤字になったことは一度もないです", "profit"),
        ("銀行の返済は今まで遅れたことない", "rescheduled"),
    ],
)
def test_what_never_was_is_not_told(said: str, question: str) -> None:
    fact = read(said, LEXICON).fact(question)
    assert fact is None or fact.certainty is Certainty.LIKELY


@pytest.mark.parametrize(
    ("said", "question", "option"),
    [
        ("社保が遅れて払えてない", "arrears", "social_insurance"),
        ("税金を滞納してる", "arrears", "tax"),
        ("返済が一度遅れて、もう余裕がない", "repayment", "late"),
        ("返済が遅れてます。リスケは一度もお願いしたことないです", "rescheduled", "never"),
    ],
)
def test_what_was_is_told_beside_a_denial(said: str, question: str, option: str) -> None:
    fact = read(said, LEXICON).fact(question)
    assert fact is not None
    assert fact.options == (option,)


def test_step_that_is_weighed_is_no_profit() -> None:
    assert read("店をたたもうかと思って", LEXICON).fact("profit") is None
    assert read("今年は儲かってます", LEXICON).fact("profit") is not None


def test_fact_stands_in_the_clause_that_tells_it() -> None:
    fact = read("うちは医療法人じゃなくて、個人でやってます", LEXICON).fact("legal_form")
    assert fact is not None
    assert fact.clause is not None
    assert fact.options == ("sole_proprietor",)
    assert "個人" in fact.clause.text


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("給料が売上の4割", "sales"),
        ("売上の七割が仕入代", "sales"),
        ("売上が増えたか減ったか自分でもわからん", "sales"),
        ("返済できてるか不明", "repayment"),
        ("ガス会社の請求が高い", "legal_form"),
        ("フリーランスへの発注が増えた", "legal_form"),
        ("腰より先に身がもたん", "cash"),
        ("名物の鍋を終わりにしたい", "wishes"),
        ("跡取りの後継者がいない", "cause"),
        ("養老保険を解約して返済にあてた", "lenders"),
    ],
)
def test_share_doubt_or_another_firm_tells_nothing_of_the_owner(text: str, question: str) -> None:
    assert read(text, LEXICON).fact(question) is None


@pytest.mark.parametrize(
    ("text", "question", "options"),
    [
        ("売上は半分に落ちた", "sales", {"down_sharp"}),
        ("増えも減りもせん売上です", "sales", {"flat"}),
        ("借金がとても返しきれません", "repayment", {"beyond"}),
        ("赤字を重ねてきました", "profit", {"loss_long"}),
        ("店をもう終わりにしたい", "wishes", {"close"}),
        ("泊まる人がいなくなった", "cause", {"fewer_customers", "short_handed"}),
    ],
)
def test_level_denied_and_said_twice_tells_what_it_means(
    text: str, question: str, options: set[str]
) -> None:
    fact = read(text, LEXICON).fact(question)
    assert fact is not None
    assert set(fact.options) == options


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("七千五百万", ("within_100m",)),
        ("3億8千万", ("over_300m",)),
        ("1.5億", ("within_300m",)),
        ("にせんまんえん", ("within_50m",)),
        ("いちおく にせんまん", ("within_300m",)),
        ("3億超", ("over_300m",)),
        ("1億以下", ("within_100m",)),
        ("二億を減資して四千万", ("within_50m",)),
        ("一億以下で五千万よりは多い", ()),
        ("借金なら4千万", ()),
    ],
)
def test_capital_is_read_as_a_sum_of_money(text: str, options: tuple[str, ...]) -> None:
    fact = read(text, LEXICON, "capital").fact("capital")
    assert (fact.options if fact else ()) == options

"""All wordings of a question give the same words and the same kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.faq.matching.views import view
from knowledge.faq.wording.endings import core_of, core_words, essence
from knowledge.faq.wording.kinds import NEUTRAL, fit, kinds_in, shares
from knowledge.faq.wording.normalise import plain

ENDINGS = [
    "ですか", "でしょうか", "でございましょうか", "なんですかね", "なんやろか", "やろか", "やねん", "だべか",
    "じゃろか", "なんだけど", "って何ですか", "とは", "を教えてください", "をご教示いただけますでしょうか",
    "についてお聞かせ願えませんか", "を知りたいです", "なのかな", "がわからない",
]  # fmt: skip
TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from("いくらまでですか、てにをは何?リスケ補助 "))
)


@pytest.mark.parametrize("ending", ENDINGS)
def test_core_of_a_topic_with_any_ending_is_the_topic(ending: str) -> None:
    assert core_of(plain(f"補助金の期間{ending}")).removesuffix("につい") == "補助金の期間"


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("従業員に知られますか", "従業員に知られ"),
        ("給料が払えません", "給料が払えません"),
        ("いつまでですか", "いつまで"),
        ("中小機構", "中小機構"),
        ("すみません", ""),
    ],
)
def test_core_of_what_tells_something_is_kept(text: str, core: str) -> None:
    assert core_of(plain(text)) == core


@pytest.mark.parametrize(
    ("spoken", "standard"),
    [
        ("こげな制度ば使う", "こんな制度を使う"),
        ("先生さ払っとる", "先生に払っている"),
        ("銀行さ言うたらあかんのか", "銀行に言ったらだめのか"),
        ("どこも貸してくれへん", "どこも貸してくれない"),
        ("女房の銭", "妻のお金"),
        ("わからんけん", "わからないから"),
        ("待ってもろた", "待ってもらった"),
    ],
)
def test_plain_of_dialect_is_standard(spoken: str, standard: str) -> None:
    assert plain(spoken) == plain(standard) == standard


@pytest.mark.parametrize(
    "text",
    [
        "売上を伸ばしたい",
        "小さい会社",
        "職業を選ばない",
        "明日呼ばれている",
        "横ばい",
        "としより",
        "小銭",
        "銭湯",
        "高さ",
    ],
)
def test_plain_leaves_standard_words_that_look_like_dialect(text: str) -> None:
    assert plain(text) == text


@given(TEXT)
def test_essence_of_any_text_is_never_empty_where_words_are(text: str) -> None:
    assert bool(essence(plain(text))) >= bool(core_of(plain(text)))
    assert len(core_words(plain(text))) >= bool(core_of(plain(text)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ぜ いきん", "ぜいきん"),
        ("ほ しょう にん", "ほしょうにん"),
        ("ｾﾞ ｲｷﾝ", "ゼイキン"),
        ("リスケ 期間", "リスケ期間"),
        ("りす\u3000けの期間", "りすけの期間"),
    ],
)
def test_view_with_blanks_beside_kana_is_the_same(one: str, other: str) -> None:
    assert view(one) == view(other)


@pytest.mark.parametrize(
    ("spelt", "normal"),
    [
        (["２００万円", "200万円", "二百万円", "2,000,000円", "200万えん"], "2000000"),
        (["2/3", "２／３", "三分の二", "3分の2", "３ぶんの２", "2 / 3"], "2"),
        (["3割", "三割", "30%", "３０パーセント", "30パー"], "30"),
        (["6か月", "６ヶ月", "六カ月", "6箇月", "６ヵ月"], "6"),
    ],
)
def test_view_of_a_number_in_any_form_is_the_same(spelt: list[str], normal: str) -> None:
    views = {(each.reading, tuple(word.normal for word in each.words)) for each in map(view, spelt)}
    assert len(views) == 1
    assert normal in next(iter(views))[1]


@pytest.mark.parametrize("text", ["300円", "1200円", "割引", "割合", "パート", "年4月"])
def test_plain_of_what_only_looks_like_a_unit_stays(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("may", ["個人でも使えますか", "うちでもいけるん？", "NPOやけどあかんの", "NPOは対象", "申し込めますでしょうか", "滞納しとってもよかと？"]),
        ("how_much", ["なんぼかかるん", "おいくらですか", "費用", "何割出ますか"]),
        ("when", ["いつまで", "何か月かかる", "期限はありますか", "何時まで電話できますか"]),
        ("who", ["誰に頼めばいい", "どなたにお願いすれば"]),
        ("where", ["どこに出すの", "窓口", "連絡先を教えて", "どちらへ伺えばよろしいでしょうか"]),
        ("how", ["どうやって探すの", "どうすればいい", "どげんしたらよかと", "手順"]),
        ("why", ["なぜ聞くの", "理由"]),
        ("what_is", ["リスケとは", "リスケって何", "リスケってなんですか", "意味がわからない"]),
        ("what_if", ["遅れたらどうなる", "払わなかったらどうなりますか", "どないなるん"]),
    ],
)  # fmt: skip
def test_kinds_in_a_question_are_recognised_in_any_wording(kind: str, texts: list[str]) -> None:
    assert [text for text in texts if kind not in kinds_in(plain(text))] == []


@pytest.mark.parametrize("text", ["リスケ", "税金を滞納している", "医療法人", ""])
def test_kinds_in_a_mere_topic_are_none(text: str) -> None:
    assert kinds_in(plain(text)) == frozenset()


def test_fit_of_a_kind_is_better_the_more_an_entry_is_asked_so() -> None:
    entry = shares(["いくらですか", "いくら", "費用", "補助"])
    assert fit(frozenset({"how_much"}), entry) > NEUTRAL > fit(frozenset({"when"}), entry)
    assert fit(frozenset(), entry) == fit(frozenset({"when"}), shares([])) == NEUTRAL

"""Places written in kana or in Latin letters: あまがさき, アマガサキ, Amagasaki-shi."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from knowledge.place_names import guards
from knowledge.place_names.names import Kind, Mention, Name, combined
from knowledge.place_names.normalise import Text
from knowledge.place_names.tables import (
    LEADING_CITIES,
    PREFECTURE_KANA,
    Municipality,
    areas,
    municipalities,
)

Meaning = tuple[Kind, str, Municipality | None]

_SUFFIXES = {"市": ("し",), "区": ("く",), "町": ("ちょう", "まち"), "村": ("むら", "そん")}
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_LONG_O = re.compile("(?<=[おこそとのほもよろごぞどぼぽょ])[おー]")
_LONG_U = re.compile("(?<=[うくすつぬふむゆるぐずぶぷゅ])ー")

# Words of every day that are also a reading of a place.
_NOT_PLACES = frozenset(
    "ながい たかい しろい おおい みなみ きたみ ひがし あさひ さくら みどり ひかり かわい いずみ いない "  # noqa: SIM905
    "はるひ ちゅうおう しんち かいづ よしだ やまだ ふるさと いちば おじや なかま こまき しょうわ へいわ "
    "みなと わかば あおば にしき もりや たまき こすげ はやま いいで いいづな おおき たかはし きよす "
    "かしわ さかえ あつい おがわ こだいら たいし あやせ たいき いわい こくふ せんだいじ みつけ つばめ "
    "くりはら すわ たけだ うえだ まえだ しみず ささき いとう さとう たなか いしい まつだ はしま わたり".split()
)
_COMPANIES = frozenset("とよた やまと ほんだ まつだ にっしん ひたち こまつ あさひ みよし".split())  # noqa: SIM905
_KANA_RUN = re.compile(r"[ァ-ヺー]+")
_AFTER_KANA = re.compile(
    r"$|[\s、。,.!?・/()「」『』\[\]:;~〜…\-]|で(?!も)|に|の|です|だ|から|は|が|在住|市|県|府|都|町|村|区|駅|周辺|近"
)
_AFTER_SHORT_KANA = re.compile(
    r"$|[\s、。,.!?]|です|で(?:[一-龥ァ-ヺ]|す|$)|市|県|区|町|村|駅|の近"
)


def _bare(name: str, kana: str) -> str:
    """'尼崎市', 'あまがさきし' → 'あまがさき'; the prefectures' けん, ふ, と likewise."""
    for suffix in _SUFFIXES.get(name[-1], ()):
        if kana.endswith(suffix):
            return kana.removesuffix(suffix)
    return kana


def _readings() -> Iterator[tuple[str, Meaning]]:
    """(hiragana, meaning) of every prefecture and municipality, with and without its kind."""
    for code, kana in PREFECTURE_KANA.items():
        bare = kana if code == "01" else kana.removesuffix("けん").removesuffix("ふ")
        yield kana, (Kind.PREFECTURE, code, None)
        yield bare.removesuffix("と") if code == "13" else bare, (Kind.PREFECTURE, code, None)
    for each in municipalities():
        yield each.kana, (Kind.FULL, each.prefecture, each)
        yield _bare(each.name, each.kana), (_rank(each), each.prefecture, each)
        if each.within:
            yield each.within_kana + each.kana, (Kind.FULL, each.prefecture, each)


def _rank(municipality: Municipality) -> Kind:
    return Kind.CITY if municipality.name.endswith("市") else Kind.TOWN


def _weighed(meanings: list[Meaning]) -> Name:
    """Homophones: a prefecture beats all; a capital beats towns, but another city is asked."""
    prefectures = [each for each in meanings if each[0] is Kind.PREFECTURE]
    cities = [each for each in meanings if each[0] is Kind.CITY]
    leading = [each for each in cities if each[2] and each[2].name in LEADING_CITIES]
    chosen = prefectures or (cities if leading else meanings)
    name = combined(chosen)
    every = frozenset(code for _, code, _ in meanings)
    return Name(name.kind, frozenset(each[1] for each in chosen), every, name.municipalities)


def _indexed(fold: Callable[[str], str]) -> Mapping[str, Name]:
    found: dict[str, list[Meaning]] = {}
    for kana, meaning in _readings():
        if kana:
            found.setdefault(fold(kana), []).append(meaning)
    return {spelling: _weighed(meanings) for spelling, meanings in found.items()}


# -- kana -----------------------------------------------------------------------------------


def fold_kana(text: str) -> str:
    """Hiragana with one spelling for long vowels and for ぢ, づ, を; keeps the length."""
    hiragana = text.translate(_HIRAGANA).replace("ぢ", "じ").replace("づ", "ず").replace("を", "お")
    return _LONG_U.sub("う", _LONG_O.sub("う", hiragana))


@cache
def kana_index() -> Mapping[str, Name]:
    """Folded hiragana → what it may mean."""
    return _indexed(fold_kana)


@cache
def _longest_kana() -> int:
    return max(map(len, kana_index()))


def find_kana(text: Text) -> list[Mention]:
    """Readings at the start, after a mark, or as a katakana word by itself."""
    folded, found, end = fold_kana(text.shown), [], 0
    for start in _starts(text.shown):
        if start < end:
            continue
        mention = _kana_at(text.shown, folded, start)
        if mention is not None:
            found.append(mention)
            end = mention.end
    return found


def _starts(shown: str) -> list[int]:
    """Where a reading may begin."""
    starts = {0, guards.opening_end(shown)}
    starts |= {match.end() for match in re.finditer(r"[\s、。,.!?・/()「」『』:;は]", shown)}
    starts |= {match.start() for match in _KANA_RUN.finditer(shown)}
    starts |= {match.end() for match in re.finditer("(?:けん|県|ふ|府|と|都|し|市)の?", shown)}
    return sorted(start for start in starts if start < len(shown))


def _kana_at(shown: str, folded: str, start: int) -> Mention | None:
    for length in range(min(_longest_kana(), len(folded) - start), 1, -1):
        end = start + length
        name = kana_index().get(folded[start:end])
        if name is not None and _is_kana_place(shown, folded, start, end):
            return Mention(start, end, name)
    return None


def _is_kana_place(shown: str, folded: str, start: int, end: int) -> bool:
    """Short readings are everyday words more often than places; they must stand alone."""
    word, whole = folded[start:end], start <= guards.opening_end(shown)
    alone = whole and guards.is_nothing(shown[end:])
    in_katakana = _KANA_RUN.fullmatch(shown[start:end]) is not None
    if in_katakana and (word in _COMPANIES or _KANA_RUN.match(shown, end)):
        return False
    if guards.closes_full_name(shown, start, end) is False:
        return False
    if end - start == 2 or word in _NOT_PLACES:
        return alone and word not in _NOT_PLACES
    if end - start == 3 and not in_katakana:
        return alone or (whole and _AFTER_SHORT_KANA.match(shown, end) is not None)
    return _AFTER_KANA.match(shown, end) is not None


# -- Latin letters ----------------------------------------------------------------------------

_KANA_TO_LATIN = dict(
    zip(
        "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをん"
        "がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽゔ",
        "a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho "  # noqa: SIM905
        "ma mi mu me mo ya yu yo ra ri ru re ro wa i e o n ga gi gu ge go za ji zu ze zo da ji zu de "
        "do ba bi bu be bo pa pi pu pe po vu".split(),
        strict=True,
    )
)
_FOLDS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=[aeiou])h(?=[^aeiouy]|$)", ""),
        (r"o[ou]+", "o"),
        (r"uu+", "u"),
        (r"nn+", "n"),
        (r"m(?=[bpm])", "n"),
        (r"sy", "sh"),
        (r"[tc]y", "ch"),
        (r"[zj]y", "j"),
        (r"si", "shi"),
        (r"ti", "chi"),
        (r"tu", "tsu"),
        (r"(?<![sc])hu", "fu"),
        (r"[zd]i", "ji"),
        (r"d[zu]u?", "zu"),
        (r"cch", "tch"),
    )
)
_WORDS = re.compile(r"[A-Za-z][A-Za-z'’]*")
_ENGLISH = frozenset(
    "usa date mine tome same sue tara to made sake no ni de wa ga are on ten name oki moka ono kin "  # noqa: SIM905
    "one ono tone omega toda gero iran oman mihara miki aki ami ena hino ina ise kami kita kure mie "
    "naka oda oi saga seki soka tsu uki ube uda usuki ama chita koga komae".split()
)


def to_latin(kana: str) -> str:
    """Hiragana → folded Hepburn."""
    spelled: list[str] = []
    for character in kana:
        latin = _KANA_TO_LATIN.get(character)
        if character in "ゃゅょ" and spelled:
            vowel = {"ゃ": "a", "ゅ": "u", "ょ": "o"}[character]
            stem = spelled[-1][:-1]
            spelled[-1] = stem + ("" if stem in {"sh", "ch", "j"} else "y") + vowel
        elif latin is not None:
            doubled = spelled[-1:] == ["っ"]
            spelled[-1 if doubled else len(spelled) :] = [latin[0] + latin if doubled else latin]
        else:
            spelled.append(character)
    return fold_latin("".join(spelled))


def fold_latin(word: str) -> str:
    """One spelling for Oosaka, Ohsaka, Osaka and for Hepburn and Kunrei."""
    for pattern, replacement in _FOLDS:
        word = pattern.sub(replacement, word)
    return word


@cache
def latin_index() -> Mapping[str, Name]:
    """Folded Latin letters → what they may mean; English names of regions are not in it."""
    found = dict(_indexed(to_latin))
    for area, latin in (
        ("関西", "kansai"),
        ("関東", "kanto"),
        ("東北", "tohoku"),
        ("九州", "kyushu"),
        ("四国", "shikoku"),
        ("北陸", "hokuriku"),
        ("東海", "tokai"),
    ):
        found[latin] = Name(Kind.AREA, frozenset(areas()[area]), frozenset(areas()[area]))
    return found


def find_latin(text: Text) -> list[Mention]:
    """Readings in Latin letters: up to three words, joined by a blank or a hyphen, as one name."""
    words, found, position = list(_WORDS.finditer(text.shown)), [], 0
    while position < len(words):
        for count in (3, 2, 1):
            group = words[position : position + count]
            mention = _latin_at(text.shown, group) if len(group) == count else None
            if mention is not None:
                found.append(mention)
                position += count
                break
        else:
            position += 1
    return found


def _latin_at(shown: str, words: list[re.Match[str]]) -> Mention | None:
    start, end = words[0].start(), words[-1].end()
    if re.fullmatch(r"[A-Za-z'’]+(?:[ \-][A-Za-z'’]+)*", shown[start:end]) is None:
        return None
    joined = re.sub(r"[^a-z]", "", shown[start:end].lower())
    name = latin_index().get(fold_latin(joined))
    if name is None:
        return None
    if (len(joined) <= 3 or joined in _ENGLISH) and not _stands_alone(shown, start, end):
        return None
    return Mention(start, end, name)


def _stands_alone(shown: str, start: int, end: int) -> bool:
    """Whether a short word is the whole message, or says city or prefecture."""
    if re.match(r"(?:,? ?(?:city|prefecture|pref|town|village))\b", shown[end:], re.IGNORECASE):
        return True
    word = shown[start:end].lower()
    return not shown[:start].strip() and guards.is_nothing(shown[end:].lower()) and word != "usa"

"""Define the nine kinds of amendments, and their form in JSON."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, ClassVar, TypeAlias

from knowledge.amendments import telephone


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Name the author of an amendment, and its day (ISO).

    `staff` is their ID in Slack, empty for an amendment made elsewhere. With `needs_second` it
    counts for nothing until another person has approved it.
    """

    by: str
    on: str
    staff: str = ""
    needs_second: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry(Signed):
    """Add a question with its answer.

    `source` is an address, words, or empty for staff's own knowledge.
    """

    kind: ClassVar[str] = "entry"
    question: str
    answer: str
    phrasings: tuple[str, ...] = ()
    source: str = ""
    confirm: bool = False

    @property
    def id(self) -> str:
        """The id of the entry, always the same for the same question.

        That holds after an export, too.
        """
        return f"staff-{hashlib.sha256(self.question.encode('utf-8', 'replace')).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPhrasing(Signed):
    """Another way to ask for the entry with the id `entry`."""

    kind: ClassVar[str] = "phrasing"
    entry: str
    phrasing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer(Signed):
    """Replace the answer of the entry with the id `entry`.

    `source` is as in `NewEntry`.
    """

    kind: ClassVar[str] = "answer"
    entry: str
    answer: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneConfirmed(Signed):
    """The number of a prefecture's council is still right.

    `where` it was read, an address or words; empty: staff called it.
    """

    kind: ClassVar[str] = "phone_confirmed"
    code: str
    number: str
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneCorrected(Signed):
    """Replace a council's number `old` by `new`.

    `old` is empty when none was shown.
    """

    kind: ClassVar[str] = "phone_corrected"
    code: str
    old: str
    new: str
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeCorrected(Signed):
    """Replace the number of an office besides the councils.

    `old` is empty when none was shown. `office` is its kind, ``yorozu``, ``guarantee`` or ``smrj``,
    and `name` its name in the files.
    """

    kind: ClassVar[str] = "office_corrected"
    office: str
    name: str
    old: str
    new: str
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewExample(Signed):
    """Words that mean the option `option` of the interview's question `question`.

    The FAQ is none the wiser for it: it becomes a row of the examples that training reads.
    """

    kind: ClassVar[str] = "example"
    question: str
    option: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Signed):
    """An earlier amendment, known by its `mark`, counts no more."""

    kind: ClassVar[str] = "withdrawn"
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved(Signed):
    """A second person's yes to an earlier amendment, known by its `mark`."""

    kind: ClassVar[str] = "approved"
    of: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Hold another version's amendment, kept as it is and never applied."""

    content: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The kind in its content."""
        return str(self.content.get("kind", ""))

    @property
    def by(self) -> str:
        """The author in its content."""
        return str(self.content.get("by", ""))

    @property
    def on(self) -> str:
        """The day in its content."""
        return str(self.content.get("on", ""))


Readable: TypeAlias = (
    NewEntry
    | NewPhrasing
    | NewAnswer
    | PhoneConfirmed
    | PhoneCorrected
    | OfficeCorrected
    | NewExample
    | Withdrawn
    | Approved
)
Amendment: TypeAlias = Readable | Unreadable

_KINDS: Mapping[str, type[Readable]] = {
    each.kind: each
    for each in (
        NewEntry,
        NewPhrasing,
        NewAnswer,
        PhoneConfirmed,
        PhoneCorrected,
        OfficeCorrected,
        NewExample,
        Withdrawn,
        Approved,
    )
}

_HOW_KEPT = ("staff", "needs_second")
"""Fields apart from the content. Amendments that differ in these alone are one."""


def as_dict(amendment: Amendment) -> dict[str, Any]:
    """Write an amendment as JSON-able data."""
    if isinstance(amendment, Unreadable):
        return dict(amendment.content)
    content = {"kind": amendment.kind, **asdict(amendment)}
    kept = {name: v for name, v in content.items() if v or name not in _HOW_KEPT}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in kept.items()}


def mark(amendment: Amendment) -> str:
    """Make the mark by which an amendment is withdrawn.

    Two with the same content share it.
    """
    said = {name: v for name, v in as_dict(amendment).items() if name not in _HOW_KEPT}
    content = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:16]


def from_dict(content: Mapping[str, Any]) -> Amendment:
    """Read an amendment from JSON, ignoring unknown fields.

    Raises nothing.
    """
    kind = content.get("kind")
    known = _KINDS.get(kind) if isinstance(kind, str) else None
    if known is None:
        return Unreadable(dict(content))
    given = {each.name: content[each.name] for each in fields(known) if each.name in content}
    if "phrasings" in given and isinstance(given["phrasings"], list):
        given["phrasings"] = tuple(given["phrasings"])
    try:
        amendment = known(**given)
    except TypeError:  # a field is missing
        return Unreadable(dict(content))
    return amendment if _holds(amendment) else Unreadable(dict(content))


def _holds(amendment: Readable) -> bool:
    """Tell whether every field has its declared type."""
    values = {each.name: getattr(amendment, each.name) for each in fields(amendment)}
    ticks = [values.pop(name, False) for name in ("confirm", "needs_second")]
    phrasings = values.pop("phrasings", ())
    texts = [*values.values(), *(phrasings if isinstance(phrasings, tuple) else (None,))]
    are_ticks = all(isinstance(tick, bool) for tick in ticks)
    return are_ticks and all(isinstance(text, str) for text in texts)


# --- as it was typed → as it is kept ------------------------------------------------------------


def cleaned(amendment: Amendment) -> Amendment:
    """Strip stray spaces and control characters, and normalise numbers."""
    if isinstance(amendment, Unreadable):
        return amendment
    changes: dict[str, Any] = {
        each.name: _CLEAN.get(each.name, _line)(value)
        for each in fields(amendment)
        if isinstance(value := getattr(amendment, each.name), str)
    }
    if isinstance(amendment, NewEntry):
        others = (_line(each) for each in amendment.phrasings)
        distinct = dict.fromkeys(each for each in others if each and each != changes["question"])
        changes["phrasings"] = tuple(distinct)
    return replace(amendment, **changes)


def _line(text: str) -> str:
    return " ".join(_visible(text).split())


def _paragraphs(text: str) -> str:
    return "\n".join(_visible(line).rstrip() for line in text.splitlines()).strip()


def _number(text: str) -> str:
    return telephone.normal(_line(text))


def _visible(text: str) -> str:
    # Joiners inside emoji are invisible too, and not worth keeping in an answer.
    return "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)


_CLEAN: Mapping[str, Callable[[str], str]] = {
    "answer": _paragraphs,
    "number": _number,
    "old": _number,
    "new": _number,
}


def described(amendment: Amendment) -> str:
    """Describe an amendment to staff in one line."""
    return f"{amendment.on} {amendment.by}: {_describe_content(amendment)}"


def _describe_content(amendment: Amendment) -> str:
    match amendment:
        case NewEntry(question=question):
            return f"新しい答え「{question}」"
        case NewPhrasing(entry=entry, phrasing=phrasing):
            return f"言い換え「{phrasing}」→ {entry}"
        case NewAnswer(entry=entry):
            return f"答えの訂正 {entry}"
        case PhoneConfirmed(code=code, number=number):
            return f"電話番号の確認 {code} {number}"
        case (
            PhoneCorrected(code=name, old=old, new=new)
            | OfficeCorrected(name=name, old=old, new=new)
        ):
            return f"電話番号の訂正 {name} {old or '（なし）'} → {new}"
        case NewExample() | Withdrawn() | Approved() | Unreadable():
            return _describe_other(amendment)


def _describe_other(amendment: NewExample | Withdrawn | Approved | Unreadable) -> str:
    if isinstance(amendment, NewExample):
        return f"診断の答えの例「{amendment.text}」→ {amendment.question}={amendment.option}"
    if isinstance(amendment, Withdrawn):
        return "前の訂正の取り消し"
    if isinstance(amendment, Approved):
        return "前の訂正の確認"
    return f"読めない訂正（{amendment.kind or '種類なし'}）"

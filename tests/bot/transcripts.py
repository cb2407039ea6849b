"""Dialogues between an owner and the bot, read from Markdown and played back.

A story is a file of `tests/transcripts/`: a title, a line or two on what it guards, and the
dialogue in a fenced block. Each line of the dialogue begins with a word and a colon:

    客: うどん屋です             what the owner types (⏎ is a line break)
    客: [タップ 戻る]             a tap on a button shown last, by its label
    客: [タップ v1|sales=up]      a tap on any button, also an old one, by its value
    客: [位置 34.73,135.41]       a location; [スタンプ] [写真] [動画] [音声] [ファイル] [友だち追加]
    客: [長文 10000 売上が…]      these words again and again, up to so many characters
    ボ: 3割以上 … 減った理由       these fragments are said, in this order
    ボなし: 098-867-6760          this is not said
    ボタン: 戻る … 人と話す        these buttons are shown, in this order
    状態: cause                   where the conversation stands
    時: 3日後                     the clock moves; also 2時間後, or 2026-12-30 02:00

Where there is a desk, staff take part, and a timer that is due while the clock moves fires then:

    窓口: あり                    from here on there are people behind the bot
    渡す: 返済が … 写真            all that was passed on to staff of the last owner line; なし for nothing
    相談員: こんにちは             a reply of the person who has the case
    相談員: [担当する 山田]        also [再開 山田] [ボットに戻す] [完了] [代わりに 佐藤 本文です]
    相談員: [コード 1234-5678 diagnosis sales=up costs=rent|wages]    answers kept under a code
    断: 山田さんが担当             what staff did was refused, with these fragments

Spaces, line breaks and character widths do not count when fragments are looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.dialogue.respond import respond
from bot.follow_up.reminding import remind
from bot.handoff import case_life
from bot.handoff.case_life import Staff
from bot.handoff.refusals import Refused
from bot.interview.standing import state_of
from bot.interview.transfer_code import code_in
from bot.model.conversation import Conversation
from bot.model.messages import HandedOver, Kind, Message, Speaker, typed
from bot.model.turn import Context, PassOn, SetTimer, Turn, UsedCode
from flows.keiei.programme import KEIEI
from knowledge.library import Library

FOLDER = Path(__file__).parents[1] / "transcripts"
JAPAN = ZoneInfo("Asia/Tokyo")
MORNING = datetime(2026, 11, 25, 10, 0, tzinfo=JAPAN)
"""Time of every story at its start, a Wednesday at ten."""

ELLIPSIS = "…"
_LINE = re.compile(r"(客|ボ|ボなし|ボタン|状態|時|窓口|渡す|相談員|断)[:：]\s*(.*)")
_ACT = re.compile(r"\[(\S+?)(?:\s+(.*))?\]")
_KINDS = {
    "スタンプ": Kind.STICKER,
    "写真": Kind.IMAGE,
    "動画": Kind.VIDEO,
    "音声": Kind.AUDIO,
    "ファイル": Kind.FILE,
    "その他": Kind.OTHER,
    "友だち追加": Kind.FOLLOWED,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_SPANS = {"分": "minutes", "時間": "hours", "日": "days", "週間": "weeks"}


class TranscriptError(ValueError):
    """A line of a transcript cannot be read.

    The message names the story and the line.
    """


@dataclass(frozen=True)
class Line:
    """One line of a dialogue with its number, the word before the colon, and the rest."""

    number: int
    word: str
    text: str


@dataclass(frozen=True)
class Story:
    """A transcript with the name of its file, its title, and its lines."""

    name: str
    title: str
    lines: tuple[Line, ...]

    @property
    def owner_lines(self) -> tuple[str, ...]:
        """What the owner types or does, in order."""
        return tuple(line.text for line in self.lines if line.word == "客")


def stories() -> tuple[Story, ...]:
    """Every transcript of the folder, by name."""
    return tuple(read(path.stem, path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.md")))


def read(name: str, text: str) -> Story:
    """Read one transcript, or raise TranscriptError at the first line without sense."""
    title, _, body = text.partition("\n")
    if not title.startswith("# "):
        raise TranscriptError(f"{name}, line 1: begin with `# ` and a title")
    return Story(name, title.removeprefix("# ").strip(), tuple(_dialogue(name, body)))


def _dialogue(name: str, body: str) -> Iterator[Line]:
    inside = False
    for number, text in enumerate(body.splitlines(), start=2):
        if text.startswith("```"):
            inside = not inside
        elif inside and text.strip():
            found = _LINE.fullmatch(text.strip())
            if found is None:
                raise TranscriptError(f"{name}, line {number}: no word I know begins {text!r}")
            yield Line(number, found[1], found[2])


@dataclass(frozen=True)
class Fault:
    """Where a dialogue went another way than its transcript says."""

    line: Line
    wanted: str
    owner: str
    said: str
    state: str

    def __str__(self) -> str:
        """Describe the fault with its line, the wanted words, and all that was said."""
        return (
            f"line {self.line.number}: {self.wanted}\n"
            f"  客: {self.owner}\n  状態: {self.state}\n  ボ: "
            + self.said.replace("\n", "\n      ")
        )


@dataclass
class Play:
    """A story being played, with its conversation, its clock, and its faults.

    `turns`, `states` and `acts` are one per owner line: what came of it, where the conversation
    stood after it, and the words typed or the value tapped.
    """

    story: Story
    library: Library
    now: datetime = MORNING
    owner: str = ""
    turn: Turn = field(default_factory=lambda: Turn(Conversation("transcript:owner")))
    turns: list[Turn] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    desk: bool = False
    holder: Staff = field(default_factory=lambda: _staff("山田"))
    refused: str = ""
    timers: dict[str, datetime] = field(default_factory=dict)
    codes: dict[str, HandedOver] = field(default_factory=dict)

    @property
    def said(self) -> str:
        """The text of the last replies, joined."""
        return "\n\n".join(reply.text for reply in self.turn.replies)

    @property
    def buttons(self) -> dict[str, str]:
        """The label and value of every button shown last."""
        shown = (button for reply in self.turn.replies for button in reply.buttons)
        return {button.label: button.value for button in shown}

    @property
    def state(self) -> str:
        """The question or outcome the conversation stands at."""
        return state_of(self.turn.conversation, KEIEI)

    @property
    def passed_on(self) -> list[str]:
        """List the words, or the kinds, passed on to staff in the last turn."""
        messages = [each.message for each in self.turn.effects if isinstance(each, PassOn)]
        return [message.text or _NAMES.get(message.kind, message.kind) for message in messages]

    def follow(self, turn: Turn) -> None:
        """Take a turn for the last one, and apply its effects on timers and codes."""
        self.turn = turn
        for effect in turn.effects:
            match effect:
                case SetTimer(name, None):
                    self.timers.pop(name, None)
                case SetTimer(name, datetime() as due):
                    self.timers[name] = due
                case UsedCode(code):
                    self.codes.pop(code)

    def fault(self, line: Line, wanted: str) -> None:
        """Remember that `line` was not met."""
        labels = "".join(f"［{label}］" for label in self.buttons)
        self.faults.append(Fault(line, wanted, self.owner, f"{self.said}\n{labels}", self.state))


def play(story: Story, library: Library) -> Play:
    """Play a story to its end, and keep every fault."""
    played = Play(story, library)
    for line in story.lines:
        if played.refused and line.word != "断":
            played.fault(line, f"nothing refused before it, but 「{played.refused}」")
            played.refused = ""
        _DOES[line.word](played, line)
    return played


def _owner_says(played: Play, line: Line) -> None:
    message = _message(played, line)
    if message is None:
        return
    played.owner = line.text
    conversation = played.turn.conversation
    if code := code_in(message.text) if message.kind is Kind.TEXT else None:
        message = Message(Kind.HANDED_OVER, code, handed=played.codes.get(code))
    played.follow(
        respond(conversation, message, Context(played.now, played.library, KEIEI, desk=played.desk))
    )
    played.turns.append(played.turn)
    played.states.append(played.state)
    played.acts.append(message.value or message.text)
    if not played.said.strip() and not played.passed_on:
        played.fault(line, "an owner is never left without a word")


def _message(played: Play, line: Line) -> Message | None:
    act = _ACT.fullmatch(line.text)
    if act is None:
        return typed(line.text.replace("⏎", "\n"))
    name, rest = act[1], act[2] or ""
    if name in _KINDS:
        return Message(_KINDS[name])
    if name == "タップ":
        return _tap(played, line, rest)
    if name == "位置":
        latitude, longitude, *address = rest.split(",", 2)
        return Message(Kind.LOCATION, "".join(address), "", float(latitude), float(longitude))
    if name == "長文":
        length, words = rest.split(maxsplit=1)
        return Message(text=(words * (int(length) // len(words) + 1))[: int(length)])
    raise TranscriptError(f"{played.story.name}, line {line.number}: what is {line.text}?")


def _tap(played: Play, line: Line, button: str) -> Message | None:
    value = button if "|" in button else played.buttons.get(button)
    if value is None:
        played.fault(line, f"a button 「{button}」 to tap")
        return None
    return Message(Kind.CHOICE, value=value)


def _bot_says(played: Play, line: Line) -> None:
    if missing := _missing(line.text, played.said):
        played.fault(line, f"says 「{missing}」")


def _bot_does_not_say(played: Play, line: Line) -> None:
    if plain(line.text) in plain(played.said):
        played.fault(line, f"does not say 「{line.text}」")


def _buttons_shown(played: Play, line: Line) -> None:
    if missing := _missing(line.text, "\n".join(played.buttons)):
        played.fault(line, f"shows a button 「{missing}」")


def _stands_at(played: Play, line: Line) -> None:
    if played.state != line.text:
        played.fault(line, f"stands at {line.text}")


def _clock_moves(played: Play, line: Line) -> None:
    if found := re.fullmatch(r"(\d+)(分|時間|日|週間)後", line.text):
        played.now += timedelta(**{_SPANS[found[2]]: int(found[1])})
    else:
        played.now = datetime.fromisoformat(line.text).replace(tzinfo=JAPAN)
    while any(due <= played.now for due in played.timers.values()):
        name = min(played.timers, key=lambda each: played.timers[each])
        due = played.timers.pop(name)
        context = Context(due, played.library, KEIEI, desk=played.desk)
        if name.startswith("follow:"):
            _remind(played, context)
            continue
        turn = case_life.apologise_when_overdue(played.turn.conversation, context)
        if isinstance(turn, Turn):
            played.follow(turn)


def _remind(played: Play, context: Context) -> None:
    """Let a reminder come.

    One that only looks again leaves the last words where they were.
    """
    turn = remind(played.turn.conversation, context)
    shown = turn.replies or played.turn.replies
    played.follow(replace(turn, replies=shown))


# --- the desk -----------------------------------------------------------------------------------


def _desk_opens(played: Play, line: Line) -> None:
    played.desk = line.text == "あり"


def _staff(name: str) -> Staff:
    return Staff(f"staff:{name}", Speaker(name))


def _staff_acts(played: Play, line: Line) -> None:
    act = _ACT.fullmatch(line.text)
    name, rest = (act[1], act[2] or "") if act else ("", line.text)
    if name == "コード":
        code, flow, *answers = rest.split()
        pairs = (each.split("=") for each in answers)
        given = {question: tuple(options.split("|")) for question, options in pairs}
        played.codes[code.replace("-", "")] = HandedOver(flow, given)
        return
    done = _done_by_staff(played, line, name, rest)
    if isinstance(done, Refused):
        played.refused = done.why
    else:
        played.follow(done)


def _done_by_staff(played: Play, line: Line, name: str, rest: str) -> Turn | Refused:
    conversation, now = played.turn.conversation, played.now
    match name:
        case "":
            return case_life.reply(conversation, played.holder, rest, now)
        case "担当する":
            done = case_life.claim(conversation, _staff(rest), now)
            if isinstance(done, Turn):
                played.holder = _staff(rest)
            return done
        case "代わりに":
            other, _, text = rest.partition(" ")
            return case_life.reply(conversation, _staff(other), text, now)
        case "再開":
            return case_life.reopen(conversation, _staff(rest), now)
        case "ボットに戻す":
            return case_life.hand_back(conversation, now, KEIEI)
        case "完了":
            return case_life.complete(conversation, now, KEIEI)
    raise TranscriptError(f"{played.story.name}, line {line.number}: what is {line.text}?")


def _is_refused(played: Play, line: Line) -> None:
    if not played.refused or _missing(line.text, played.refused):
        played.fault(line, f"refused with 「{line.text}」, but 「{played.refused}」")
    played.refused = ""


def _passes_on(played: Play, line: Line) -> None:
    wanted = [] if line.text == "なし" else [plain(each) for each in line.text.split(ELLIPSIS)]
    passed_on = [plain(each) for each in played.passed_on]
    if len(wanted) != len(passed_on) or any(map(lambda a, b: a not in b, wanted, passed_on)):
        played.fault(line, f"passes on 「{line.text}」, but {played.passed_on}")


_DOES: dict[str, Callable[[Play, Line], None]] = {
    "客": _owner_says,
    "ボ": _bot_says,
    "ボなし": _bot_does_not_say,
    "ボタン": _buttons_shown,
    "状態": _stands_at,
    "時": _clock_moves,
    "窓口": _desk_opens,
    "相談員": _staff_acts,
    "断": _is_refused,
    "渡す": _passes_on,
}


def _missing(wanted: str, said: str) -> str | None:
    """Find the first fragment between ellipses that does not come in order, or None."""
    rest = plain(said)
    for fragment in filter(None, map(str.strip, wanted.split(ELLIPSIS))):
        _, found, rest = rest.partition(plain(fragment))
        if not found:
            return fragment
    return None


def plain(text: str) -> str:
    """Normalise a text for comparison, in one width and without spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))

"""List every fault of the content at once.

It covers flows, rules, knowledge, freshness and wording. Content is data, so a deploy can refuse
it: `python -m bot check` prints the faults, and a test feeds it broken content to prove that it
finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from bot.checks import desk, follow_up, sentences
from bot.dialogue.faq.questions import answer_entries, entry_choice
from bot.dialogue.render import render
from bot.dialogue.respond import respond
from bot.interview.buttons import prefecture_choices
from bot.interview.outcomes import guide_reply
from bot.interview.prompts import correction_list, prompt
from bot.model.conversation import Conversation
from bot.model.messages import Message
from bot.model.turn import Context
from bot.presentation import limits
from bot.presentation.wording import LANGUAGE, catalogue
from bot.understand.commands import vocabulary as spoken_commands
from bot.understand.reading.numbers import amounts as counting
from bot.understand.trouble import vocabulary as trouble
from bot.understand.trouble.mind import WORDS as MIND
from bot.understand.trouble.trouble import TroubleKind
from flows import vocabulary
from flows.flow import Flow, Has
from flows.flow_faults import find_faults
from flows.paths import Path, find_paths, longest_path
from flows.programme import Programme
from flows.support import PathRule
from knowledge import freshness, neighbours, programme_faults, sources, terms, unknown
from knowledge.directory import center_faults, helplines
from knowledge.faq import answers
from knowledge.freshness import FRESH_MONTHS, Kind
from knowledge.library import Library, load
from knowledge.place_names.places import PREFECTURES, REGIONS


def _vocabulary_faults(programme: Programme) -> list[str]:
    """List every fault of the words owners say, with file and line."""
    options = {
        question.id: tuple(option.id for option in question.options)
        for question in programme.questions.values()
    }
    return vocabulary.faults(programme.words, options, counting.kinds())


def _trouble_faults(programme: Programme) -> Iterator[str]:
    """List every fault of the words of trouble, with the file."""
    kinds = [kind.value for kind in TroubleKind]
    yield from trouble.problems("mind.toml", MIND.read_text("utf-8"), kinds)
    question = programme.questions.get(programme.emergency)
    options = [option.id for option in question.options] if question else []
    words = programme.emergency_words.read_text("utf-8")
    yield from trouble.problems("emergencies.toml", words, kinds, options)


@dataclass(frozen=True)
class Content:
    """Hold the content to check, the shipped one unless a test brings its own.

    `knowledge` are functions that list the faults of one knowledge file each. `freshness` is
    whether values not looked at for a year count as faults `today`.
    """

    programme: Programme
    library: Library = field(default_factory=load)
    knowledge: tuple[Callable[[], Iterable[str]], ...] = (
        sources.problems,
        center_faults.problems,
        helplines.problems,
        programme_faults.problems,
        terms.problems,
        neighbours.problems,
        unknown.problems,
    )
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    freshness: bool = True


def problems(given: Content) -> list[str]:
    """List every fault as a sentence with its place."""
    found = [
        *_flow_faults(given),
        *_rule_faults(given),
        *_advice_path_faults(given),
        *_source_faults(given),
        *follow_up.faults(given.programme.follow_up, given.library.sources),
        *_vocabulary_faults(given.programme),
        *spoken_commands.faults(),
        *sentences.faults(),
        *_trouble_faults(given.programme),
        *(fault for tell in given.knowledge for fault in tell()),
        *answers.problems(given.library.faq),
        *(_stale(given) if given.freshness else ()),
    ]
    # Content that cannot be walked cannot be rendered either.
    return found or list(_wording_faults(given))


def _flow_faults(content: Content) -> Iterator[str]:
    for flow in content.programme.flows.values():
        found = find_faults(flow)
        yield from found
        most = content.programme.longest.get(flow.id)
        if not found and most is not None and (longest := longest_path(flow)) > most:
            yield f"flow {flow.id}: its longest path asks {longest} questions, at most {most}"


def _rule_faults(content: Content) -> Iterator[str]:
    offered = {
        (question.id, option.id)
        for flow in content.programme.flows.values()
        for question in flow.questions
        for option in question.options
    }
    conditions: list[tuple[str, Has]] = [
        *(
            (f"rule {rule.id}", condition)
            for rule in content.programme.rules
            for condition in rule.only
        ),
        *(
            (f"rule {rule.id}", Has(rule.question, frozenset(rule.options)))
            for rule in content.programme.rules
        ),
        *(
            (f"path {rule.path}", condition)
            for rule in _path_rules(content)
            for condition in rule.when
        ),
        *((f"sign {sign.because}", sign.when) for sign in content.programme.signs),
        *(
            (f"wish {wish.option}", Has(wish.question, frozenset({wish.option})))
            for wish in content.programme.wishes
        ),
    ]
    conditions += _advice_conditions(content)
    for where, condition in conditions:
        for option in sorted(condition.options):
            if (condition.question, option) not in offered:
                yield f"{where}: {condition.question}={option} is offered by no question"
    for rule in _path_rules(content):
        if rule.path not in content.programme.paths:
            yield f"path {rule.path}: there is no such path"
    if _path_rules(content) and not any(not rule.when for rule in _path_rules(content)):
        yield "paths: no rule without a condition; some owners would be left without a path"


def _advice_conditions(content: Content) -> Iterator[tuple[str, Has]]:
    """List the conditions of remarks, guides, their lines and papers, with places."""
    programme = content.programme
    written = [
        *((f"remark {each.id}", each.when) for each in programme.remarks.values()),
        *((f"guide {each.id}", each.when) for each in programme.guides.values()),
        *((f"paper {each.id}", each.when) for each in programme.papers.values()),
        *(
            (f"guide {each.id}", rows)
            for each in programme.guides.values()
            for _, rows in each.lines
        ),
    ]
    return ((where, condition) for where, rows in written for row in rows for condition in row)


def _advice_path_faults(content: Content) -> Iterator[str]:
    programme = content.programme
    by_path = [
        *((f"remark {each.id}", each.paths) for each in programme.remarks.values()),
        *((f"guide {each.id}", each.paths) for each in programme.guides.values()),
        *((f"paper {each.id}", each.paths) for each in programme.papers.values()),
    ]
    for where, paths in by_path:
        for path in sorted(paths - set(programme.paths)):
            yield f"{where}: there is no path {path!r}"


def _guide_faults(context: Context) -> Iterator[str]:
    """Measure every guide as a card with its buttons."""
    for guide in context.programme.guides.values():
        reply = guide_reply(guide, Conversation("check:you"), context)
        yield from limits.faults(f"guide {guide.id}", (reply,))


def _path_rules(content: Content) -> tuple[PathRule, ...]:
    return (*content.programme.path_rules, *content.programme.beside)


def _source_faults(content: Content) -> Iterator[str]:
    cited = [
        *((f"rule {rule.id}", rule.sources) for rule in content.programme.rules),
        *((f"path {path.id}", path.sources) for path in content.programme.paths.values()),
        *((f"wish {wish.option}", wish.sources) for wish in content.programme.wishes),
        *((f"remark {each.id}", each.sources) for each in content.programme.remarks.values()),
        *((f"guide {each.id}", each.sources) for each in content.programme.guides.values()),
        *((f"paper {each.id}", each.sources) for each in content.programme.papers.values()),
        *((f"sign {sign.because}", sign.sources) for sign in content.programme.signs),
        *((f"today {today.id}", today.sources) for today in content.programme.emergencies),
        *((f"faq {entry.id}", entry.sources) for entry in content.library.faq.entries),
    ]
    for where, ids in cited:
        if not ids:
            yield f"{where}: no source; name at least one id of knowledge/sources.json"
        for source in ids:
            if source not in content.library.sources:
                yield f"{where}: source {source} is not in knowledge/sources.json"


def _stale(content: Content) -> Iterator[str]:
    for fact in freshness.aged(content.library, content.today):
        where = {Kind.ANSWER: f"faq {fact.target}", Kind.OTHER: f"{fact.target}: {fact.name}"}
        name = where.get(fact.kind, f"{center_faults.CENTERS}: {fact.name}")
        yield (
            f"{name} {fact.number}".rstrip()
            + f" was last checked on {fact.checked_on}, {FRESH_MONTHS} months ago or more"
        )


# --- wording: everything is said once, and measured against every channel ------------------------


def _wording_faults(content: Content) -> Iterator[str]:
    now = datetime(content.today.year, content.today.month, content.today.day, 3, tzinfo=UTC)
    context = Context(now, content.library, content.programme)
    for flow in content.programme.flows.values():
        for path in find_paths(flow):
            yield from _path_faults(flow, path, context)
    yield from _desk_faults(context)
    yield from _answer_faults(context)
    yield from _guide_faults(context)
    for where, replies in desk.situations(context):
        yield from limits.faults(where, replies)
    for text in _COMMANDS:
        turn = respond(Conversation("check:you"), Message(text=text), context)
        yield from limits.faults(f"the reply to {text}", turn.replies)


_COMMANDS = (
    "こんにちは", "死にたい", "給料が払えない", "戻る", "回答を直す", "最初から", "今どこ", "人と話す",
    "消して", "使い方", "窓口を探す", "質問する", "ありがとう", "出典", "ばか", "ボットに戻る",
)  # fmt: skip


def _path_faults(flow: Flow, path: Path, context: Context) -> Iterator[str]:
    """Measure every question of a path, its list of corrections and its outcome."""
    conversation = Conversation("check:you", flow=flow.id)
    for question, option in path.answers:
        turn = prompt(conversation, context)
        yield from limits.faults(f"flow {flow.id} before {question}", turn)
        conversation = conversation.answered(question, (option,))
    where = f"flow {flow.id} at {path.outcome}"
    yield from limits.faults(where, (correction_list(conversation, context.programme),))
    outcome = prompt(conversation, context)
    yield from limits.faults(where, outcome)
    if not any(reply.card and reply.card.links for reply in outcome):
        yield f"{where}: no office to call or site to open"


def _at_office(code: str, programme: Programme) -> Conversation:
    """Make a conversation that asked for this prefecture's office."""
    asked = Conversation("check:you", flow=programme.office_flow)
    return asked.answered(programme.place, (code,))


def _desk_faults(context: Context) -> Iterator[str]:
    for code in PREFECTURES:
        conversation = _at_office(code, context.programme)
        yield from limits.faults(f"office {code}", prompt(conversation, context))
    for region, codes in REGIONS.items():
        if len(prefecture_choices(codes, context.programme.place)) > limits.LINE.buttons - 1:
            yield f"region {region}: more prefectures than a message has buttons"


def _answer_faults(context: Context) -> Iterator[str]:
    for entry in context.library.faq.entries:
        turn = render(answer_entries(Conversation("check:you"), (entry,), context), context)
        yield from limits.faults(f"faq {entry.id}", turn.replies)
        if len(entry_choice(entry).value) > limits.LINE.value:
            yield f"faq {entry.id}: the id is too long for a button"


def due_terms(given: Content) -> list[str]:
    """List terms that have passed or end soon.

    They are no faults, since a day comes by itself.
    """
    return [terms.in_words(each, given.today) for each in terms.due(given.today)]


def list_unknown() -> list[str]:
    """List facts nobody has confirmed yet, each with its next step.

    They are no faults.
    """
    return [unknown.in_words(each) for each in unknown.load()]


def summary(given: Content) -> list[str]:
    """Count the checked things, a line for each kind."""
    lines = [
        f"flow {flow.id}: {len(find_paths(flow))} paths, the longest asks {longest_path(flow)} questions"
        for flow in given.programme.flows.values()
    ]
    return [
        *lines,
        f"rules: {len(given.programme.rules)} of eligibility, {len(_path_rules(given))} of paths",
        f"answers: {len(given.library.faq.entries)}, from {len(given.library.sources)} sources",
        f"offices: {len(given.library.directory.centers)} councils",
        f"wording: {len(catalogue(LANGUAGE))} sentences",
    ]

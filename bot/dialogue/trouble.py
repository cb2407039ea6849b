"""Handle despair, danger and urgent money trouble before everything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.dialogue.answering.answers import reply_after_answer, with_flow, with_place_hint
from bot.dialogue.answering.facts import record_told
from bot.dialogue.answering.offering import put_to_them
from bot.dialogue.figures.typed_figures import keep_typed_figures
from bot.dialogue.heard import Heard
from bot.dialogue.helplines import dark_reply, helplines_reply
from bot.dialogue.staff import with_staff
from bot.interview.buttons import PERSON, RESUME
from bot.interview.figure_prompts import figure_asked
from bot.interview.standing import open_question
from bot.model.conversation import Conversation
from bot.model.messages import Choice, Reply, choice
from bot.model.turn import Context, PersonWanted, Step, Then
from bot.presentation.wording import say
from bot.understand import is_label
from bot.understand.trouble import DARK, Trouble, TroubleKind
from flows.programme import Programme


def handle_despair(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Say whom to call and offer a person, in every state.

    The questionnaire waits.
    """
    dark = [trouble for trouble in heard.troubles if trouble.kind in DARK]
    if not dark:
        return None
    reply = dark_reply(dark, context.library)
    notices = tuple(dict.fromkeys(_notice(trouble) for trouble in heard.troubles))
    if context.desk and with_staff.is_with_a_person(conversation):
        return with_staff.handle_despair(conversation, heard.message, reply, notices)
    after = conversation.with_changes(despaired=True, asking_consent=False)
    ways = (*_money_choices(heard.troubles, context.programme), PERSON, RESUME)
    return Step(
        after,
        said=(reply, Reply(_afterwards(dark), ways)),
        then=Then.NOTHING,
        effects=(PersonWanted(urgent=True),),
        notices=notices,
    )


def _afterwards(dark: Sequence[Trouble]) -> str:
    of_another = all(trouble.kind is TroubleKind.DANGER for trouble in dark)
    return say("trouble.danger_after") if of_another else say("trouble.despair_after")


def _notice(trouble: Trouble) -> str:
    if trouble.kind is TroubleKind.URGENT:
        return f"urgent:{trouble.option}"
    return "despair" if trouble.kind is TroubleKind.SELF_HARM else trouble.kind.value


def _money_choices(troubles: Sequence[Trouble], programme: Programme) -> tuple[Choice, ...]:
    """Offer help with urgent money trouble told beside despair, for later."""
    question = programme.questions[programme.emergency]
    return tuple(
        choice(question.labels((trouble.option,)), question.id, trouble.option)
        for trouble in troubles
        if trouble.kind is TroubleKind.URGENT
    )


SYMPATHY_LASTS = timedelta(minutes=30)
"""Time in which the same sentence, said again, would sound empty."""


def add_sympathy(step: Step, heard: Heard, context: Context) -> Step:
    """Put a word of sympathy in front of a heavy message's reply.

    Said in full a while ago, it is a short one, and only where the reply begins with no word of its own.
    """
    if not heard.is_heavy or "heavy" in step.notices:
        return step
    notices, consoled = (*step.notices, "heavy"), step.conversation.consoled_at
    if consoled and context.now - consoled < SYMPATHY_LASTS:
        return replace(step, lead=step.lead or say("trouble.heavy_again"), notices=notices)
    after = replace(step.conversation, consoled_at=context.now)
    lead = "\n\n".join(filter(None, (say("trouble.heavy"), step.lead)))
    return replace(step, conversation=after, lead=lead, notices=notices)


def ask_softly(step: Step, before: Conversation, heard: Heard, context: Context) -> Step:
    """Ask about what may be trouble, then go on.

    Not where the message did something else already: an answer, a command, an offer to a question.
    """
    if not heard.doubts or figure_asked(step.conversation):
        return step
    if not heard.reading.asks and _offers_questions_alone(step):
        step = Step(before, then=Then.REPEAT)
    if step.then is Then.NOTHING or any(each.startswith(_SPOKEN_FOR) for each in step.notices):
        return step
    asked = open_question(before, context.programme)
    if asked and step.conversation.answers.get(asked.id) != before.answers.get(asked.id):
        return step
    if heard.doubts[0].kind in DARK:
        return _ask_how_dark(step)
    emergency = context.programme.questions[context.programme.emergency]
    if emergency.id in step.conversation.answers:
        return step
    put = put_to_them(step.conversation, emergency, (heard.doubts[0].option,))
    notices = (*step.notices, *put.notices)
    return replace(step, conversation=put.conversation, then=Then.REPEAT, notices=notices)


def _offers_questions_alone(step: Step) -> bool:
    """Tell whether all that was found are questions of the FAQ that may be meant."""
    return bool(step.notices) and all(each.startswith("suggested:") for each in step.notices)


def drop_doubt(step: Step, before: Conversation, context: Context) -> Step:
    """Ask about doubtful trouble once.

    The question is in no flow, so nothing but a yes or no would ever end it. What else was put to
    them goes when they tell something else: their next words would be read as its answer, and its
    question is asked in its turn.
    """
    name = next(iter(before.likely), "")
    put, told = before.likely.get(name), step.conversation.answers != before.answers
    if put is None or step.conversation.likely.get(name) != put:
        return step
    if name != context.programme.emergency and not told:
        return step
    kept = {other: each for other, each in step.conversation.likely.items() if other != name}
    return replace(step, conversation=step.conversation.with_changes(likely=kept))


_SPOKEN_FOR = ("command:", "confirm:", "urgent:", "despair", "danger", "forget", "stopped")
"""How the notices begin of a message whose meaning is clear."""


def _ask_how_dark(step: Step) -> Step:
    if step.conversation.despaired:
        return step
    ways = (
        choice(say("buttons.dark"), DARK_ASKED, "yes"),
        choice(say("buttons.not_dark"), DARK_ASKED, "no"),
    )
    lead = "\n\n".join(filter(None, (step.lead, say("trouble.is_it_dark"))))
    notices = (*step.notices, "confirm:despair")
    return replace(step, lead=lead, choices=(*ways, *step.choices), notices=notices)


DARK_ASKED = "dark"
"""The name of the two choices under the question how dark it is."""


def answer_how_dark(conversation: Conversation, value: str, context: Context) -> Step | None:
    """Give the helplines for a yes, and go on after a no."""
    if value == "no":
        return Step(conversation, say("answers.understood"), then=Then.REPEAT)
    if value != "yes":
        return None
    afterwards = Reply(say("trouble.despair_after"), (PERSON, RESUME))
    return Step(
        conversation.with_changes(despaired=True),
        said=(helplines_reply(context.library), afterwards),
        then=Then.NOTHING,
        effects=(PersonWanted(urgent=True),),
        notices=("despair",),
    )


def handle_urgent(conversation: Conversation, heard: Heard, context: Context) -> Step | None:
    """Say what to do today about new urgent money trouble."""
    programme = context.programme
    known = conversation.answers.get(programme.emergency, ())
    told = [trouble.option for trouble in heard.troubles if trouble.kind is TroubleKind.URGENT]
    new = tuple(option for option in told if option not in known)
    question = open_question(conversation, programme)
    if not new or (question and is_label(heard.text, question)):
        return None
    others = tuple(each for each in known if each != programme.handled)
    heard_too = record_told(conversation, heard, context, but=programme.emergency)
    # Likely answers can wait: the place is needed now, for the office.
    kept = replace(heard_too.conversation, likely={})
    hinted = with_place_hint(keep_typed_figures(kept, heard, context), heard.text, context)
    after = with_flow(hinted, programme.questions[programme.emergency], programme).answered(
        programme.emergency,
        (*others, *new),
        asking_again="",
        adding="",
        misses=0,
        topic="",
        consoled_at=context.now,
    )
    lead = "\n".join(filter(None, (say("trouble.heavy"), heard_too.echo())))
    step = reply_after_answer(conversation, after, lead, context)
    heavy = ("heavy",) if heard.is_heavy else ()
    return replace(step, notices=(*(f"urgent:{option}" for option in new), *heavy))

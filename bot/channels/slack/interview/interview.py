"""The interview in Slack, in one message of the direct messages.

Begun by a message to the app, `/keiei` or the shortcut. A tap changes the message in place; after
typed words it moves below them, so that there is one and it is where one looks.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.channels.slack.case_file.caller_details import DETAILS
from bot.channels.slack.interview import wording
from bot.channels.slack.interview.panel import CHOICE, draw_panel
from bot.channels.slack.knowledge.number_card import draw_number_buttons
from bot.channels.slack.ui.blocks import (
    DIVIDER,
    Json,
    actions,
    button,
    context,
    header,
    preformatted,
)
from bot.channels.slack.ui.mrkdwn import read_plain
from bot.channels.slack.web import calls
from bot.channels.slack.web.events import (
    BlockAction,
    Event,
    MessagePosted,
    Shortcut,
    SlashCommand,
    make_incoming,
)
from bot.channels.slack.web.responses import answer_command
from bot.clock import Clock, utc_now
from bot.interview.buttons import BACK, CORRECT, RESUME
from bot.interview.case_file import Reception, make_case_file, write_as_text
from bot.interview.prompts import prepend_text
from bot.interview.standing import open_question, replay_flow
from bot.interview.summary import answer_lines
from bot.interview.transfer_code import RANDOM_BYTES, new_code, written
from bot.model.business_hours import JAPAN
from bot.model.case_details import NO_DETAILS
from bot.model.conversation import Conversation
from bot.model.messages import Kind, Message, choice, typed
from bot.model.posts import PostReference
from bot.model.turn import Context, Turn
from bot.presentation.limits import cut
from bot.presentation.wording import say
from bot.runtime.advisor import Advisor
from bot.store import Delivery, Outgoing, Store, TurnResult
from bot.store.records import TransferCode
from flows.programme import Programme

COMMAND, SHORTCUT = "/keiei", "interview"
ORDER = "interview:order"
SUMMARY, HAND_OVER, RESTART = "interview:summary", "interview:hand_over", "interview:restart"

TEXT_TO_COPY = 9000
"""Characters of a summary, ten times the longest there is."""

CODE_LASTS = timedelta(hours=24)
"""Time in which a caller may use a hand-over code."""

BEGIN = Message(Kind.CHOICE, value=choice("", "do", "diagnose").value)
PAUSE = timedelta(minutes=30)
"""After so long without a word the next may be about another caller."""

GO_ON = Message(Kind.CHOICE, value=RESUME.value)
AGAIN = Message(Kind.CHOICE, value=choice("", "do", "restart").value)


class Interview:
    """Runs the interview that staff have with a caller.

    `advisor` is one without a desk, since staff are the desk; `name_of` names a user.
    """

    desk_only = False

    def __init__(
        self,
        store: Store,
        advisor: Advisor,
        deliver_now: Callable[[tuple[Delivery, ...]], None],
        name_of: Callable[[str], Awaitable[str]],
        clock: Clock = utc_now,
    ) -> None:
        self._store, self._advisor, self._deliver_now = store, advisor, deliver_now
        self._name_of, self._clock = name_of, clock

    def wants(self, event: Event) -> bool:
        """Tell whether an event begins an interview or belongs to one."""
        match event:
            case MessagePosted(direct=direct):
                return direct
            case SlashCommand(command=command):
                return command == COMMAND
            case Shortcut(callback=callback):
                return callback == SHORTCUT
            case BlockAction(action=action):
                return action.startswith((f"{CHOICE}:", "interview:"))
        return False

    async def handle(
        self, event: MessagePosted | SlashCommand | Shortcut | BlockAction
    ) -> Json | None:
        """Take the event as a step of the interview.

        A command is also answered where it was typed.
        """
        match event:
            case BlockAction(action="interview:summary"):
                by = await self._name_of(event.actor.user)
                await self._send_beside(event, lambda each, at: self._send_summary(each, at, by))
            case BlockAction(action="interview:hand_over"):
                await self._send_beside(event, self._offer_code)
            case BlockAction(action="interview:order"):
                await self._change_order(event)
            case BlockAction(action="interview:begin"):
                await self._take_turn(event, None, moves=True)
            case BlockAction():
                await self._handle_choice(event)
            case MessagePosted(text=text, files=files):
                message = Message(Kind.FILE) if files and not text else typed(read_plain(text))
                await self._take_turn(event, message, moves=True)
            case SlashCommand(text=text) if text.strip():
                await self._take_turn(event, typed(read_plain(text)), moves=True)
                return answer_command(wording.STARTED_IN_DM)
            case _:
                await self._take_turn(event, None, moves=True)
                return (
                    answer_command(wording.STARTED_IN_DM)
                    if isinstance(event, SlashCommand)
                    else None
                )
        return None

    async def _handle_choice(self, event: BlockAction) -> None:
        message = AGAIN if event.action == RESTART else Message(Kind.CHOICE, value=event.value)
        known = await self._store.records.find_post(PostReference.of_panel(event.actor.user))
        in_place = known is not None and known.ts == event.ts
        await self._take_turn(event, message, moves=not in_place)

    async def _take_turn(
        self,
        event: MessagePosted | SlashCommand | Shortcut | BlockAction,
        message: Message | None,
        *,
        moves: bool,
    ) -> None:
        """Answer in place, or in a new message below typed words.

        Without a message the interview is opened.
        """
        turn_of, now = make_incoming(event), self._clock()
        programme = self._advisor.programme

        def step(conversation: Conversation) -> TurnResult:
            said = message or _choose_opening(conversation, programme)
            turn = self._advisor.answer(conversation, said, now)
            if said == AGAIN:  # another caller
                turn = replace(turn, conversation=replace(turn.conversation, details=NO_DETAILS))
            if turn.conversation is conversation and not turn.replies:
                return TurnResult(None)  # they were asked to wait
            replies = prepend_text(
                _say_whose_answers(conversation, turn, now, opens=message is None), turn.replies
            )
            drawn = draw_panel(replies, _draw_tools(turn, programme))
            shown = show_panel(drawn, event.actor.user, moves=moves)
            return self._advisor.work(conversation, turn, turn_of, now, shown)

        self._deliver_now(await self._store.turn(turn_of, step, now) or ())

    async def _change_order(self, event: BlockAction) -> None:
        """Switch between the order for a telephone and the usual one.

        It stays so for the next caller.
        """
        now = self._clock()

        def step(conversation: Conversation) -> TurnResult:
            turned = replace(conversation, by_telephone=not conversation.by_telephone)
            turn = self._advisor.answer(turned, GO_ON, now)
            drawn = draw_panel(turn.replies, _draw_tools(turn, self._advisor.programme))
            shown = show_panel(drawn, event.actor.user, moves=False)
            return self._advisor.work(conversation, turn, make_incoming(event), now, shown)

        self._deliver_now(await self._store.turn(make_incoming(event), step, now) or ())

    async def _send_beside(
        self, event: BlockAction, made: Callable[[Conversation, Context], TurnResult]
    ) -> None:
        """Send a message beside the interview, which stays as it is."""
        now = self._clock()
        about = self._advisor.context(now)
        made_now = await self._store.turn(make_incoming(event), lambda each: made(each, about), now)
        self._deliver_now(made_now or ())

    def _send_summary(self, conversation: Conversation, about: Context, by: str) -> TurnResult:
        """Send the file of this caller.

        `by` names the staff member who speaks with them.
        """
        came = Reception(about.now, say("case_file.by_phone"), by)
        text = write_as_text(make_case_file(conversation, about, came))
        told = wording.SUMMARY_WITH_DETAILS if conversation.details else wording.SUMMARY_TO_COPY
        message = {
            "text": told,
            "blocks": [context(told), preformatted(cut(text, TEXT_TO_COPY))],
        }
        # Remembered, so that it goes when the answers are forgotten.
        name = PostReference.of_summary(_find_user(conversation), about.now)
        return TurnResult(
            None, (calls.post_message(message, _find_user(conversation), remember=name),)
        )

    def _offer_code(self, conversation: Conversation, about: Context) -> TurnResult:
        if not conversation.answers:
            message = {"text": wording.NOTHING_TO_HAND_OVER}
            return TurnResult(None, (calls.post_message(message, _find_user(conversation)),))
        code = new_code(secrets.token_bytes(RANDOM_BYTES))
        until = about.now + CODE_LASTS
        offered = TransferCode(code, conversation.flow, conversation.answers, until)
        said = calls.post_message(_draw_code(code), _find_user(conversation))
        return TurnResult(None, (said,), records=(offered,))


def _choose_opening(conversation: Conversation, programme: Programme) -> Message:
    """Go on with an interview, or begin another after a finished one."""
    stands = replay_flow(conversation, programme)
    finished = stands is not None and stands.question is None
    return AGAIN if finished else BEGIN


def _say_whose_answers(before: Conversation, turn: Turn, now: datetime, *, opens: bool) -> str:
    """Say of when the answers are, where another caller may be meant."""
    seen, goes_on = before.last_seen, before.answers and turn.conversation.answers
    if not (goes_on and seen and (opens or now - seen > PAUSE)):
        return ""
    return wording.say_resumed(seen.astimezone(JAPAN))


def _find_user(conversation: Conversation) -> str:
    return conversation.key.removeprefix(f"{calls.NAME}:")


def show_panel(message: Json, user: str, *, moves: bool) -> tuple[Outgoing, ...]:
    """Show the interview where it stands, or below everything written since."""
    name = PostReference.of_panel(user)
    if not moves:
        return (calls.update_message(message, name, channel=user),)
    # Slack takes one post a second: somebody who types faster sees the last panel only.
    return (replace(calls.move_below(message, name, channel=user), replaces=name),)


def _draw_tools(turn: Turn, programme: Programme) -> list[Json]:
    """Draw staff's tools, without those offered already."""
    conversation = turn.conversation
    if not conversation.answers:
        undo = [button(wording.BACK_BUTTON, f"{CHOICE}:back", BACK.value)]
        return actions([*(undo if conversation.earlier else ()), *_draw_order(turn, programme)])
    shown = {each.value for reply in turn.replies for each in reply.buttons}
    pressed = [
        button(CORRECT.label, f"{CHOICE}:correct", CORRECT.value),
        button(wording.DETAILS_BUTTON, DETAILS),
        button(wording.SUMMARY_BUTTON, SUMMARY),
        button(wording.HAND_OVER_BUTTON, HAND_OVER),
        *draw_number_buttons(conversation.answers, programme),
        *_draw_order(turn, programme),
        button(wording.RESTART_BUTTON, RESTART),
    ]
    offered = {f"{CHOICE}:correct": CORRECT.value, RESTART: AGAIN.value}
    tools = [each for each in pressed if offered.get(each["action_id"]) not in shown]
    return [DIVIDER, *_draw_so_far(conversation, programme), *actions(tools)]


def _draw_order(turn: Turn, programme: Programme) -> list[Json]:
    """Draw the button that changes the order, while questions are left."""
    conversation = turn.conversation
    is_open = open_question(conversation, programme) is not None
    if conversation.flow != programme.main or not is_open:
        return []
    by_telephone = conversation.by_telephone
    label = wording.USUAL_ORDER_BUTTON if by_telephone else wording.TELEPHONE_ORDER_BUTTON
    return [button(label, ORDER)]


def _draw_so_far(conversation: Conversation, programme: Programme) -> list[Json]:
    """Draw the answers given in small print while there is more to ask."""
    lines = answer_lines(conversation, programme) if open_question(conversation, programme) else []
    return [context(wording.list_answers(lines))] if lines else []


def _draw_code(code: str) -> Json:
    spoken = written(code)
    blocks = [
        header(f"{wording.CODE}　{spoken}"),
        context(wording.explain_code(spoken)),
    ]
    return {"text": f"{wording.CODE} {spoken}", "blocks": blocks}

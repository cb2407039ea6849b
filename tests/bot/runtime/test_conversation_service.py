"""What of a decision is kept, and what is decided again when its event comes again."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.handoff.refusals import Refused
from bot.model.conversation import Conversation
from bot.model.turn import Turn
from bot.runtime.advisor import Advisor
from bot.runtime.conversation_service import ConversationService, DecisionResult, SideEffects
from bot.store import Incoming, Outgoing, TurnResult
from bot.store.opening import open_store
from flows.keiei.programme import KEIEI
from knowledge import library

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
TOLD = Outgoing("slack", [{"method": "chat.postEphemeral"}])


@pytest.mark.parametrize("told", [(), (TOLD,)], ids=["nothing shown", "shown"])
def test_carry_out_refused_is_decided_again_unless_somebody_was_told(
    told: tuple[Outgoing, ...],
) -> None:
    answers = [Refused("まだ担当していません"), None]

    def decide(conversation: Conversation) -> Turn | Refused:
        return answers.pop(0) or Turn(conversation)

    async def scenario() -> list[DecisionResult]:
        store = open_store("sqlite:///:memory:", up_to_date=True)
        advisor = Advisor(library.load, KEIEI)
        service = ConversationService(store, advisor, dict, lambda _: None, lambda: NOW)
        effects = SideEffects(shown=lambda _, refused: told if refused else ())
        event = Incoming("press", "line:U1")
        try:
            await store.commit(Incoming("e0", "line:U1"), TurnResult(Conversation("line:U1")), NOW)
            return [await service.carry_out(event, decide, NOW, effects) for _ in range(3)]
        finally:
            await store.close()

    first, second, third = asyncio.run(scenario())
    assert first.refused
    assert second.again is bool(told)
    assert third.again
    assert bool(answers) is bool(told)

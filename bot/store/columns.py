"""Write words, lists and answers for the columns of every store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from bot.model.conversation import Conversation, from_dict, to_dict
from bot.store.records import QuestionList
from bot.store.sealing import Seal
from flows.flow import Answers


def to_json(content: object) -> str:
    """Write lists and mappings, numbers as keys included."""
    return orjson.dumps(content, option=orjson.OPT_NON_STR_KEYS).decode()


def seal_conversation(seal: Seal, conversation: Conversation) -> bytes:
    """Write a conversation as sealed JSON."""
    return seal.seal(orjson.dumps(to_dict(conversation)))


def unseal_conversation(seal: Seal, key: str, kept: bytes | None) -> Conversation:
    """Read a conversation, or a new one where none was kept.

    Raises StoreError when no key fits.
    """
    return from_dict(orjson.loads(seal.unseal(kept))) if kept else Conversation(key)


def unseal_answers(seal: Seal, kept: bytes) -> Answers:
    """Read sealed answers. Raises StoreError when no key fits."""
    answers = orjson.loads(seal.unseal(kept))
    return {name: tuple(options) for name, options in answers.items()}


def unseal_json(seal: Seal, kept: bytes) -> Mapping[str, Any]:
    """Read a sealed JSON object. Raises StoreError when no key fits."""
    content: Mapping[str, Any] = orjson.loads(seal.unseal(kept))
    return content


def read_question_list(
    reference: str, channel: str, groups: str, more: int, done: str
) -> QuestionList:
    """Read a list of unanswered questions from the columns of its row."""
    ids = tuple(map(tuple, orjson.loads(groups)))
    by_group = {int(group): what for group, what in orjson.loads(done).items()}
    return QuestionList(reference, channel, ids, more, by_group)


def write_as_shown(question: str) -> str:
    """Write a question, shortened if long, as part of kept JSON."""
    words = orjson.dumps({"text": question[:_SURELY_SHOWN]}).decode()
    return words[1:-1] if len(question) <= _SURELY_SHOWN else words[1:-2]


_SURELY_SHOWN = 140
"""Letters of a question that a list shows at any width."""

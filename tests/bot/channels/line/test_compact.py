"""Replies come back from the outbox as they were, and are drawn the same."""

import orjson

from bot.channels.line.compact import read_compact, write_compact
from bot.channels.line.drawing.render import messages
from tests.bot.channels.everything import everything


def test_everything_there_is_to_say_comes_back_as_it_was() -> None:
    turns = everything()
    assert any(reply.card for turn in turns for reply in turn)
    for replies in turns:
        again = read_compact(write_compact(replies))
        assert again == replies
    assert orjson.dumps(messages(again)) == orjson.dumps(messages(replies))


def test_what_is_kept_is_far_shorter_than_what_is_sent() -> None:
    sent = kept = 0
    for replies in everything():
        sent += len(orjson.dumps(messages(replies)))
        kept += len(write_compact(replies))
    assert kept < sent / 3

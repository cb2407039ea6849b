"""Judge a post on the staff's side whose delivery is gone."""

from __future__ import annotations

from dataclasses import replace

from bot.model.posts import PostReference
from bot.store import Delivery
from bot.store.records import FORGOTTEN, LIST, Post


def judge_unexpected(delivery: Delivery, post: Post, *, has_other: bool) -> Post:
    """Judge a post made while its delivery was deleted.

    `has_other` says that another of its name stands. Two processes may have made it, of which one
    was paused in the act: the second copy goes. Else its person was forgotten: its words go. A list
    is drawn again behind this, and stays.
    """
    if has_other:
        return replace(
            post, reference=PostReference.of_copy(post.channel, post.ts), key="", wiped=FORGOTTEN
        )
    if delivery.key.startswith(LIST):
        return post
    return replace(post, key="", wiped=FORGOTTEN)

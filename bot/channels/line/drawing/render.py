"""Draw the replies of one turn as LINE message objects.

A question is a bubble whose answers stay: quick replies vanish with the next message and do not
exist on a computer. The numbers in the bubble can be typed where nothing can be tapped, and its
altText holds question and numbers once more. Quick replies repeat the answers for the thumb, with
the ways out last, but not the items of the menu below the chat.

A verdict, a path and an office are bubbles one below the other, not a carousel: a carousel makes
all of them as tall as the longest (a verdict of ten lines in a path of sixty), hides all but one
behind a swipe that nobody is told of, and needs arrows on a computer. Below each other they read as
one letter, and LINE scrolls to the end of the last one, the telephone.

Pure: no SDK, no network, no clock. Limits: LINE Messaging API reference, each beside its name.
"""

from __future__ import annotations

import json
from typing import Any

import orjson

from bot.channels.line.drawing import flex, flex_parts
from bot.channels.line.drawing.sharing import draw_share_button, find_phone_line
from bot.interview.buttons import MENU_CHOICES
from bot.model.messages import Card, Choice, Reply, Speaker, Tone
from bot.presentation.limits import LINE, cut, split, utf16_units
from bot.presentation.wording import say

Json = dict[str, Any]

ALT_TEXT = 1500
"""UTF-16 units of the altText, shown in notification, chat list and quotation."""

BUBBLE_BYTES, CAROUSEL_BYTES, CAROUSEL_BUBBLES = 30_000, 50_000, 12
"""JSON bytes of a bubble and of a carousel, and its bubbles. Measured as ASCII."""

SENDER_NAME = 20
"""Characters of a sender's name ("Change icon and display name")."""

_LEAD = 600
"""UTF-16 units up to which a lead stands inside the bubble of its question."""

_PART_BYTES = 20_000
"""JSON bytes of one part of a divided card. Head and foot still fit beside them."""

_LOCATION: Json = {
    "type": "action",
    "action": {"type": "location", "label": say("channels.send_location")},
}


def messages(replies: tuple[Reply, ...], speaker: Speaker | None = None) -> list[Json]:
    """Write the replies of one turn as at most five message objects, in order.

    Quick replies stand on the last message alone, since LINE shows no others; numbers stand on
    the last reply that has buttons, since those are the numbers a typed one is read against.
    Nothing is left out, up to the 25,000 characters that five messages can hold.
    Parts below a message are shared between calls: to be sent, not to be changed.
    """
    with_buttons = [number for number, reply in enumerate(replies) if reply.buttons]
    asking = with_buttons[-1] if with_buttons else None
    shared = draw_share_button(replies)
    drawn = [
        _drawn(reply, shared, numbered=number == asking) for number, reply in enumerate(replies)
    ]
    found = _at_most_five(replies, drawn)
    if asking is not None and found and (chips := quick_replies(replies[asking])):
        found[-1]["quickReply"] = {"items": chips}
    if speaker:
        named = _sender(speaker)
        for message in found:
            message["sender"] = named
    return found


def _at_most_five(replies: tuple[Reply, ...], drawn: list[list[Json]]) -> list[Json]:
    """Merge messages down to LINE's five a call.

    When there are too many, all replies before the last become plain text.
    """
    found = [message for group in drawn for message in group]
    if len(found) <= LINE.replies:
        return found
    last = drawn[-1][-LINE.replies :]
    before = "\n\n".join(reply.text for reply in replies[:-1] if reply.text.strip())
    return [*_texts(before)[: LINE.replies - len(last)], *last]


def _sender(speaker: Speaker) -> Json:
    icon = {"iconUrl": speaker.icon_url} if speaker.icon_url else {}
    return {"name": cut(speaker.name, SENDER_NAME), **icon}


# --- one reply ----------------------------------------------------------------------------------


def _drawn(reply: Reply, shared: Json | None, *, numbered: bool) -> list[Json]:
    if reply.card:
        return _card(reply, reply.card, shared, numbered=numbered)
    if reply.buttons:
        return _question(reply, numbered=numbered)
    return _quoting(_texts(reply.text), reply.quote)


def _quoting(texts: list[Json], quote: str) -> list[Json]:
    """Make the first text quote the message it answers.

    LINE takes a quote token only in the same chat, and it never expires ("Get quote tokens").
    """
    return [texts[0] | {"quoteToken": quote}, *texts[1:]] if quote and texts else texts


def _texts(words: str) -> list[Json]:
    return [{"type": "text", "text": part} for part in split(words, LINE.text)]


def _question(reply: Reply, *, numbered: bool) -> list[Json]:
    said, asked, hint = _parts(reply)
    before = []
    if utf16_units(said) > _LEAD:
        before, said = _texts(said), ""
    if utf16_units(asked) > _LEAD:
        before, asked = [*before, *_texts(asked)], say("answers.pick")
    first = 1 if numbered else None
    bubble = flex.question(
        [
            *([flex.progress_bar(reply.progress)] if reply.progress else []),
            *([flex_parts.column(flex_parts.paragraph(said), margin="md")] if said else []),
            flex_parts.column(_emphasised(asked, asks=bool(reply.choices)), margin="md"),
            *(
                [flex_parts.text(hint, size="sm", color=flex_parts.SOFT, margin="sm")]
                if hint
                else []
            ),
        ],
        flex.rows(reply.choices, first),
        flex.ways_out(reply.controls, first and first + len(reply.choices)),
    )
    whole = f"{reply.text}\n\n{_numbers(reply)}".strip()
    return [*before, _flex(whole, bubble)] if _fits(bubble, BUBBLE_BYTES) else _texts(whole)


def _emphasised(asked: str, *, asks: bool) -> list[Json]:
    """Set the first line of a question in bold.

    Lines that follow it stay plain, and so does a reply that asks nothing.
    """
    if not asks:
        return flex_parts.paragraph(asked)
    first, _, rest = asked.partition("\n")
    return [*flex_parts.paragraph(first, weight="bold"), *flex_parts.paragraph(rest)]


def _parts(reply: Reply) -> tuple[str, str, str]:
    """Split a reply into its lead, question and hint.

    Lead and hint may be empty. The question begins at the mark of its progress, else with the last
    paragraph. Its hint is a last line in brackets.
    """
    mark = f"【{reply.progress.position}/{reply.progress.total}】" if reply.progress else "\n\n"
    said, _, asked = reply.text.strip().rpartition(mark)
    head, _, hint = asked.strip().rpartition("\n")
    if head and hint.startswith("（") and hint.endswith("）"):
        return said.strip(), head, hint
    return said.strip(), asked.strip(), ""


def _numbers(reply: Reply) -> str:
    return "\n".join(f"{number}. {each.label}" for number, each in enumerate(reply.buttons, 1))


def _flex(alt_text: str, contents: Json) -> Json:
    return {"type": "flex", "altText": cut(alt_text, ALT_TEXT), "contents": contents}


def quick_replies(reply: Reply) -> list[Json]:
    """List at most 13 quick replies, with the ways out last.

    The location comes first where a place is asked, then the answers.
    """
    answers = [] if reply.choices == MENU_CHOICES else [_chip(each) for each in reply.choices]
    if reply.place:
        answers.insert(0, _LOCATION)
    ways_out = [_chip(control) for control in reply.controls[: LINE.buttons]]
    return [*answers[: LINE.buttons - len(ways_out)], *ways_out]


def _chip(choice: Choice) -> Json:
    return {"type": "action", "action": flex_parts.postback(choice, LINE.label)}


# --- cards --------------------------------------------------------------------------------------


def _card(reply: Reply, card: Card, shared: Json | None, *, numbered: bool) -> list[Json]:
    first = 1 if numbered else None
    buttons = [
        *flex.rows(reply.choices, first, paired=True),
        *flex.ways_out(reply.controls, first and first + len(reply.choices)),
    ]
    foot = flex.card_foot(card, shared if card.links else None, buttons)
    head, body = flex.card_head(card), flex.card_body(card)
    alt_text = _card_alt_text(reply, card)
    hero = flex.card_hero(card)
    bubble = (
        flex.bubble(body, head, foot, card.tone, hero) if body else flex.bubble(head, foot=foot)
    )
    if _fits(bubble, BUBBLE_BYTES):
        return [_flex(alt_text, bubble)]
    carousel = _divide_blocks(card.tone, head, body, foot)
    if _is_sendable(carousel):
        return [_flex(alt_text, carousel)]
    rest = Reply(say("answers.pick"), reply.choices, reply.controls)
    return [*_texts(reply.text), *(_question(rest, numbered=numbered) if reply.buttons else [])]


def _is_sendable(carousel: Json) -> bool:
    bubbles = carousel["contents"]
    fit = all(_fits(bubble, BUBBLE_BYTES) for bubble in bubbles)
    return fit and len(bubbles) <= CAROUSEL_BUBBLES and _fits(carousel, CAROUSEL_BYTES)


def _divide_blocks(tone: Tone, head: list[Json], body: list[Json], foot: list[Json]) -> Json:
    """Divide a long card into a carousel.

    Each bubble has the title, the last one the buttons.
    """
    parts: list[list[Json]] = [[]]
    room = _PART_BYTES
    for component in body:
        need = size(component)
        if parts[-1] and need > room:
            parts.append([])
            room = _PART_BYTES
        parts[-1].append(component)
        room -= need
    last = len(parts) - 1
    bubbles = [
        flex.bubble(part, head, foot if number == last else None, tone)
        for number, part in enumerate(parts)
    ]
    return {"type": "carousel", "contents": bubbles}


def _card_alt_text(reply: Reply, card: Card) -> str:
    """Write the card's altText with title, telephone and date first.

    A notification shows the first words only.
    """
    phone = find_phone_line(card)
    first = (
        say("channels.phone_in_notification", title=card.title, phone=phone)
        if phone
        else card.title
    )
    rest = reply.text.removeprefix(f"■ {card.title}").strip()
    return "\n".join(filter(None, (first, rest, _numbers(reply))))


# --- measuring ----------------------------------------------------------------------------------


def size(value: Json) -> int:
    """Measure a value in bytes of ASCII-only JSON, as the SDK writes it."""
    return len(json.dumps(value))


def _fits(value: Json, most: int) -> bool:
    """Tell whether a value's JSON is short enough.

    An estimate that is never too low comes first. A character of two, three or four bytes in UTF-8
    takes six, six or twelve when it is escaped, and a space follows each comma and colon.
    """
    utf8 = orjson.dumps(value)
    characters = len(utf8.decode())
    spaces = utf8.count(b",") + utf8.count(b":")
    return characters + spaces + 5 * (len(utf8) - characters) <= most or size(value) <= most

"""What holds for every card an owner can be shown, whatever they have answered."""

import re
from collections.abc import Iterable, Iterator

import pytest

from bot.dialogue.faq.questions import entry_text
from bot.model.messages import Card, Link, LinkKind, Reply
from bot.presentation.cards.contact import is_trusted
from knowledge.place_names.places import PREFECTURES
from tests.bot.channels.everything import CONTEXT
from tests.bot.every_card import PLACES, details, first_cards, office_cards, trouble_cards

NESTED = re.compile(r"[（(][^（）()]*[（(]")
ADDRESS = re.compile(r"https?://|www\.|\.(?:go|or|co)\.jp")
DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


@pytest.fixture(scope="module")
def every() -> tuple[Card, ...]:
    here = PLACES[:1]
    found = (*first_cards(here, (CONTEXT,)), *details(here), *office_cards(), *trouble_cards())
    return cards_of(found)


def cards_of(replies: Iterable[Reply]) -> tuple[Card, ...]:
    return tuple(dict.fromkeys(reply.card for reply in replies if reply.card))


def lines(card: Card) -> Iterator[str]:
    yield from (card.title, card.subtitle)
    for section in card.sections:
        yield from (section.heading, *section.lines)


def links(card: Card) -> tuple[Link, ...]:
    return card.links


def test_there_are_cards_of_every_kind(every: tuple[Card, ...]) -> None:
    assert len(every) > 200


def test_no_line_of_a_card_has_brackets_in_brackets(every: tuple[Card, ...]) -> None:
    assert {line for card in every for line in lines(card) if NESTED.search(line)} == set()


def test_no_answer_of_the_faq_has_brackets_in_brackets() -> None:
    texts = (entry_text(entry, CONTEXT.library) for entry in CONTEXT.library.faq.entries)
    assert {line for text in texts for line in text.splitlines() if NESTED.search(line)} == set()


def test_no_card_shows_a_raw_address(every: tuple[Card, ...]) -> None:
    shown = {line for card in every for line in lines(card)}
    shown |= {link.label for card in every for link in links(card)}
    assert {line for line in shown if ADDRESS.search(line)} == set()


def test_no_line_says_a_date_twice(every: tuple[Card, ...]) -> None:
    for card in every:
        for line in lines(card):
            dates = DATE.findall(line)
            assert len(dates) == len(set(dates)), line


def test_a_link_is_a_name_and_no_sentence(every: tuple[Card, ...]) -> None:
    labels = {link.label for card in every for link in links(card)}
    assert {label for label in labels if label.endswith(("。", "です", "ます"))} == set()


def test_no_number_of_2015_can_be_tapped(every: tuple[Card, ...]) -> None:
    centers = CONTEXT.library.directory.centers
    printed = {center.leaflet.phone for center in centers}
    stands = {phone.number for center in centers for phone in center.phones if is_trusted(phone)}
    tapped = {link.target for card in every for link in links(card) if link.kind is LinkKind.CALL}
    assert tapped & (printed - stands) == set()


def test_no_office_card_cites_a_page_of_another_prefecture() -> None:
    for card in cards_of(office_cards()):
        named = {name for name in PREFECTURES.values() if name in "".join(lines(card))}
        assert len(named) <= 1, card

"""What is made of one message's words is made once, and forgotten with it."""

import pytest

from knowledge.made_once import MOST, made_once, one_message


class Maker:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    @made_once
    def make(self, text: str) -> str | None:
        """Note the text, and make nothing of an empty one."""
        self.asked.append(text)
        return text.upper() or None


@pytest.fixture
def maker() -> Maker:
    """A maker that was not asked yet."""
    return Maker()


def test_made_once_within_a_message_makes_the_same_once(maker: Maker) -> None:
    with one_message():
        made = [maker.make(text) for text in ("a", "b", "a", "", "")]
    assert made == ["A", "B", "A", None, None]
    assert maker.asked == ["a", "b", ""]


def test_made_once_in_the_next_message_makes_it_again(maker: Maker) -> None:
    for _ in range(2):
        with one_message():
            maker.make("a")
    assert maker.asked == ["a", "a"]


def test_made_once_outside_of_a_message_keeps_nothing(maker: Maker) -> None:
    maker.make("a")
    maker.make("a")
    assert maker.asked == ["a", "a"]


def test_made_once_after_an_error_keeps_nothing(maker: Maker) -> None:
    def break_off() -> None:
        with one_message():
            maker.make("a")
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        break_off()
    maker.make("a")
    assert maker.asked == ["a", "a"]


def test_one_message_within_another_goes_on_with_what_was_made(maker: Maker) -> None:
    with one_message():
        maker.make("a")
        with one_message():
            maker.make("a")
        maker.make("a")
    assert maker.asked == ["a"]


def test_made_once_of_more_than_is_kept_makes_the_rest_again(maker: Maker) -> None:
    texts = [str(number) for number in range(MOST + 1)]
    with one_message():
        made = [maker.make(text) for text in (*texts, *texts)]
    assert made == [*texts, *texts]
    assert maker.asked == [*texts, texts[-1]]


def test_made_once_of_two_makers_keeps_them_apart(maker: Maker) -> None:
    other = Maker()
    with one_message():
        maker.make("a")
        other.make("a")
    assert (maker.asked, other.asked) == (["a"], ["a"])

"""What the scorers look at."""

from knowledge.faq.matching.views import view


def test_view_grams_of_repeated_letters_stand_once_in_their_order() -> None:
    """Sums over a set differ in their last digit from process to process, and with them a tie."""
    assert view("ああい").grams == ("あ", "い", "ああ", "あい", "ああい")

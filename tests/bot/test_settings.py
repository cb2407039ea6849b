"""Settings: everything wrong is named at once, and no secret is repeated."""

import pytest

from bot.settings import LineSettings, Settings, SettingsError, from_environment


def test_nothing_set_is_a_bot_that_can_be_tried() -> None:
    assert from_environment({}) == Settings()


def test_line_is_on_when_both_halves_are_there() -> None:
    settings = from_environment(
        {"LINE_CHANNEL_SECRET": "s", "LINE_CHANNEL_ACCESS_TOKEN": "t", "LINE_API_BASE": "http://x/"}
    )
    assert settings.line == LineSettings("s", "t", "http://x")


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"LINE_CHANNEL_SECRET": "s"}, "LINE_CHANNEL_ACCESS_TOKEN"),
        ({"LINE_CHANNEL_ACCESS_TOKEN": "t"}, "LINE_CHANNEL_SECRET"),
    ],
)
def test_half_of_line_is_an_error_that_names_the_other_half(
    given: dict[str, str], missing: str
) -> None:
    with pytest.raises(SettingsError, match=f"{missing}: missing"):
        from_environment(given)


def test_everything_wrong_is_named_at_once_and_no_password_is_repeated() -> None:
    wrong = {
        "DATABASE_URL": "mysql://user:password@host",
        "RETENTION_DAYS": "0",
        "PORT": "eighty",
        "LOG_LEVEL": "loud",
        "LOG_FORMAT": "poem",
        "LINE_CHANNEL_SECRET": "s",
        "LINE_API_BASE": "line.me",
    }
    with pytest.raises(SettingsError) as caught:
        from_environment(wrong)
    message = str(caught.value)
    expected = (set(wrong) - {"LINE_CHANNEL_SECRET"}) | {"LINE_CHANNEL_ACCESS_TOKEN"}
    assert all(name in message for name in expected), message
    assert "password" not in message

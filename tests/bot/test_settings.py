"""Faults of the settings are named all at once, and no secret is repeated."""

import base64

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


@pytest.mark.parametrize("url", ["sqlite:///navi.db", "postgresql://navi:himitsu@db/navi"])
def test_a_store_of_either_kind_is_read_as_it_is(url: str) -> None:
    assert from_environment({"DATABASE_URL": url}).database_url == url


@pytest.mark.parametrize("address", ["http://[::1", "http://", "http://x:port", "ftp://x"])
def test_an_address_that_is_none_is_a_problem(address: str) -> None:
    line = {"LINE_CHANNEL_SECRET": "s", "LINE_CHANNEL_ACCESS_TOKEN": "t"}
    with pytest.raises(SettingsError, match="LINE_API_BASE"):
        from_environment({**line, "LINE_API_BASE": address})


def test_keys_are_read_in_either_alphabet_the_new_one_first() -> None:
    first, second = b"\xfb" * 32, b"\x00" * 32
    given = f"{base64.b64encode(first).decode()}, {base64.urlsafe_b64encode(second).decode()}"
    assert from_environment({"DATA_KEY": given}).data_keys == (first, second)
    url_safe = base64.urlsafe_b64encode(first).decode()
    assert from_environment({"DATA_KEY": url_safe}).data_keys == (first,)


@pytest.mark.parametrize("key", ["secret", "A" * 43, "A" * 43 + "=,", "鍵", ",", "AA=="])
def test_a_key_that_is_none_is_a_problem_and_is_not_repeated(key: str) -> None:
    with pytest.raises(SettingsError, match="DATA_KEY: expected keys of 32 bytes") as caught:
        from_environment({"DATA_KEY": key})
    assert key not in str(caught.value).replace("base64, sep", "")


@pytest.mark.parametrize("token", ["to ken", "to\nken", "to\tken", "トークン"])
def test_a_token_that_was_copied_badly_is_a_problem_and_is_not_repeated(token: str) -> None:
    with pytest.raises(SettingsError, match="LINE_CHANNEL_ACCESS_TOKEN") as caught:
        from_environment({"LINE_CHANNEL_SECRET": "s", "LINE_CHANNEL_ACCESS_TOKEN": token})
    assert token not in str(caught.value)

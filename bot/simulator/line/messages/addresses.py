"""Check the addresses of taps and of media."""

from __future__ import annotations

from bot.simulator.common.shapes import text

_CHARACTER = r"(?:[!#$&-;=?-\[\]_a-zA-Z~]|%[0-9A-Fa-f]{2})"
_URI = (
    rf"(?:(?i:https?)://(?![/?#]){_CHARACTER}+|(?i:line)://{_CHARACTER}+|(?i:tel):[0-9+*#().;=-]+)"
)

URI = text(1000, like=_URI, says="invalid uri")
"""Address that a tap opens.

http, https, line or tel, percent-encoded, at most 1,000.

Source: https://developers.line.biz/en/reference/messaging-api/#uri-action
"""

HTTPS = text(2000, like=rf"(?i:https)://(?![/?#]){_CHARACTER}+", says="must be a valid HTTPS URL")
"""Address of a picture, film or sound.

HTTPS only, percent-encoded, at most 2,000.

Source: https://developers.line.biz/en/reference/messaging-api/#url-encoding
"""

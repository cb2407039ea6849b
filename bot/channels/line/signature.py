"""Check LINE's signature, an HMAC-SHA256 of the raw body.

It is checked before anything is parsed.

Source: LINE Developers, "Verify webhook signature". The official test vector is in the tests.
"""

from __future__ import annotations

import base64
import hmac
import re


def sign(body: bytes, channel_secret: str) -> str:
    """Compute the signature LINE sends with this body."""
    digest = hmac.digest(channel_secret.encode(), body, "sha256")
    return base64.b64encode(digest).decode()


_FORM = re.compile("[A-Za-z0-9+/]{43}=")
"""Base64 of the 32 bytes of HMAC-SHA256."""


def is_signature(given: str | None) -> bool:
    """Tell whether a header looks like a LINE signature.

    A request without one is refused before its body is read.
    """
    return bool(given and _FORM.fullmatch(given))


def is_signed(body: bytes, signature: str | None, channel_secret: str) -> bool:
    """Tell whether the body was signed with the channel's secret.

    The comparison takes constant time.
    """
    given = (signature or "").encode("utf-8", "replace")
    return hmac.compare_digest(sign(body, channel_secret).encode(), given)

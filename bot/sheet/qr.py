"""The code that opens a sheet's page."""

from __future__ import annotations

import io

import segno

from bot.presentation.wording import say


def qr_code(address: str) -> str:
    """Draw the code of an address, as SVG."""
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(
        drawn, kind="svg", xmldecl=False, omitsize=True, border=2, title=say("sheet.qr_title")
    )
    return drawn.getvalue().decode().strip()

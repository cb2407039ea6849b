"""Draw the pictures of LINE's rich menus, beside `bot/channels/line/account/rich_menu.py`, from their areas.

Needs, at drawing time only: `.venv/bin/pip install resvg-py==0.5.0`, which draws an SVG without
looking at the machine, and Noto Sans CJK (`apt-get install fonts-noto-cjk`). The same versions give
the same bytes. Run `.venv/bin/python scripts/draw_rich_menu.py`, look at the pictures, check them in;
`python -m bot line setup` puts them up.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

from bot.channels.line.account.rich_menu import MENUS, WIDTH, Area, RichMenu

FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc")
FONT_FAMILY = "Noto Sans CJK JP"
MOST_BYTES = 1_000_000

GROUND, PANEL, EDGE = "#F6E9D2", "#FFFDF8", "#E3CFA8"
INK, GREEN, CLAY = "#1F2A27", "#1B5E50", "#A0452A"
TYPE = 102
"""Pixels of the labels, 15 on a phone that shows the menu 375 wide."""

GAP, ROUND = 22, 48

# Each pictogram is drawn in a square of 300 with its own strokes; {ink} is its colour, {paper} the
# colour behind it.
PICTOGRAMS = {
    "診断する": """
        <rect x="50" y="44" width="200" height="232" rx="20" fill="none"/>
        <rect x="104" y="20" width="92" height="48" rx="14" fill="{ink}"/>
        <path d="M84 120l18 18 30-34M84 204l18 18 30-34" fill="none"/>
        <path d="M158 124h58M158 208h58" fill="none"/>""",
    "使えるか調べる": """
        <circle cx="128" cy="126" r="96" fill="none"/>
        <path d="M198 198l76 76" fill="none" stroke-width="30"/>
        <path d="M84 130l32 32 58-66" fill="none"/>""",
    "質問する": """
        <path d="M56 40h188a28 28 0 0 1 28 28v116a28 28 0 0 1-28 28h-78l-66 60v-60H56a28 28 0 0 1
                 -28-28V68a28 28 0 0 1 28-28z" fill="none"/>
        <path d="M114 100c0-24 16-36 36-36s36 14 36 34c0 30-36 28-36 56" fill="none"/>
        <circle cx="150" cy="184" r="11" fill="{ink}" stroke="none"/>""",
    "窓口を探す": """
        <path d="M150 24c-56 0-98 42-98 96 0 70 98 160 98 160s98-90 98-160c0-54-42-96-98-96z"
              fill="none"/>
        <circle cx="150" cy="120" r="40" fill="{ink}" stroke="none"/>""",
    "人と話す": """
        <circle cx="104" cy="112" r="52" fill="{ink}" stroke="none"/>
        <path d="M16 276c0-62 38-96 88-96s88 34 88 96z" fill="{ink}" stroke="none"/>
        <path d="M196 24h70a22 22 0 0 1 22 22v62a22 22 0 0 1-22 22h-22l-36 34v-34h-12a22 22 0 0 1
                 -22-22V46a22 22 0 0 1 22-22z" fill="{paper}"/>
        <path d="M206 77h51" fill="none" stroke-width="15" stroke-dasharray="0.1 25"/>""",
    "使い方": """
        <path d="M150 74c-30-26-72-34-126-34v196c54 0 96 8 126 34 30-26 72-34 126-34V40c-54 0-96 8
                 -126 34z" fill="none"/>
        <path d="M150 78v186" fill="none"/>
        <path d="M64 100c18 2 34 6 48 12M64 154c18 2 34 6 48 12M236 100c-18 2-34 6-48 12M236 154c-18
                 2-34 6-48 12" fill="none" stroke-width="14"/>""",
    "結果を見る": """
        <rect x="50" y="44" width="200" height="232" rx="20" fill="none"/>
        <rect x="104" y="20" width="92" height="48" rx="14" fill="{ink}"/>
        <path d="M94 164l40 40 72-84" fill="none" stroke-width="26"/>""",
    "相談員に書く": """
        <circle cx="104" cy="112" r="52" fill="{ink}" stroke="none"/>
        <path d="M16 276c0-62 38-96 88-96s88 34 88 96z" fill="{ink}" stroke="none"/>
        <path d="M196 150l-12 46 46-12 58-58a24 24 0 0 0-34-34z" fill="{paper}"/>""",
    "電話の窓口": """
        <path d="M92 30l44 70-34 34c14 34 30 50 64 64l34-34 70 44c-4 34-28 62-64 62C116 266 34 184 30
                 94c0-36 28-60 62-64z" fill="none"/>""",
}

_FIRST = (GREEN, "#FFFFFF", "#FFFFFF")
PAINTED = {"診断する": _FIRST, "相談員に書く": _FIRST, "人と話す": (PANEL, CLAY, INK)}
"""Panel, pictogram and label of the start and the person, which stand out."""


def panel(area: Area) -> str:
    """Draw one area as a panel with its pictogram above its label."""
    name = area.choice.label
    paper, ink, words = PAINTED.get(name, (PANEL, GREEN, INK))
    middle = area.left + area.width / 2
    picture = PICTOGRAMS[name].format(ink=ink, paper=paper)
    return f"""
        <rect x="{area.left + GAP}" y="{area.top + GAP}" width="{area.width - 2 * GAP}"
              height="{area.height - 2 * GAP}" rx="{ROUND}" fill="{paper}" stroke="{EDGE}"
              stroke-width="4"/>
        <g transform="translate({middle - 165} {area.top + 150}) scale(1.1)" stroke="{ink}"
           stroke-width="20" stroke-linecap="round" stroke-linejoin="round">{picture}</g>
        <text x="{middle}" y="{area.top + 680}" font-family="{FONT_FAMILY}" font-weight="bold"
              font-size="{TYPE}" text-anchor="middle" fill="{words}">{name}</text>"""


def draw_menu(menu: RichMenu) -> str:
    """Draw the whole picture of a menu as SVG."""
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{menu.height}">
        <rect width="{WIDTH}" height="{menu.height}" fill="{GROUND}"/>
        {"".join(map(panel, menu.areas))}</svg>"""


def main() -> int:
    """Draw and write the pictures, or say what is missing."""
    try:
        resvg = importlib.import_module("resvg_py")
    except ModuleNotFoundError:
        print("resvg-py is missing: .venv/bin/pip install resvg-py==0.5.0", file=sys.stderr)
        return 1
    if not FONT.exists():
        print(f"{FONT} is missing: apt-get install fonts-noto-cjk", file=sys.stderr)
        return 1
    return max(write_picture(resvg, each) for each in MENUS)


def write_picture(resvg: ModuleType, menu: RichMenu) -> int:
    """Write the picture of one menu, or return 1 when LINE would refuse it."""
    image = bytes(
        resvg.svg_to_bytes(
            svg_string=draw_menu(menu), skip_system_fonts=True, font_files=[str(FONT)], width=WIDTH
        )
    )
    if len(image) > MOST_BYTES:
        print(f"{len(image)} bytes; LINE takes at most {MOST_BYTES}", file=sys.stderr)
        return 1
    menu.image.write_bytes(image)
    print(f"{menu.image.name}: {len(image)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Set a sheet as a page without scripts or foreign pictures.

It is readable on a phone, and prints well.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.resources import files
from itertools import groupby
from urllib.parse import quote

from bot.presentation.wording import say
from bot.sheet.qr import qr_code
from bot.sheet.sheet import Cited, Form, Line, Part, Sheet
from bot.sheet.text import made_on

SHARE = "https://line.me/R/share?text="
"""Opens LINE's own choice of friends on a phone ("LINE URL scheme")."""


@cache
def style() -> str:
    """Read the style sheet, which stands within the page."""
    return files("bot.sheet").joinpath("page.css").read_text("utf-8")


@cache
def policy() -> str:
    """Write the page's policy, which allows its own style and no frames."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


def as_page(sheet: Sheet, address: str, *, has_pdf: bool) -> str:
    """Write the page of a sheet that is found at this address."""
    body = "".join(
        (
            _header(sheet, address, has_pdf=has_pdf),
            *(_section(part, sheet) for part in sheet.parts),
            _sources(sheet),
            _footer(address),
        )
    )
    return _document(say("sheet.title"), body)


def as_notice(title: str, words: str) -> str:
    """Write a page that says one thing."""
    return _document(title, f"<h1>{escape(title)}</h1><p>{escape(words)}</p>")


def _document(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="ja"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex, nofollow, noarchive">'
        '<meta name="format-detection" content="telephone=no">'
        f"<title>{escape(title)}</title><style>{style()}</style></head>"
        f"<body><main>{body}</main></body></html>"
    )


def _header(sheet: Sheet, address: str, *, has_pdf: bool) -> str:
    shared = quote(f"{say('sheet.shared')}\n{address}", safe="")
    pdf = f'<a href="{escape(address)}.pdf">{say("sheet.open_pdf")}</a>' if has_pdf else ""
    return (
        f"<header><h1>{say('sheet.title')}</h1>"
        f'<p class="name">{say("sheet.name")}</p>'
        f'<p class="about">{say("sheet.intro")}<br>{made_on(sheet.made_on)}</p>'
        f'<p class="about screen">{say("sheet.ticks_about")}</p>'
        f'<p class="ways">{pdf}<a href="{SHARE}{shared}">{say("sheet.share")}</a></p></header>'
    )


def _section(part: Part, sheet: Sheet) -> str:
    heading = f'<h2 id="{part.id}">{escape(part.heading)}{_numbers(part.cites, sheet)}</h2>'
    # Drawings are ours: made of escaped words, with no style sheet and no script.
    drawings = "".join(f"<figure>{each}</figure>" for each in part.drawings)
    lines = "".join(_SET[part.form](part, sheet)) + _trace(part)
    return f'<section class="{part.id}" aria-labelledby="{part.id}">{heading}{drawings}{lines}</section>'


def _trace(part: Part) -> str:
    """Link a computed result to the figures it comes from."""
    if not part.id.startswith("figure-"):
        return ""
    return f'<p class="screen"><a href="#figures">{say("sheet.trace")}</a></p>'


def _facts(part: Part, sheet: Sheet) -> Iterator[str]:
    yield "<dl>"
    for label, lines in groupby(part.lines, key=lambda each: each.label):
        yield f"<dt>{escape(label)}</dt>"
        yield from (f"<dd>{_write_line(line, sheet)}</dd>" for line in lines)
    yield "</dl>"


def _lines(part: Part, sheet: Sheet) -> Iterator[str]:
    yield '<ul class="lines">'
    for line in part.lines:
        yield f"<li>{_label(line)}{_write_line(line, sheet)}</li>"
    yield "</ul>"


def _boxes(part: Part, sheet: Sheet) -> Iterator[str]:
    yield "<ul>"
    for line in part.lines:
        ticked = " checked" if line.ticked else ""
        box = f'<input type="checkbox" autocomplete="off"{ticked}>'
        yield f"<li><label>{box}<span>{_label(line)}{_write_line(line, sheet)}</span></label></li>"
    yield "</ul>"


def _write_questions(part: Part, sheet: Sheet) -> Iterator[str]:
    yield '<ol class="asked">'
    for line in part.lines:
        yield f'<li><span>{_write_line(line, sheet)}</span><span class="answer"></span></li>'
    yield "</ol>"


def _room(_: Part, __: Sheet) -> Iterator[str]:
    yield '<div class="room"></div>'


_SET = {
    Form.FACTS: _facts,
    Form.LINES: _lines,
    Form.BOXES: _boxes,
    Form.ASKED: _write_questions,
    Form.ROOM: _room,
}


def _label(line: Line) -> str:
    return f"<strong>{escape(line.label)}</strong>　" if line.label else ""


def _write_line(line: Line, sheet: Sheet) -> str:
    words = escape(line.text)
    linked = f'<a href="{escape(line.link)}" rel="noreferrer">{words}</a>' if line.link else words
    return linked + _numbers(line.cites, sheet)


def _numbers(cites: tuple[str, ...], sheet: Sheet) -> str:
    """Write the numbers of sources, each with a link to its source."""
    links = (
        f'<a href="#source-{number}" aria-label="{say("sheet.source_label", number=number)}">'
        f"[{number}]</a>"
        for number in sheet.numbers(cites)
    )
    found = "".join(links)
    return f"<sup>{found}</sup>" if found else ""


def _sources(sheet: Sheet) -> str:
    lines = (
        f'<li id="source-{number}">{_source(number, each)}</li>'
        for number, each in enumerate(sheet.sources, start=1)
    )
    return (
        f'<section aria-labelledby="sources"><h2 id="sources">{say("sheet.sources_heading")}</h2>'
        f'<ol class="sources">{"".join(lines)}</ol></section>'
    )


def _source(number: int, source: Cited) -> str:
    words = escape(say("sheet.source", number=number, what=source.what, date=source.date))
    if not source.url.startswith(("https://", "http://")):
        return words
    return f'<a href="{escape(source.url)}" rel="noreferrer">{words}</a>'


def _footer(address: str) -> str:
    return (
        f"<footer>{qr_code(address)}"
        f"<p>{say('sheet.estimate')}<br>{say('sheet.qr_about')}</p></footer>"
    )

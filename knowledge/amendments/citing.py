"""Find or make the source of a fact that staff know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from knowledge.sources import Source

CALLED = "窓口のスタッフが電話で確認"
KNOWN = "窓口のスタッフが確認"
READ = "窓口のスタッフが確認したページ"

_ADDRESS = re.compile(r"https?://[^\s　<>「」（）()、。]+")
"""A web address up to a blank or a Japanese mark."""

_NUMBER = re.compile(r"S(\d{2,4})")
"""The id of a source."""

_PUBLIC = (".go.jp", ".lg.jp")
"""Domains only public bodies can have (JPRS, kinds of JP domain names)."""


def cite(
    known: Mapping[str, Source], where: str, on: str, *, unsaid: str, own_site: str | None = None
) -> Source:
    """Find or make the source of a fact staff read or heard.

    They did so at `where` on the day `on`. `where` holds an address, words or both; when it is
    empty the source is `unsaid`. A known page is found again, and so is a source made before for
    the same place and day. `own_site` is that of the office itself, whose word is ``primary``.
    """
    source = _source(where, on, unsaid, own_site)
    for each in known.values():
        same_page = bool(source.url) and each.url == source.url
        if same_page or _content(each) == _content(source):
            return each
    return replace(source, id=_next_id(known))


def _source(where: str, on: str, unsaid: str, own_site: str | None) -> Source:
    found = _ADDRESS.search(where)
    if not found:
        # Staff who call the office hear it from the office itself.
        grade = "primary" if not where and unsaid == CALLED else "secondary"
        return Source("", "", on, f"{KNOWN}（{where}）" if where else unsaid, grade)
    url = found.group()
    words = _ADDRESS.sub(" ", where).strip(" 　・:：、（）()")
    host = _host(url)
    is_primary = host.endswith(_PUBLIC) or (bool(host) and host == _host(own_site or ""))
    what = words or f"{READ}（{host or url}）"
    return Source("", url, f"日付なし({on}に確認)", what, "primary" if is_primary else "secondary")


def _content(source: Source) -> tuple[str, str, str, str]:
    return source.url, source.date, source.what, source.grade


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # such as http://[::1
        return ""


def _next_id(known: Mapping[str, Source]) -> str:
    numbers = [int(match[1]) for each in known if (match := _NUMBER.fullmatch(each))]
    return f"S{max(numbers, default=0) + 1:02}"

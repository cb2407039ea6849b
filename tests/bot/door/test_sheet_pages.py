"""A sheet's page is made by an owner's tap on LINE.

Everybody with its address can open it. Tested over real sockets.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest

from bot.door.sheet_pages import MOST_WAITING, is_robot
from bot.model.business_hours import JAPAN
from bot.sheet.pdf import can_set
from bot.store.opening import open_store
from tests.bot.channels.line.serving import Place, served
from tests.bot.channels.serving import LONGEST, Watch

PUBLIC = "https://navi.example.jp"
MORNING = datetime(2026, 11, 30, 10, 0, tzinfo=JAPAN)
PERSON = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"}
ROBOTS = (
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "facebookexternalhit/1.1;line-poker/1.0",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Twitterbot/1.0",
    "WhatsApp/2.23",
)
STORY = [
    "使えるか調べる",
    "会社",
    "塗装で4人",
    "信金",
    "返済が遅れています",
    "まだない",
    "いない",
    "兵庫県",
]


@dataclass(frozen=True, slots=True)
class Opened:
    """An answer with its status, its headers in small letters, and its body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner on LINE, and those who open their sheet."""

    place: Place
    watch: Watch

    async def says(self, text: str) -> str:
        """What the bot answers, as JSON in one string."""
        before = len(self.place.line.calls)
        await self.place.line.send_text("花子", text)
        async with asyncio.timeout(LONGEST):
            while len(self.place.line.calls) == before:
                await asyncio.sleep(0.01)
        return str([call.body for call in self.place.line.calls[before:]])

    async def asks_for_sheet(self) -> str:
        """The path of the page the bot made."""
        found = re.search(rf"{PUBLIC}(/sheets/[\w-]+)", await self.says("相談シート"))
        assert found
        return found[1]

    async def opens(self, path: str, method: str = "GET", **headers: str) -> Opened:
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, self.place.url + path, headers={**PERSON, **headers}) as got,
        ):
            named = {name.lower(): value for name, value in got.headers.items()}
            return Opened(got.status, named, await got.read())

    async def counted(self) -> dict[str, int]:
        store = open_store(self.place.database_url)
        try:
            day = self.watch().astimezone(JAPAN).date()
            counts = await store.records.list_counts(day, day)
            return {each.value: each.count for each in counts if each.name == "sheet_opened"}
        finally:
            await store.close()


Scenario = Callable[[Owner], Awaitable[None]]


@asynccontextmanager
async def owner_with_a_result(folder: Path) -> AsyncIterator[Owner]:
    watch = Watch(MORNING)
    async with served(folder, watch, public_url=PUBLIC) as place:
        owner = Owner(place, watch)
        for line in STORY:
            await owner.says(line)
        yield owner


def play(folder: Path, scenario: Scenario) -> None:
    async def run() -> None:
        async with owner_with_a_result(folder) as owner:
            await scenario(owner)

    asyncio.run(run())


def test_open_shows_the_sheet_and_lets_nobody_keep_or_find_it(tmp_path: Path) -> None:
    async def scenario(owner: Owner) -> None:
        page = await owner.opens(await owner.asks_for_sheet())
        assert page.status == 200
        assert "会社" in page.text
        assert "兵庫県中小企業活性化協議会" in page.text
        assert page.headers["cache-control"] == "no-store, private"
        assert "noindex" in page.headers["x-robots-tag"]
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["content-security-policy"].startswith(
            "default-src 'none'; style-src 'sha256-"
        )
        assert "set-cookie" not in page.headers

    play(tmp_path, scenario)


def test_open_of_forged_ended_and_revoked_pages_says_the_same(tmp_path: Path) -> None:
    async def scenario(owner: Owner) -> None:
        path = await owner.asks_for_sheet()
        forged = await owner.opens(path[:-1] + ("A" if path[-1] != "A" else "B"))
        assert forged.status == 404
        for odd in ("/sheets/", "/sheets/x", "/sheets/%00", f"{path}.exe", f"{path}/more"):
            assert (await owner.opens(odd)).status == 404
        assert (await owner.opens(path)).status == 200
        owner.watch.advance(days=91)
        assert (await owner.opens(path)).body == forged.body
        owner.watch.set(MORNING)
        assert (await owner.opens(path)).status == 200
        assert "もうだれにも開けません" in await owner.says("シートを消して")
        revoked = await owner.opens(path)
        assert (revoked.status, revoked.body) == (404, forged.body)

    play(tmp_path, scenario)


def test_open_after_forgetting_the_owner_shows_nothing(tmp_path: Path) -> None:
    async def scenario(owner: Owner) -> None:
        path = await owner.asks_for_sheet()
        await owner.says("消して")
        assert (await owner.opens(path)).status == 404

    play(tmp_path, scenario)


def test_store_keeps_no_address_of_a_page(tmp_path: Path) -> None:
    async def scenario(owner: Owner) -> None:
        path = await owner.asks_for_sheet()
        async with asyncio.timeout(LONGEST):  # the reply with the address leaves the outbox
            while _is_kept(tmp_path, path.removeprefix("/sheets/")):
                await asyncio.sleep(0.05)

    play(tmp_path, scenario)


def _is_kept(folder: Path, token: str) -> bool:
    with closing(sqlite3.connect(folder / "navi.db")) as database:
        return any(token in line for line in database.iterdump())


@pytest.mark.parametrize("robot", ROBOTS)
def test_is_robot_of_what_draws_previews_is_true_and_of_phones_false(robot: str) -> None:
    assert is_robot(robot)
    assert not is_robot(PERSON["User-Agent"])


def test_open_counts_people_and_shows_robots_nothing(tmp_path: Path) -> None:
    async def scenario(owner: Owner) -> None:
        path = await owner.asks_for_sheet()
        for robot in ROBOTS:
            preview = await owner.opens(path, **{"User-Agent": robot})
            assert "兵庫県" not in preview.text
            assert "og:" not in preview.text
        await owner.opens(path, "HEAD")
        assert await owner.counted() == {}
        await owner.opens(path)
        await owner.opens(path)
        assert await owner.counted() == {"page": 2}

    play(tmp_path, scenario)


@pytest.mark.skipif(not can_set(), reason="the extra `pdf` is not installed")
def test_open_as_pdf_gives_a_pdf_that_nobody_keeps(tmp_path: Path) -> None:
    async def scenario(owner: Owner) -> None:
        pdf = await owner.opens(f"{await owner.asks_for_sheet()}.pdf")
        assert pdf.status == 200
        assert pdf.body.startswith(b"%PDF-")
        assert pdf.headers["content-type"] == "application/pdf"
        assert pdf.headers["cache-control"] == "no-store, private"
        assert await owner.counted() == {"pdf": 1}

    play(tmp_path, scenario)


def test_without_a_public_address_the_sheet_is_text_and_there_are_no_pages(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with served(tmp_path, Watch(MORNING)) as place:
            owner = Owner(place, Watch(MORNING))
            for line in STORY:
                await owner.says(line)
            said = await owner.says("相談シート")
            assert "いまの状況（ご本人のお答え）" in said
            assert "PDFは、いまここでは出せません" in said
            assert (await owner.opens("/sheets/x")).status == 404

    asyncio.run(scenario())


@pytest.mark.skipif(not can_set(), reason="the extra `pdf` is not installed")
def test_picture_of_the_cash_is_fetched_by_the_chat_and_closed_with_its_sheet(
    tmp_path: Path,
) -> None:
    async def scenario(owner: Owner) -> None:
        for line in ("お金の流れを図にする", "手元300万、売上250万、経費240万", "62万"):
            await owner.says(line)
        card = await owner.says("とくにない")
        found = re.search(rf"'url': '{PUBLIC}(/sheets/[\w-]+\.figure-cash\.png)'", card)
        assert found
        fetched = await owner.opens(found[1], **{"User-Agent": ROBOTS[1]})
        assert (fetched.status, fetched.headers["content-type"]) == (200, "image/png")
        assert fetched.body.startswith(b"\x89PNG")
        assert fetched.headers["cache-control"] == "no-store, private"
        other = found[1].replace("cash", "turtles")
        assert (await owner.opens(other)).status == 404
        await owner.says("シートを消して")
        assert (await owner.opens(found[1])).status == 404

    play(tmp_path, scenario)


def test_boxes_ticked_on_line_are_ticked_on_a_page_that_was_open_before(tmp_path: Path) -> None:
    async def scenario(owner: Owner) -> None:
        path = await owner.asks_for_sheet()
        before = (await owner.opens(path)).text.count(" checked")
        await owner.says("書類の準備")
        await owner.says("銀行から（0/1）")
        await owner.says("□ 主要金融機関の確認書面")
        assert (await owner.opens(path)).text.count(" checked") == before + 1
        steps = re.search(r"まずすること（0/\d+）", await owner.says("書類の準備"))
        assert steps
        await owner.says(steps[0])
        await owner.says("1")
        assert (await owner.opens(path)).text.count(" checked") == before + 2

    play(tmp_path, scenario)


@pytest.mark.skipif(not can_set(), reason="the extra `pdf` is not installed")
def test_a_crowd_at_the_pdf_is_asked_to_come_again_and_keeps_nobody_from_the_page(
    tmp_path: Path,
) -> None:
    async def scenario(owner: Owner) -> None:
        path = await owner.asks_for_sheet()
        crowd = [asyncio.create_task(owner.opens(f"{path}.pdf")) for _ in range(MOST_WAITING * 3)]
        assert (await owner.opens(path)).status == 200
        statuses = Counter(each.status for each in await asyncio.gather(*crowd))
        assert statuses.keys() <= {200, 503}
        assert statuses[200] >= MOST_WAITING
        assert statuses[503]
        assert (await owner.opens(f"{path}.pdf")).status == 200

    play(tmp_path, scenario)


@pytest.mark.skipif(not can_set(), reason="the extra `pdf` is not installed")
def test_drawings_fetched_by_people_are_counted_apart(tmp_path: Path) -> None:
    async def scenario(owner: Owner) -> None:
        for line in ("お金の図", "80万", "250万", "300万", "なし", "なし"):
            shown = await owner.says(line)
        found = re.search(rf"{PUBLIC}(/sheets/[\w.-]+\.png)", shown)
        assert found
        assert (await owner.opens(found[1])).status == 200
        await owner.opens(found[1], **{"User-Agent": ROBOTS[1]})
        assert await owner.counted() == {"drawing": 1}

    play(tmp_path, scenario)

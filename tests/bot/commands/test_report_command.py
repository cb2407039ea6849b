"""`python -m bot report` prints the counts as CSV."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.store import Incoming, TurnResult
from bot.store.opening import migrate_store, open_store
from bot.store.records import CountOne

NOW = datetime(2026, 11, 27, 5, 30, tzinfo=UTC)


async def _count(url: str) -> None:
    store = open_store(url)
    work = TurnResult(None, records=(CountOne("talk_helped", "yes"),))
    await store.commit(Incoming("e1", "line:U1"), work, NOW)
    await store.close()


def test_report_prints_the_months_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path}/navi.db"
    monkeypatch.setenv("DATABASE_URL", url)
    migrate_store(url)
    asyncio.run(_count(url))
    assert main(["report"]) == 0
    assert capsys.readouterr().out == "月,項目,内訳,数\n2026-11,役に立ったか,役に立った,1\n"
    assert main(["report", "--from", "2026-12", "--to", "2026-12"]) == 0
    assert capsys.readouterr().out == "月,項目,内訳,数\n"


@pytest.mark.parametrize("month", ["2026", "2026-13", "0000-01", "二〇二六-11"])
def test_report_of_no_month_is_one_sentence(month: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["report", "--from", month])
    assert "expected a month such as 2026-11" in capsys.readouterr().err

"""`knowledge list|export|withdraw` as a maintainer runs it, with real files and a store."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from bot.store import Incoming, TurnResult
from bot.store.opening import open_store
from bot.store.records import SaveAmendment
from flows.keiei.programme import KEIEI
from knowledge.amendments import (
    FILES,
    Amendment,
    Approved,
    NewEntry,
    NewExample,
    NewPhrasing,
    PhoneConfirmed,
    Withdrawn,
    as_dict,
    mark,
)

TODAY = "2026-11-28"
ENTRY = NewEntry(
    by="佐藤花子",
    on=TODAY,
    question="猫カフェでも使えますか？",
    answer="使えます。猫の世話をする人も数えます。",
    phrasings=("保護猫の店", "ねこかふぇ", "犬と猫のカフェ", "うさぎカフェ"),
)
GONE = NewPhrasing(by="田中", on=TODAY, entry="gone", phrasing="猫")
CONFIRMED = PhoneConfirmed(by="佐藤花子", on=TODAY, code="28", number="078-303-5856")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A checkout of its own, whose files may be written."""
    for top in ("bot", "flows", "knowledge"):
        shutil.copytree(top, tmp_path / top, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def amend(house: Path, *amendments: Amendment) -> None:
    async def scenario() -> None:
        store = open_store(f"sqlite:///{house}/navi.db", up_to_date=True)
        records = tuple(SaveAmendment(as_dict(each)) for each in amendments)
        incoming = Incoming(f"e:{uuid4()}", "slack:U1")
        await store.turn(
            incoming,
            lambda _: TurnResult(None, records=records),
            datetime(2026, 11, 28, tzinfo=UTC),
        )
        await store.close()

    asyncio.run(scenario())


def run(house: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=house,
        env={
            **os.environ,
            "PYTHONPATH": str(house),
            "DATABASE_URL": f"sqlite:///{house}/navi.db",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def texts(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text("utf-8") for name in FILES}


def test_amended_exported_deployed(house: Path) -> None:
    amend(house, ENTRY, GONE, CONFIRMED)
    before = texts(house / "knowledge")

    checked = run(house, "knowledge", "export", "--check")
    assert checked.returncode == 1, checked.stderr
    assert "+## 猫カフェでも使えますか？ {#staff-7871e6bf}" in checked.stdout
    assert '+          "number": "078-303-5856",' in checked.stdout
    assert texts(house / "knowledge") == before

    exported = run(house, "knowledge", "export")
    assert exported.returncode == 0, exported.stderr
    lines = exported.stdout.splitlines()
    assert lines[:3] == [
        "✓ 2026-11-28 佐藤花子: 新しい答え「猫カフェでも使えますか？」",
        "✗ 2026-11-28 田中: 言い換え「猫」→ gone: この答えは、もうありません。",
        "✓ 2026-11-28 佐藤花子: 電話番号の確認 28 078-303-5856",
    ]
    written = [Path(line.split()[-1]).name for line in lines[3:]]
    assert written == ["faq.md", "centers.json", "sources.json", "absorbed.json"]
    assert not list((house / "knowledge").glob(".*.new"))

    # The files alone, without the store, now know it: and no name of staff is in them.
    asked = run(house, "ask", "--json", "保護猫の店ですが")
    assert json.loads(asked.stdout)["matches"][0]["id"] == ENTRY.id
    place = json.loads(run(house, "locate", "--json", "神戸市").stdout)
    assert place["center"]["phones"][0]["status"] == "by_staff"
    assert run(house, "check", "--any-age").returncode == 0
    assert not any("佐藤" in text for text in texts(house / "knowledge").values())

    again = run(house, "knowledge", "export")
    assert "the files hold all of it already" in again.stdout
    assert run(house, "knowledge", "export", "--check").returncode == 0


def test_copies_can_be_written_elsewhere_and_what_is_left_to_do_is_told(house: Path) -> None:
    amend(house, NewEntry(by="佐藤", on=TODAY, question="猫カフェは対象？", answer="対象です。"))
    before = texts(house / "knowledge")
    done = run(house, "knowledge", "export", "--into", "copies/new")
    assert done.returncode == 0, done.stderr
    assert "to do: FAQ「staff-" in done.stdout
    assert "言い換えが0個です" in done.stdout
    assert texts(house / "knowledge") == before
    assert "猫カフェは対象？" in texts(house / "copies" / "new")["faq.md"]


def test_what_is_installed_is_not_written_into(house: Path) -> None:
    installed = house / "lib" / "site-packages"
    installed.mkdir(parents=True)
    for top in ("bot", "flows", "knowledge"):
        shutil.move(house / top, installed / top)
    amend(installed, ENTRY)
    before = texts(installed / "knowledge")
    done = run(installed, "knowledge", "export")
    assert done.returncode == 1
    assert "belongs to an installed package: name a folder with --into" in done.stderr
    assert texts(installed / "knowledge") == before


def test_a_folder_that_cannot_be_written_is_a_sentence(house: Path) -> None:
    amend(house, ENTRY)
    (house / "file").write_text("", "utf-8")
    done = run(house, "knowledge", "export", "--into", "file/below")
    assert done.returncode == 1
    assert done.stderr.startswith("file/below cannot be written (Not a directory)")


def test_the_list_changes_nothing_and_needs_no_store(house: Path) -> None:
    assert run(house, "knowledge", "list").stdout == "nothing was amended\n"
    assert not (house / "navi.db").exists()
    amend(house, CONFIRMED)
    before = texts(house / "knowledge")
    listed = run(house, "knowledge", "list")
    known_by = mark(CONFIRMED)
    assert listed.stdout == f"✓ {known_by} 2026-11-28 佐藤花子: 電話番号の確認 28 078-303-5856\n"
    assert texts(house / "knowledge") == before


def test_what_was_withdrawn_is_listed_as_such_and_not_exported(house: Path) -> None:
    amend(house, ENTRY, CONFIRMED, Withdrawn(by="田中", on=TODAY, of=mark(ENTRY)))
    listed = run(house, "knowledge", "list").stdout
    assert f"－ {mark(ENTRY)} {TODAY} 佐藤花子: 新しい答え" in listed
    assert f"取り消し（{TODAY} 田中）" in listed
    assert "✗" not in listed
    before = texts(house / "knowledge")
    assert run(house, "knowledge", "export").returncode == 0
    after = texts(house / "knowledge")
    assert after["faq.md"] == before["faq.md"]
    assert after["centers.json"] != before["centers.json"]


def test_withdraw_takes_back_what_an_id_names_and_only_once(house: Path) -> None:
    amend(house, ENTRY, CONFIRMED)
    done = run(house, "knowledge", "withdraw", mark(ENTRY)[:6], "--by", "田中")
    assert done.returncode == 0, done.stderr
    assert "猫カフェ" in done.stdout
    listed = run(house, "knowledge", "list").stdout
    assert f"－ {mark(ENTRY)}" in listed
    assert "田中）" in listed
    again = run(house, "knowledge", "withdraw", mark(ENTRY))
    assert again.returncode == 1
    assert "no amendment with the ID" in again.stderr
    unsaid = run(house, "knowledge", "withdraw", "")
    assert unsaid.returncode == 1


def test_withdraw_of_what_stands_in_the_files_says_where_to_correct_it(house: Path) -> None:
    amend(house, ENTRY)
    assert run(house, "knowledge", "export").returncode == 0
    done = run(house, "knowledge", "withdraw", mark(ENTRY))
    assert done.returncode == 1
    assert "ファイルのほうで直して" in done.stderr


def test_what_was_exported_and_then_deleted_from_the_files_stays_deleted(house: Path) -> None:
    faq = house / "knowledge" / "faq.md"
    before = faq.read_text("utf-8")
    amend(house, ENTRY)
    assert run(house, "knowledge", "export").returncode == 0
    assert "猫カフェ" in faq.read_text("utf-8")
    faq.write_text(before, "utf-8")
    again = run(house, "knowledge", "export", "--check")
    assert again.returncode == 0, again.stdout
    assert "猫カフェ" not in faq.read_text("utf-8")


def test_what_waits_for_a_second_person_is_listed_and_not_exported(house: Path) -> None:
    amend(house, replace(ENTRY, staff="U1", needs_second=True))
    assert f"… {mark(ENTRY)}" in run(house, "knowledge", "list").stdout
    assert run(house, "knowledge", "export", "--check").returncode == 0
    amend(house, Approved(by="田中", on=TODAY, staff="U2", of=mark(ENTRY)))
    assert run(house, "knowledge", "export", "--check").returncode == 1


def test_examples_are_exported_once_as_rows_for_training(house: Path) -> None:
    file = house / "flows" / "keiei" / "examples" / "answers.csv"
    before = file.read_text("utf-8").splitlines()
    option = KEIEI.questions["sales"].options[0].id
    text = '注文が"さっぱり", 半分'
    made = NewExample(by="佐藤", on=TODAY, question="sales", option=option, text=text)
    gone = replace(made, text="取り消した言葉")
    unknown = replace(made, option="gone", text="なくなった答え")
    same = replace(made, by="田中")
    amend(house, made, gone, unknown, same, Withdrawn(by="田中", on=TODAY, of=mark(gone)))
    assert run(house, "knowledge", "export", "--check").returncode == 1
    assert file.read_text("utf-8").splitlines() == before
    done = run(house, "knowledge", "export")
    assert done.returncode == 0, done.stderr
    assert "make train" in done.stdout
    after = file.read_text("utf-8").splitlines()
    added = [line for line in after if line not in before]
    assert added == [f'sales,"注文が""さっぱり"", 半分",{option},use']
    assert len(after) == len(before) + 1
    assert "the files hold all of it already" in run(house, "knowledge", "export").stdout
    withdrawn = run(house, "knowledge", "withdraw", mark(made))
    assert "ファイルのほうで直して" in withdrawn.stderr


# --- lists of offices -----------------------------------------------------------------------------

LIST = (
    "kind,name,phone,for_405,website,hours,source_name,source_url,source_date,checked_on\n"
    "council,北海道中小企業活性化協議会,011-232-0217,,,,公式の一覧,,2026-11,2026-11-30\n"
)


def test_import_of_a_good_list_changes_the_files_and_shows_how(house: Path) -> None:
    house.joinpath("offices.csv").write_text(LIST, encoding="utf-8")
    checked = run(house, "knowledge", "import", "--check", "offices.csv")
    assert checked.returncode == 0, checked.stderr
    assert '+          "number": "011-232-0217",' in checked.stdout
    assert (
        house.joinpath("knowledge/centers.json").read_text()
        == Path("knowledge/centers.json").read_text()
    )
    assert run(house, "knowledge", "import", "offices.csv").returncode == 0
    assert "公式の一覧" in house.joinpath("knowledge/sources.json").read_text("utf-8")
    assert run(house, "check", "--any-age").returncode == 0


def test_import_of_a_list_with_faults_writes_nothing(house: Path) -> None:
    house.joinpath("offices.csv").write_text(LIST.replace("2026-11,", ","), encoding="utf-8")
    done = run(house, "knowledge", "import", "offices.csv")
    assert done.returncode == 1
    assert "offices.csv: line 2: source_date is ''" in done.stderr
    assert (
        house.joinpath("knowledge/centers.json").read_text()
        == Path("knowledge/centers.json").read_text()
    )


def test_import_without_a_file_says_what_to_do(house: Path) -> None:
    assert "--template" in run(house, "knowledge", "import").stderr
    assert "No such file" in run(house, "knowledge", "import", "gone.csv").stderr
    house.joinpath("picture.csv").write_bytes(b"\xff\xfe\x00\x81")
    assert run(house, "knowledge", "import", "picture.csv").returncode == 1

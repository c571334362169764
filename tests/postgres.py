"""Starts a PostgreSQL server of the tests' own, in a temporary folder, and stops it again."""

import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

MISSING = (
    "PostgreSQL 15 or later is needed for these tests and is not installed. "
    "On Debian or Ubuntu: apt-get install postgresql. "
    "Elsewhere: install it and put initdb and pg_ctl on the PATH."
)

# What a server needs that lives for one run and may lose everything: speed.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
}


def programs() -> Path | None:
    """This function will give the folder of PostgreSQL's programs, the newest where there are several."""
    debian = Path("/usr/lib/postgresql")
    numbered = [folder for folder in debian.glob("*/bin") if (folder / "initdb").exists()]
    if numbered:
        return max(numbered, key=lambda folder: float(folder.parent.name))
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


# As PostgreSQL comes: what is acknowledged is on the disk.
DURABLE = {"listen_addresses": "127.0.0.1", "max_connections": "60"}


@contextmanager
def running(settings: Mapping[str, str] = SETTINGS) -> Iterator[str]:
    """This function will run a server on a free port of loopback and yield its DATABASE_URL. It raises RuntimeError."""
    with server(settings) as started:
        yield started.url


@contextmanager
def server(settings: Mapping[str, str] = SETTINGS, *, data: Path | None = None) -> Iterator["Server"]:
    """This function will run a server on a free port of loopback, that can be stopped, killed and started meanwhile.

    `data` is an empty folder to hold its tables, where that matters; its write-ahead log stays apart then.
    It raises RuntimeError, saying what to install, where PostgreSQL is missing.
    """
    programs_folder = programs()
    if programs_folder is None:
        raise RuntimeError(MISSING)
    home = Path(tempfile.mkdtemp(prefix="fanlight-postgresql-"))
    try:
        made = Server(programs_folder, home, settings, data)
        made.start()
        try:
            yield made
        finally:
            made.stop("immediate")
    finally:
        shutil.rmtree(home, ignore_errors=True)


class Server:
    """A PostgreSQL server. It refuses to run as root, so that root runs it as the user that Debian's package makes."""

    def __init__(self, folder: Path, home: Path, settings: Mapping[str, str], data: Path | None) -> None:
        """This function will make the server's folder, and not start it."""
        self.folder, self.home, self.data = folder, home, data or home / "data"
        self.port = free_port()
        self.url = self.url_of("postgres")
        self.options = {**settings, "port": str(self.port), "unix_socket_directories": str(home)}
        self.as_postgres: list[str] = []
        if os.geteuid() == 0:
            for owned in (home, *([data] if data else [])):
                shutil.chown(owned, "postgres", "postgres")
            self.as_postgres = ["runuser", "-u", "postgres", "--"]
        self._run(
            "initdb", "--username", "fanlight", "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8",
            "--no-sync", *(["--waldir", str(home / "wal")] if data else []),
        )  # fmt: skip

    def url_of(self, database: str) -> str:
        """This function will give the DATABASE_URL of one of its databases."""
        return f"postgresql://fanlight@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """This function will start it, and wait until it answers."""
        said = " ".join(f"-c {name}={value}" for name, value in self.options.items())
        self._run("pg_ctl", "--log", str(self.home / "log"), "--wait", "--options", said, "start")

    def stop(self, mode: str = "fast") -> None:
        """This function will stop it, where it runs."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "--mode", mode, "stop")

    def kill(self) -> None:
        """This function will kill all of it at once."""
        first = self._first()
        for process in (first, *_children(first)):
            _kill(process)
        while Path(f"/proc/{first}").exists():
            time.sleep(0.02)

    def kill_a_backend(self) -> None:
        """This function will kill one of the processes that serve a connection, where there is one."""
        backends = [one for one in _children(self._first()) if b"127.0.0.1" in _command_of(one)]
        if backends:
            _kill(random.choice(backends))

    def processes(self) -> list[int]:
        """This function will give every process of it."""
        return [self._first(), *_children(self._first())]

    def _first(self) -> int:
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def _run(self, program: str, *words: str) -> None:
        _run(*self.as_postgres, str(self.folder / program), "--pgdata", str(self.data), *words, at=self.home)


def _children(process: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def _command_of(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def _kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def free_port() -> int:
    """This function will give a port of loopback on which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _run(*command: str, at: Path) -> None:
    # The server's own output goes to its log: a pipe held open by it would never end.
    with (at / "output").open("w") as output:
        done = subprocess.run(command, cwd=at, stdout=output, stderr=subprocess.STDOUT, timeout=60, check=False)
    if done.returncode:
        raise RuntimeError(f"{Path(command[-1]).name} of PostgreSQL: {(at / 'output').read_text()}")
